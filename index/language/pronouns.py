"""The pronouns that stand for somebody or something told of: each in its cases, of which a use takes those it needs."""

from typing import NamedTuple

from index.language.lists import text_of


class Pronoun(NamedTuple):
    """One pronoun as its sentence has it."""

    subject: str
    object: str
    owner: str
    owned: str
    oneself: str


HE, SHE, THEY, IT = (Pronoun(*line.split()) for line in text_of("pronouns").splitlines())
