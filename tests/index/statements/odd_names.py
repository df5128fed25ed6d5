"""Names that a story can hold, odd ones above all, made from a seed, each in a short story that calls them twice.

`python -m tests.index.statements.odd_names` puts 10,000 of them through the rules and prints what it saw.
"""

# ruff: noqa: T201 (what this prints is what it is for)

import sys
from collections.abc import Iterator
from random import Random

_TITLES = (
    "Secretary of State|Minister for Trade and|Minister of Foreign Affairs|Sen.|Lt.|Lt. Col.|Mr|Dr|Prof Dr|Sir|St."
    "|the late|Secretary-General|Vice-President|co-founder|ex-Mayor|Judge|Rev. Fr.|H.E.|President of the|U.S. Rep.|PC|@"
    "|Justice"
    "|Chancellor of the Exchequer|head of Trade & Industry|Director for|Attorney General of|former|spokesman for the"
).split("|")
_FIRST = (
    "Jean-Yves|Anne-Marie|J.|J. R. R.|O’Shea|D'Arcy|Al-Hassan|al-|Ümit|Łukasz|李|Мария|X Æ|Ng|Mary Jo|J.-P.|“Bo”|(Bo)"
    "|'Kit'|de|van der|Bin|Abd al-Rahman|Mc|Mac Donald|A.J.|Ann|ANN|ann|Jr.|III|The|Will|May|Mark|April|June|Dr|-|’|."
    "|Jean - Yves|Jean–Yves|Jean\u00a0Yves|Jean\tYves|Jean‐Yves|e\u0301lodie|K.d.|1st|50|@ann|Sister|Prince"
).split("|")
_LAST = (
    "Martin|Smith-Jones|O'Brien|O’Brien|al-Rashid|van den Berg|de la Cruz|St. John|Lee, Jr.|Lee Jr|King III|Ng|X|Æ A-12"
    "|Ó Sé|Bank|Group|Post|Kim Jong-un|Abu-Lughod|Lee (R-Wis.)|Lee, 42|D’|Lee’s|Lees’|Lee-|-Lee|Lee Lee|von|MP|MBE|Esq."
    "|Times|Said|Asked|Monday|Trump Jr|Fitz Gerald|Saint-Exupéry|𝔘lm|Lee & Sons|Lee and Sons|🙂|Lee”|“Lee|Lee\n|"
).split("|")
_STORIES = (
    "{whole} said on Monday that talks had failed.\n\n“It is over,” {last} said.",
    "“It is over,” said {whole}. {last} added that “nothing” was left. He asked {first} {last} whether it was so.",
    "{last} and {whole}, the {title} in {first}, told {last} reporters it was over.\n\n{last}: “Over.”\n\n@{last}",
    "{title} {title} {whole}\n\n{title} {last} said it was over, says {first}, {whole} and {title}. “No,” she replied.",
    "{first}-{whole}’s spokesman, {first} {last}, asked: “Over?” The {title} {first} said yes. {last} & {last} denied.",
)


def odd_stories(count: int, seed: int) -> Iterator[str]:
    """Short stories of one or two sentences around an odd name."""
    for number in range(count):
        random = Random(seed * 1_000_003 + number)
        title, first, last = (random.choice(parts) for parts in (_TITLES, _FIRST, _LAST))
        whole = " ".join(part for part in (title, first, random.choice(["", "", *_FIRST]), last) if part)
        yield random.choice(_STORIES).format(title=title, first=first, last=last, whole=whole)


def main() -> None:
    """Runs the stories through the rules, and prints each that raises."""
    from index.statements.extraction import Attributor
    from index.story import Story
    from tests.index.statements.generated import check

    count, attributor, raised = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, Attributor.load(tagger=False), 0
    for number, text in enumerate(odd_stories(count, seed=7)):
        story = Story(str(number), text)
        try:
            check(story, attributor.attribute(story))
        except Exception as failure:  # noqa: BLE001 (each is to be seen, whatever it is)
            raised += 1
            print(repr(failure), repr(text))
    print(f"{count:,} stories with odd names, {raised} raised")


if __name__ == "__main__":
    main()
