"""Which of a page's blocks are its story: what extractors and the page's own data take for it, weighed with its layout.

Every block has a score. Its parts are the votes of those who have an opinion, where it stands, and what it looks like;
the weights were set on pages of many outlets, beside one another, and are no likelihoods.

Lines that pages put into and behind their stories (invitations, credits, pointers to other stories) are told by how
they begin, since that is what is alike in them from one outlet to the next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language.phrases import Phrases, line_words
from index.language.sentences import is_ended
from index.reading.pages.blocks import Block, Layout
from index.reading.pages.names import key, parts_of
from index.reading.pages.places import Place

_MARKS = ".!?…:;,"
_OUT = Place.BESIDE | Place.CAPTION | Place.HIDDEN
LEAST_SHARE = 0.85
"""Of what the voices agree on, in the element that is taken for the story's."""
LEAST_OF_BESIDE = 0.2
"""Of it, in an element that calls itself a sidebar or the like and is none."""
AGREED = 0.6
_SIGNED = re.compile(r"\b(?:Photo(?:graph)?|Image|Picture|Illustration)s?(?: (?:credit|by))?: ?[A-Z][^:]{2,60}$")
"""Who took a picture, behind the words below it."""
_REACHED = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}|(?<![\w@])@\w{1,40}")
"""Where somebody can be written to."""
_SOURCE = re.compile(r"SOURCE:? [A-Z]|(?:Source|Via)(?:: ?|(?=[A-Z]))[A-Z]")
_BYLINE = re.compile(
    r"(?:(?:written|words|story|report|reported|posted|published|reporting) )?by:? "
    r"(?:(?:(?-i:[A-Z])[\w.'’-]*|(?-i:van|von|der|den|de|la|le|al|bin))(?:,?"
    r" (?:and |& )?|$)){1,8}(?P<rest>[^a-z].*|on .*|for .*|$)",
    re.IGNORECASE,
)
_PUBLISHED = r"(?:(?:[Pp]ublished|[Pp]osted|[Ff]iled|[Ii]ssued|[Uu]pdated)(?: on)?:? )?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"{_PUBLISHED}(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
    rf"(?:(?:{_MONTH}|\d{{1,2}}(?:st|nd|rd|th)?),? ){{2}}\d{{4}}"
    r"(?:,?(?: at| -| \||) ?\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?\.?"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?[AaPp]\.?[Mm]\.?(?: [A-Z]{2,4})?|\d\d:\d\d(?: [A-Z]{2,4})?")
_POINTERS = Phrases(listed="pointers")
_INVITATIONS, _MEDIA = Phrases(listed="invitations"), Phrases(listed="media")
_CREDITS, _WALLS, _ENDS = Phrases(listed="credits"), Phrases(listed="walls"), Phrases(listed="endings")
_WRITERS = Phrases(listed="about_writers")
_HELPED = Phrases("contributed reporting|to_this_article|to_this_story|to_this_report|to_this_piece … .")
_MINUTES = Phrases("# ?- min|mins|minute|minutes ?- read", "# ?- minread|minsread|minuteread|minutesread")
LONGEST_FURNITURE = 400


class Voice:
    """What somebody takes for the story, asked for the share of a block that is in it."""

    def __init__(self, text: str) -> None:
        lines = [words_of(line) for line in text.splitlines()]
        self.count = sum(map(len, lines))
        self._short = {" ".join(line) for line in lines if len(line) < 3}
        flat = [word for line in lines for word in line]
        self._runs = set(zip(flat, flat[1:], flat[2:], strict=False))

    def share(self, words: Sequence[str]) -> float:
        """How much of a block's words it has, in their order."""
        if len(words) < 3:
            return float(" ".join(words) in self._short)
        runs = list(zip(words, words[1:], words[2:], strict=False))
        return sum(run in self._runs for run in runs) / len(runs)


@dataclass(slots=True)
class Weighed:
    """A block with what is known of it."""

    block: Block
    words: list[str]
    place: int = 0
    votes: tuple[float, ...] = ()
    told: float | None = None
    headline: bool = False
    alike: bool = False
    """Whether it is made like paragraphs that somebody takes for the story, in the same element."""
    inside: bool = False
    at_home: bool = False
    """Whether it stands beside paragraphs of the story, not in a box of its own."""
    score: float = 0.0

    @property
    def taken(self) -> bool:
        """Whether anybody takes it for the story."""
        return max(self.votes, default=0.0) >= AGREED or (self.told or 0.0) >= AGREED

    @property
    def agreed(self) -> bool:
        """Whether anybody takes it, or what is made like it, for the story."""
        return self.alike or self.taken

    @property
    def weighty(self) -> bool:
        """Whether it is long enough to show where the story stands."""
        return len(self.block.text) >= 60 and self.block.linked < 0.5


@dataclass(slots=True)
class Choice:
    """The story's blocks in their order, and all of the page's."""

    kept: list[Weighed]
    weighed: list[Weighed]

    @property
    def first(self) -> int:
        """Where the story begins among the blocks; 0 where there is none."""
        return next((at for at, one in enumerate(self.weighed) if self.kept and one is self.kept[0]), 0)

    @property
    def last(self) -> int:
        """Where it ends; 0 where there is none."""
        ends = (at for at in reversed(range(len(self.weighed))) if self.kept and self.weighed[at] is self.kept[-1])
        return next(ends, 0)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return key(text).split()


def choose(layout: Layout, voices: Sequence[Voice], told: Voice | None, titles: Sequence[str]) -> Choice:
    """The blocks that are the story; `told` is the body in the page's own data, if it is to be trusted."""
    weighed = [Weighed(block, words_of(block.text)) for block in layout.blocks]
    for one in weighed:
        one.votes = tuple(voice.share(one.words) for voice in voices)
        one.told = told.share(one.words) if told else None
    _mark_alike(layout, weighed)
    path, ignored = _story_element(layout, weighed)
    places = layout.places(frozenset(ignored))
    inside = _inside(layout, path[-1] if path else 0)
    homes = _homes(layout, weighed)
    headlines = [words_of(title) for title in titles]
    names = {" ".join(words_of(part)) for title in titles for part in parts_of(title)}
    agreed = sum(len(one.words) for one in weighed if max(one.votes, default=0.0) >= AGREED)
    weight_of_told = 0.0 if told is None else 4.0 if told.count >= 0.8 * agreed else 1.2
    for one in weighed:
        one.place = places[one.block.parent]
        one.inside = inside[one.block.parent]
        one.at_home = bool({one.block.parent, layout.parents[one.block.parent]} & homes)
        one.headline = _is_headline(one.words, headlines) or " ".join(one.words) in names
        one.score = _score(one, weight_of_told)
    _lift_siblings(weighed)
    kept = [one for one in weighed if one.score > 0]
    return Choice(_tidied(_with_lead(weighed, kept)), weighed)


def _mark_alike(layout: Layout, weighed: Sequence[Weighed]) -> None:
    """Notes what is made like paragraphs, or like headings, that somebody takes for the story."""
    looks = {layout.looks(one.block.parent) for one in weighed if one.taken and one.weighty}
    heads = {
        layout.looks(one.block.parent)
        for one in weighed
        if one.taken and layout.marks[one.block.parent] & Place.HEADING and one.block.linked < 0.5
    }
    for one in weighed:
        if not one.taken:
            look = layout.looks(one.block.parent)
            one.alike = look in heads or (len(one.words) >= 4 and look in looks)


def _story_element(layout: Layout, weighed: Sequence[Weighed]) -> tuple[list[int], set[int]]:
    """The way from the root to the element that holds the story, and the elements whose looks deceive."""
    weights = [0.0] * len(layout.parents)
    for one in weighed:
        if one.agreed and one.weighty:
            weights[one.block.parent] += len(one.block.text)
    best: dict[int, int] = {}
    for number in range(len(weights) - 1, 0, -1):
        parent = layout.parents[number]
        weights[parent] += weights[number]
        if weights[number] and weights[number] > weights[best.get(parent, number)] - (parent not in best):
            best[parent] = number
    total = weights[0]
    path = [0]
    while total and (inner := best.get(path[-1])) is not None and weights[inner] >= LEAST_SHARE * total:
        path.append(inner)
    deceiving = {number for number, weight in enumerate(weights) if total and weight >= LEAST_OF_BESIDE * total}
    return path, deceiving | set(path)


def _homes(layout: Layout, weighed: Sequence[Weighed]) -> set[int]:
    """The elements that hold paragraphs of the story as their children, or as their own lines."""
    weights: dict[int, int] = {}
    for one in weighed:
        if one.agreed and one.weighty:
            for number in (one.block.parent, layout.parents[one.block.parent]):
                weights[number] = weights.get(number, 0) + len(one.block.text)
    total = sum(len(one.block.text) for one in weighed if one.agreed)
    return {number for number, weight in weights.items() if weight >= LEAST_OF_BESIDE * total}


def _inside(layout: Layout, top: int) -> list[bool]:
    """Of each element, whether it is the one or in it."""
    found: list[bool] = []
    for number, parent in enumerate(layout.parents):
        found.append(number == top or (parent >= 0 and found[parent]))
    return found


def _is_headline(words: list[str], headlines: Sequence[list[str]]) -> bool:
    """Whether a line is the headline, or what a page's title begins or ends with and most of it."""
    size = len(words)
    return size >= 3 and any(
        words == title or (2 * size >= len(title) and (words == title[:size] or words == title[-size:]))
        for title in headlines
    )


def _score(one: Weighed, weight_of_told: float) -> float:
    """What speaks for a block; `weight_of_told` is what it loses if the page's own data has the story without it."""
    text, place, count = one.block.text, one.place, len(one.words)
    if place & _OUT or place & Place.TITLE or one.headline:
        return -9.0
    if (place & Place.BYLINE and count < 40 and not (one.told or 0) >= AGREED) or _is_byline(text) or _is_day(text):
        return -5.0
    score = 1.0 if one.inside else -1.8
    score += 1.0 * (one.alike and one.block.linked < 0.5)
    score += 1.2 * (one.votes[0] >= AGREED) + 0.8 * (one.votes[-1] >= AGREED)
    if one.told is not None:
        special = place & (Place.POST | Place.HEADING | Place.QUOTE | Place.ITEM | Place.CELL) or count < 8
        score += 2.0 if one.told >= AGREED else (-0.3 if special else -weight_of_told)
    score += 0.6 * bool(count >= 12 and is_ended(text, _MARKS))
    score += 0.5 * bool(place & Place.BODY) + 2.0 * bool(place & Place.POST) * one.inside
    if one.block.linked >= 0.8 and not is_ended(text, _MARKS):
        score -= 4.0 if count < 30 else 1.5
    elif one.block.linked >= 0.5:
        score -= 1.2
    if place & Place.HEADING:
        score -= 0.5
    elif count < 4 and not is_ended(text, _MARKS):
        score -= 1.2
    if not one.agreed and not one.inside:
        score -= 2.0
    if not one.agreed and not place & Place.POST:
        score -= (0.8 if count < 12 else 0.0) + (0.0 if one.at_home else 1.2)
    return score - 7.0 * (not place & Place.POST and _is_furniture(text, one.block.linked))


def _lift_siblings(weighed: Sequence[Weighed]) -> None:
    """A sentence between two blocks of the story, in the same element as they, is the story's too."""
    for before, one, after in zip(weighed, weighed[1:], weighed[2:], strict=False):
        sound = one.inside and not one.place & (_OUT | Place.TITLE) and one.block.linked < 0.5
        if -1.5 < one.score <= 0 < min(before.score, after.score) and sound and is_ended(one.block.text, _MARKS):
            one.score = 0.1


def _with_lead(weighed: Sequence[Weighed], kept: list[Weighed]) -> list[Weighed]:
    """The story with the lead that stands above it in an element of its own, unless the story repeats it."""
    if not kept:
        return kept
    first = weighed.index(kept[0])
    story = Voice("\n".join(one.block.text for one in kept))
    leads = [
        one for one in weighed[max(0, first - 12) : first]
        if one.place & Place.LEAD and not one.place & (_OUT | Place.TITLE | Place.BYLINE) and len(one.words) >= 5
        and one.block.linked < 0.5 and not one.headline and story.share(one.words) < AGREED
        and not _is_furniture(one.block.text, one.block.linked)
    ]  # fmt: skip
    return [*leads[:2], *kept]


def _tidied(kept: list[Weighed]) -> list[Weighed]:
    """The story without what it has twice, without headings over nothing, and without what stands at its end."""
    found: list[Weighed] = []
    seen: set[str] = set()
    for one in kept:
        key = " ".join(one.words)
        if len(one.words) >= 12 and key in seen:
            continue
        seen.add(key)
        found.append(one)
    found = _without_pulled(found)
    end = next((at for at in range(len(found) // 2, len(found)) if _ends_at(found, at)), len(found))
    found = found[:end]
    while found and (found[-1].place & Place.HEADING or _is_left_over(found[-1])):
        found.pop()
    return [
        one for one, after in zip(found, [*found[1:], None], strict=False)
        if not (one.place & Place.HEADING and (after is None or (after.place & Place.HEADING and len(one.words) < 3)))
    ]  # fmt: skip


def _ends_at(found: Sequence[Weighed], at: int) -> bool:
    """Whether the story is over at a line that opens what pages put behind it: no sentences follow."""
    if not _opens_the_end(found[at].block.text):
        return False
    rest = found[at + 1 :]
    return sum(len(one.words) >= 25 and one.block.linked < 0.3 for one in rest) <= 1 + len(found) // 20


def _is_left_over(one: Weighed) -> bool:
    return one.block.linked >= 0.5 and not is_ended(one.block.text, _MARKS) and not one.place & Place.POST


def _without_pulled(kept: list[Weighed]) -> list[Weighed]:
    """The story without the quotations that stand in it once more in large letters."""
    doubtful = [one for one in kept if one.place & Place.PULLED]
    if not doubtful:
        return kept
    rest = Voice("\n".join(one.block.text for one in kept if not one.place & Place.PULLED))
    return [one for one in kept if not one.place & Place.PULLED or rest.share(one.words) < AGREED]


def _is_furniture(text: str, linked: float) -> bool:
    """Whether a line is one that pages put into stories: an invitation, a credit, a pointer to something else."""
    if len(text) > LONGEST_FURNITURE:
        return False
    bare = text.lstrip("*•►▶>»|-–—[( \"'“‘").strip()
    line = line_words(bare)
    if _CREDITS.open(line) or _SOURCE.match(bare):
        return len(text) < 300
    if len(text) < 200 and (_WALLS.stand_in(line) or _SIGNED.search(text) or _HELPED.stand_in(line)):
        return True
    if len(text) < 250 and _is_about_who_wrote(bare, line):
        return True
    if _POINTERS.open(line):
        return linked > 0.3 or len(text) < 40 or bare[:9].isupper()
    return _INVITATIONS.open(line) and (linked > 0.15 or _MEDIA.stand_in(line)) and len(text) < 300


def _is_about_who_wrote(text: str, line: Sequence[str]) -> bool:
    """Whether a line tells how to reach whoever wrote the story, or how long it takes to read."""
    if (reached := _REACHED.search(text)) and (_WRITERS.open(line) or len(text) - len(reached[0]) < 20):
        return True
    return len(text) < 120 and _MINUTES.stand_in(line)


def is_wall(text: str) -> bool:
    """Whether a line asks to pay or to sign in for the rest of a story."""
    return len(text) <= LONGEST_FURNITURE and _WALLS.stand_in(line_words(text))


def _is_byline(text: str) -> bool:
    """Whether a line says by whom the story is, and nothing of it."""
    return len(text) < 160 and bool(_BYLINE.match(text)) and not is_ended(text, ".!?", '"”’')


def _is_day(text: str) -> bool:
    """Whether a line is the day or the time at which a story or a part of it appeared, and nothing of it."""
    return len(text) < 60 and bool(_DAY.fullmatch(text) or _CLOCK.fullmatch(text))


def _opens_the_end(text: str) -> bool:
    """Whether a line is the heading of what pages put behind their stories."""
    return len(text) < 90 and _ENDS.open(line_words(text.strip("*•►▶>»|-–—[] ")))
