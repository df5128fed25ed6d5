"""`python -m tests.quality.wholeness FOLDER`: how many cut-off stories are flagged, and how many whole ones wrongly.

FOLDER has story files, one story a line, such as the project's evaluation data, half of which set the weights. Each
story is cut twice inside a sentence, between words and inside one.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from index.reading import read_source
from index.reading.wholeness import find_cut

LEAST_FOUND, MOST_FALSE = 0.95, 0.02
WHOLE_MAX = 99_990
"""Code points: longer texts of the data were cut off by whoever collected them."""
FILES = ("questions/realtimeqa", "questions/quail", "questions/abgcoqa", "quotes/polnear")


def whole_stories(folder: Path) -> Iterator[str]:
    """The texts of the files known to hold whole stories, those that are no story left out."""
    for path in sorted(folder.rglob("*.jsonl.gz")):
        if str(path.relative_to(folder)).startswith(FILES) and "questions.jsonl" not in path.name:
            for story in read_source(str(path), unreadable=lambda _: None):
                if 400 <= len(story.text) < WHOLE_MAX and "Video content never loaded" not in story.text[-260:]:
                    yield story.text


def cut(text: str, chance: random.Random, *, inside_word: bool) -> str | None:
    """The text up to a random place inside a sentence, after 15 to 97 percent of it."""
    for _ in range(50):
        at = chance.randrange(int(len(text) * 0.15), int(len(text) * 0.97))
        if not inside_word:
            at = text.find(" ", at)
        elif not (text[at - 1].isalpha() and text[at].isalpha()):
            continue
        kept = text[:at]
        if at > 0 and kept.rstrip()[-1] not in ".!?\"”'’)" and "\n" not in text[at : at + 2]:
            return kept
    return None


def main() -> int:
    """Measures, and says whether both figures are within their limits."""
    chance = random.Random(11)
    whole = list(whole_stories(Path(sys.argv[1])))
    false = sum(find_cut(text) is not None for text in whole)
    cuts = [made for text in whole for inside in (False, True) if (made := cut(text, chance, inside_word=inside))]
    found = sum(find_cut(text) is not None for text in cuts)
    sys.stdout.write(f"{found / len(cuts):.1%} of {len(cuts)} cut-off stories flagged (at least {LEAST_FOUND:.0%})\n")
    sys.stdout.write(f"{false / len(whole):.1%} of {len(whole)} whole ones flagged too (at most {MOST_FALSE:.0%})\n")
    return 0 if found >= LEAST_FOUND * len(cuts) and false <= MOST_FALSE * len(whole) else 1


if __name__ == "__main__":
    sys.exit(main())
