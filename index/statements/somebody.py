"""Whether the words before a colon name somebody: a person, a body or people that speak; "Power:" names nobody."""

from __future__ import annotations

from index.language.given_names import folded, is_given_name
from index.language.words import parts_of_names
from index.statements.labels import is_no_speaker
from index.statements.names import is_courtesy, is_title
from index.statements.nouns import BODIES, HUMAN
from index.statements.words import Words
from index.story import Span

_SPEAKS = frozenset({"PERSON", "ORG", "NORP"})
_FINDINGS = frozenset({"poll", "survey", "report", "study", "lawsuit", "complaint", "filing", "data", "figures"})
_VOICES = frozenset(
    """q a unidentified speaker male female voice announcer operator presenter interviewer moderator narrator audience
    members member deputies court reporters all everyone clerk chair hon taoiseach tánaiste""".split()
)


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
