"""Whom words that are no name describe: by clauses, appositions, kin of their words, and nobody where nobody fits."""

import pytest

from index.ranking.describing import Described, _most_of_others, described_by, likeliest, signs_of, tale_of
from index.story import Span, Speaker, Statement

TEXT = """The harbour was shut on Monday after a crane fell into the water.

"We heard it before we saw it," said Ines Calder, who sells fish on the quay.

Inspecting, Tobias Renn found that a bolt had sheared. He told the skipper, Oona Falk, to stay ashore.

Falk said later that she had lost a week of fishing. "Nobody pays me for waiting," the skipper said.

Mara Lindqvist, who heads the rival yard across the river, said the crane was forty years old.
"""
SPEAKERS = tuple(
    Speaker(name.split()[-1].lower(), name) for name in ("Ines Calder", "Tobias Renn", "Oona Falk", "Mara Lindqvist")
)


def said(words: str, speaker: str, mention: str) -> Statement:
    """A statement of the story by the words it begins with, and what it is attributed to."""
    start, at = TEXT.index(words), TEXT.index(mention)
    return Statement(
        "harbour", 1, Span(start, start + len(words)), "direct", speaker, Span(at, at + len(mention)), None, 0, 0
    )


STATEMENTS = (
    said("We heard it before we saw it,", "calder", "Ines Calder, who sells fish on the quay"),
    said("that a bolt had sheared", "renn", "Tobias Renn"),
    said("that she had lost a week", "falk", "Falk"),
    said("Nobody pays me for waiting,", "falk", "the skipper said"),
    said("the crane was forty", "lindqvist", "Mara Lindqvist, who heads the rival yard"),
)
TALE = tale_of(TEXT, SPEAKERS, STATEMENTS)


def meant(described: Described) -> str:
    chances = {**described.chances, "nobody": described.nobody}
    return max(chances, key=lambda one: chances[one])


@pytest.mark.parametrize(
    ("who", "speaker"),
    [
        ("the skipper", "falk"),
        ("the lady who sells fish", "calder"),
        ("the inspector", "renn"),
        ("the fish seller", "calder"),
        ("the head of the rival yard", "lindqvist"),
        ("the captain", "falk"),
    ],
)
def test_the_story_ties_words_to_somebody_without_a_title_before_the_name(who: str, speaker: str) -> None:
    assert meant(described_by(who, TALE)) == speaker


@pytest.mark.parametrize("who", ["the harbour master's lawyer", "the astronaut", "the archbishop"])
def test_nobody_is_surely_meant_by_words_that_fit_nobody(who: str) -> None:
    assert max(described_by(who, TALE).chances.values()) < 0.5


def test_a_name_that_only_the_story_has_is_nobodys_description() -> None:
    text = TEXT + "\nThe crane was built by Hollis Brandt of Larn."
    assert meant(described_by("hollis brandt", tale_of(text, SPEAKERS, STATEMENTS))) == "nobody"


def test_who_speaks_in_other_stories_makes_nobody_unlikelier() -> None:
    other = tale_of('"It rained," said Pia Moss, a baker.', (Speaker("moss", "Pia Moss", roles=("baker",)),), ())
    alone, elsewhere = described_by("the skipper", TALE), described_by("the skipper", other)
    assert sum(alone.chances.values()) + alone.nobody == pytest.approx(1)
    both = likeliest((elsewhere, alone))
    assert meant(both) == "falk"
    assert both.chances["falk"] == alone.chances["falk"]
    assert meant(likeliest(described_by("the baker", tale) for tale in (TALE, other))) == "moss"


def test_a_description_without_a_word_of_content_means_whom_it_may() -> None:
    assert len(signs_of("them", TALE)) == len(SPEAKERS) + 1
    assert described_by("", tale_of("", (), ())).nobody == 1


@pytest.mark.parametrize("values", [[], [0.4], [0.4, 0.9], [0.9, 0.9, 0.1], [0.0, 0.2, 0.7, 0.7], [-1.0, -2.0]])
def test_the_most_of_the_others_is_what_looking_at_each_of_them_gives(values: list[float]) -> None:
    each = [max((one for other, one in enumerate(values) if other != at), default=0.0) for at in range(len(values))]
    assert _most_of_others(values) == each
