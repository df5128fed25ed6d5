"""The label that opens a line, as turns of a transcript have them ("NAME, ROLE:", "[00:12] Name:", "Mr. NAME.", "Q.", a
name on its line); whether it names somebody, as "Power:" does not; and what stands there without being a statement.

Whether a story is a transcript at all is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.language.given_names import folded, is_given_name
from index.language.lists import lines_in
from index.language.words import NO_SPEAKERS, parts_of_names, plain_words
from index.statements.findings import Finding, Overlaps
from index.statements.names import is_courtesy, is_title
from index.statements.nouns import BODIES, HUMAN
from index.statements.paragraphs import paragraph_at
from index.statements.quotation_marks import Quoted
from index.statements.words import Words
from index.story import Span

Shape = Literal["colon", "line", "period", "party", "letter", "voice", "dash"]
"""How a label ends: a colon, its line, "Mr. NAME.", "(Party)" with no colon, "Q." or "A.", "<v Name>", "Name – "."""

_KINDS_OF_ARTICLE = lines_in("kinds_of_article")
_POINTER = r"(?:READ|MORE|SEE ALSO|ALSO READ|RELATED|DON['’]?T MISS|ALSO|WATCH|LISTEN|RECOMMENDED)(?: [\w ]{1,30})?"
POINTER = re.compile(rf"[\s\[(*>•–-]{{0,4}}{_POINTER} ?[:|»>–—]", re.IGNORECASE)
"""A line that leads to another story: "Read more: …", "Related: …"."""
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:[A-Z]{1,4}T|UTC)\b)?"
_OPENING = re.compile(
    rf"(?:[-*#>•–—_]{{1,3}} ?|</?(?:b|strong|p|i|em)> ?|[\"“]|[\[(]?{_TIME}[\])]? {{0,4}}[-–—|]? ?){{0,4}}"
)
_WORD = r"[A-Z][\w.'’-]{0,30}"
_SMALL = "of|for|the|and|de|la|van|von|der|al|bin|pro|tempore|an"
_NAME = re.compile(
    rf"(?:{_WORD}(?:[ \u00a0](?:(?:{_SMALL})[ \u00a0]){{0,2}}{_WORD}){{0,5}}"
    r"(?:[ \u00a0]\d{1,2}(?![\d:.]))?)"
)
_ASIDES = re.compile(r"(?:[ \u00a0]?\([^()\n]{1,60}\)){1,3}")
_SHOUTED_ROLE = re.compile(r"(?:, ?[A-Z(][A-Z0-9.,'’&()/ -]{1,80}?)(?:\([a-z][a-z .-]{1,30}\))?(?=\s?:)")
_STAMP = re.compile(rf"[ \u00a0\t]{{0,6}}[\[(]?{_TIME}[\])]?[ \u00a0]{{0,2}}")
_AFTER = re.compile(rf"(?:\*\*|__|</(?:b|strong)>)?\s{{0,4}}(?:[\[(]{_TIME}[\])])?\s{{0,4}}")
_CLOSINGS = ("**", "__", "</b>", "</strong>")
_LETTER = re.compile(r"(?P<name>[QA])(?P<cue>\.|:)?(?:\*\*)?[ \t\u00a0]+(?=[A-Z“\"‘'…(\[\d])")
_VOICE = re.compile(r"<v(?:\.[\w.]{1,30})?[ \t](?P<name>[^<>\n]{1,60})(?P<cue>>)")
_PERIOD = re.compile(
    r"(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Senator|Chairman|Chairwoman|The)\.? "
    r"(?:[A-Z][A-Z'’-]*[A-Z](?: [A-Z][A-Z'’-]*[A-Z]){0,2}"
    r"|Mc[A-Z]{2,})(?: pro tempore)?(?: of [A-Z]\w+(?: [A-Z]\w+)?)?)(?P<cue>\.) +(?=[A-Z“\"])"
)
_PARTIES = tuple(
    f"({one})"
    for one in "Con|Lab|Lab/Co-op|LD|Lib Dem|SNP|Green|Ind|DUP|UUP|SF|SDLP|Alliance|PC|Reform|FF|FG|Co-op".split("|")
)
_ALONE = frozenset({"operator", "moderator", "interviewer", "coordinator"})  # who opens a turn by that word alone
_OFFICES = ("Speaker", "Minister", "Secretary", "President", "Convener")
_INNER = re.compile(r"\((?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4})\)")
_SPEAKS = frozenset({"PERSON", "ORG", "NORP"})
_FINDINGS = frozenset({"poll", "survey", "report", "study", "lawsuit", "complaint", "filing", "data", "figures"})
_VOICES = frozenset(
    """q a unidentified speaker male female voice announcer operator presenter interviewer moderator narrator audience
    members member deputies court reporters all everyone clerk chair hon taoiseach tánaiste""".split()
)
_ANONYMOUS = re.compile(  # what a source asked for, not what it said
    r"(?:that )?(?:(?:he|she|they|(?:his|her|their) (?:\w+ )?(?:name|names|surname|identity)) )?not (?:to )?be "
    r"(?:named|identified|published|used|disclosed)\b",
    re.IGNORECASE,
)
_LEADING_MARKS = " \t#*•-–[“\"'‘"


@dataclass(frozen=True, slots=True)
class Label:
    """Who a paragraph says is speaking: the name, what ends the label, and where the words begin.

    `sure` marks a label that only a transcript has: a time, a role in capitals, a voice, a party.
    """

    name: Span
    cue: Span
    words: int
    shape: Shape
    sure: bool = False


def is_kind_of_article(words: str) -> bool:
    """Whether words only say what kind of article follows: "EXCLUSIVE", "VOX POP"."""
    return words.casefold() in _KINDS_OF_ARTICLE


def is_no_speaker(words: str) -> bool:
    """Whether words before a colon label what follows, and name nobody: "Date", "READ MORE", "Tuesday"."""
    plain = words.casefold().replace("’", "'")
    is_day = plain.isalpha() and plain.endswith("day") and len(plain) > len("day")
    listed = plain in NO_SPEAKERS or is_kind_of_article(words)
    return listed or is_day or POINTER.fullmatch(f"{words}:") is not None


def read_label(text: str, paragraph: Span) -> Label | None:
    """The label that a paragraph opens with, or is."""
    start, end = paragraph.start, paragraph.end
    voice = _VOICE.match(text, start, end)
    if voice is not None:
        return Label(Span(*voice.span("name")), Span(*voice.span("cue")), voice.end(), "voice", True)
    period = _PERIOD.match(text, start, end)
    if period is not None:
        return Label(Span(*period.span("name")), Span(*period.span("cue")), period.end(), "period", True)
    opening = _OPENING.match(text, start, end)
    at = opening.end() if opening else start
    letter = _LETTER.match(text, at, end)
    if letter is not None and (letter["cue"] or letter["name"] == "Q"):
        cue = letter.span("cue") if letter["cue"] else letter.span("name")
        return Label(Span(*letter.span("name")), Span(*cue), letter.end(), "letter")
    return _named(text, start, at, end)


def _named(text: str, start: int, at: int, end: int) -> Label | None:
    """A label with a name: its asides, role and time, and what ends it."""
    found = _NAME.match(text, at, end)
    if found is None or is_no_speaker(found.group()):
        return None
    stop = found.end()
    aside = _ASIDES.match(text, stop, end)
    timed = any(_STAMP.search(part) for part in (text[start:at], aside.group() if aside else ""))
    stop = aside.end() if aside else stop
    role = _SHOUTED_ROLE.match(text, stop, end)
    stop = role.end() if role else stop
    stamp = _STAMP.match(text, stop, end)
    stop = stamp.end() if stamp else stop
    stop += len(next((closing for closing in _CLOSINGS if text.startswith(closing, stop, end)), ""))
    stop += text.startswith((" ", "\u00a0"), stop, end)
    name = _person(text, Span(*found.span()), aside)
    sure = timed or stamp is not None or role is not None
    if text[stop : stop + 1] == ":" and stop < end:
        after = _AFTER.match(text, stop + 1, end)
        words = after.end() if after else stop + 1
        if text[stop + 1 : words] or words >= end:
            sure = sure or _STAMP.search(text, stop + 1, words) is not None
            return Label(name, Span(stop, stop + 1), words, "colon", sure)
        return None
    if stop >= end:
        return (
            Label(name, Span(name.end, name.end), end, "line", sure) if sure or _may_stand_alone(text, name) else None
        )
    if aside is not None and aside.group().endswith(_PARTIES) and text[aside.end() : aside.end() + 1] == " ":
        return Label(name, Span(aside.start() + 1, aside.end()), aside.end() + 1, "party", True)
    dash = found.end() + text.startswith(" ", found.end(), end)
    opens = text[dash + 2 : dash + 3].isupper() or text.startswith(("“", '"'), dash + 2)
    if text.startswith(("– ", "— "), dash, end) and opens and " " in found.group():
        return Label(name, Span(dash, dash + 1), dash + 2, "dash")
    return None


def _may_stand_alone(text: str, name: Span) -> bool:
    """Whether a line that is only a name may be a label: two words or more, or one in capitals, or "Operator"."""
    words = name.of(text)
    return (len(name) <= 40 and " " in words) or (words.isupper() and len(words) > 2) or words.lower() in _ALONE


def _person(text: str, name: Span, aside: re.Match[str] | None) -> Span:
    """The person of "The Minister for Roads (Dame Effie Toll)", else the name as it stands."""
    inner = _INNER.search(text, aside.start(), aside.end()) if aside else None
    letters = aside.group().removeprefix(" (").removesuffix(")") if aside else ""
    if aside is not None and len(letters) <= 2 and letters.isalpha() and letters.isupper():
        return Span(name.start, aside.end())
    words = plain_words(name.of(text))
    if inner is not None and any(word in _OFFICES or word.startswith("Chair") for word in words):
        return Span(*inner.span("name"))
    return name


class Named:
    """What a story names outside its labels, asked for each label."""

    def __init__(self, words: Words) -> None:
        self._words = words
        doc = words.doc
        self._known = {
            folded(token.text)
            for token in doc
            if token.ent_type_ in _SPEAKS and token.text[:1].isupper() and not _opens_label(words, token.i)
        }
        people = [ent.text.split() for ent in doc.ents if ent.label_ == "PERSON"]
        self._initials = {"".join(word[0] for word in name).upper() for name in people if len(name) > 1}

    def is_somebody(self, label: Span) -> bool:
        """Whether a label's words are a person's name or title, a noun for those who speak, or named elsewhere."""
        text = label.of(self._words.text)
        parts = parts_of_names(text)
        if parts and speaks_unnamed(parts[-1].lower()):
            return True  # "Poll: …" too, which is no label of a turn
        if not parts or is_no_speaker(text):
            return False
        if any(part.lower() in _VOICES or speaks_unnamed(part.lower()) for part in parts):
            return True
        if (
            text in self._initials
            or is_courtesy(parts[0])
            or (len(parts) > 1 and (is_title(parts[0]) or is_given_name(parts[0].title())))
        ):
            return True
        if folded(parts[-1]) in self._known and parts[-1][0].isupper():
            return True
        tokens = self._words.touching(label)
        return (
            len(parts) > 1 and all(part[0].isupper() for part in parts) and all(t.ent_type_ == "PERSON" for t in tokens)
        )


def speaks_unnamed(noun: str) -> bool:
    """Whether it is a noun for a finding, a body or people: "Study: …", "Police: …", "Experts: …", not "Opinion: …"."""
    speakers = _FINDINGS | BODIES | HUMAN
    return noun in speakers or noun.removesuffix("s") in speakers


def _opens_label(words: Words, at: int) -> bool:
    """Whether a token stands in the few words before the colon of a line."""
    doc = words.doc
    return any(token.text == ":" for token in doc[at + 1 : at + 4]) and (
        at == 0 or doc[max(0, at - 2)].is_space or doc[at - 1].is_space
    )


# moves no figure: kept for what its tests say
def is_aside(text: str, finding: Finding, paragraphs: Sequence[Span]) -> bool:
    """Whether it is what a source asked for, or stands in a link to another story and has no speaker."""
    if _ANONYMOUS.match(finding.span.of(text)):
        return True
    line = paragraphs[paragraph_at(paragraphs, finding.span.start)]
    if not POINTER.match(text, line.start, line.end):
        return False
    return finding.mention is None or not line.covers(finding.mention)


# 0 on PolNeAR dev, +.06 on stories of other writers
def without_label(text: str, finding: Finding, named: Named, outer: Overlaps[Quoted]) -> Finding | None:
    """The finding without a speaker that only labels its line ("Power: …"); None where nothing is quoted there."""
    mention = finding.mention
    if mention is None or not _is_bare_label(text, mention, finding.cue) or named.is_somebody(mention):
        return finding
    return replace(finding, mention=None, cue=None) if outer.of(finding.span) else None


def _is_bare_label(text: str, mention: Span, cue: Span | None) -> bool:
    """Whether a mention opens its line and a colon follows, with no verb between."""
    if cue is not None and cue.of(text).strip() != ":" and not cue.overlaps(mention):
        return False
    line = max(text.rfind("\n", 0, mention.start) + 1, mention.start - 9)
    return not text[line : mention.start].strip(_LEADING_MARKS) and ":" in text[mention.end - 1 : mention.end + 2]
