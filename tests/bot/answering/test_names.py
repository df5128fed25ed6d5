"""Whom a name means among very many speakers: the same as where all of them are compared with it."""

from collections.abc import Collection

import pytest

from bot.answering.desk import Desk
from index.storing.snapshot import speakers_by_word
from index.story import Speaker, Statement
from tests.bot.answering.shelf import HeldInMemory

ROBERT = Speaker("robert", "Robert Aldous", "person", ("Aldous",), ("the chief executive",))
JOSE = Speaker("jose", "José Quintanilla", "person", ("Quintanilla",))
BOARD = Speaker("board", "Harbour Safety Board", "organisation")
SENATOR = Speaker("senator", "Olga Brandt", "person", (), ("a state senator",))
SPEAKERS = (ROBERT, JOSE, BOARD, SENATOR)


class ByWord(HeldInMemory):
    """Speakers who are found by their words, as in a large library."""

    def __init__(self) -> None:
        super().__init__([], [], SPEAKERS)
        self._by_word = speakers_by_word(SPEAKERS)

    def speakers(self, story_id: str | None = None) -> tuple[Speaker, ...]:
        return SPEAKERS

    def speakers_called(self, words: Collection[str]) -> tuple[Speaker, ...]:
        return tuple({who.id: who for word in words for who in self._by_word.get(word, ())}.values())

    def speaker_words(self) -> Collection[str]:
        return self._by_word.keys()

    def statements_by(self, speaker_ids: Collection[str]) -> tuple[Statement, ...]:
        return ()


@pytest.mark.parametrize(
    ("typed", "meant", "near"),
    [
        ("Bobby", ROBERT, None),
        ("Rob Aldous", ROBERT, None),
        ("Aldosu", ROBERT, None),
        ("the CEO", ROBERT, None),
        ("Qiuntanilla", JOSE, None),
        ("Jose", JOSE, None),
        ("HSB", BOARD, None),
        ("senators", SENATOR, None),
        ("Olga Brant", SENATOR, None),
        ("Brande", SENATOR, None),
        ("Alldoes", None, ROBERT),
        ("Kowalczyk", None, None),
    ],
)
def test_a_name_means_the_same_among_many(
    typed: str, meant: Speaker | None, near: Speaker | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Desk(ByWord(), "").meant(typed)
    monkeypatch.setattr("bot.answering.desk._MANY_SPEAKERS", 1)
    looked_up = Desk(ByWord(), "").meant(typed)
    assert looked_up == compared
    assert (looked_up.speakers, looked_up.close) == ((meant,) if meant else (), (near,) if near else ())
