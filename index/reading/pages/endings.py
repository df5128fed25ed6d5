"""Lines that pages put into and behind their stories: invitations, credits, pointers to other stories.

They are told by how they begin, since that is what is alike in them from one outlet to the next.
"""

import re
from collections.abc import Sequence

from index.language.phrases import Phrases, line_words
from index.language.sentences import is_ended

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
LONGEST = 400


def is_furniture(text: str, linked: float) -> bool:
    """Whether a line is one that pages put into stories: an invitation, a credit, a pointer to something else."""
    if len(text) > LONGEST:
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
    return len(text) <= LONGEST and _WALLS.stand_in(line_words(text))


def is_byline(text: str) -> bool:
    """Whether a line says by whom the story is, and nothing of it."""
    return len(text) < 160 and bool(_BYLINE.match(text)) and not is_ended(text, ".!?", '"”’')


def is_day(text: str) -> bool:
    """Whether a line is the day or the time at which a story or a part of it appeared, and nothing of it."""
    return len(text) < 60 and bool(_DAY.fullmatch(text) or _CLOCK.fullmatch(text))


def opens_the_end(text: str) -> bool:
    """Whether a line is the heading of what pages put behind their stories."""
    return len(text) < 90 and _ENDS.open(line_words(text.strip("*•►▶>»|-–—[] ")))
