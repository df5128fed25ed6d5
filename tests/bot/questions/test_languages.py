"""Messages that are not English: told in their own language that only English is read."""

import pytest

from bot.questions.languages import ENGLISH_ONLY, english_only, is_foreign, language_of


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("was hat die Ministerin über den Hafen gesagt?", "de"),
        ("qu'est-ce que le maire a dit sur le port", "fr"),
        ("qué dijo el alcalde sobre el puerto", "es"),
        ("что сказал мэр", "ru"),
        ("市长说了什么", "zh"),
        ("市長は何と言いましたか", "ja"),
        ("ماذا قال العمدة", "ar"),
    ],
)
def test_letters_and_small_words_tell(message: str, language: str) -> None:
    assert language_of(message) == language
    assert english_only(message) != ENGLISH_ONLY


def test_where_nothing_tells_it_is_said_in_english() -> None:
    assert english_only("zzz qqq") == ENGLISH_ONLY


@pytest.mark.parametrize(
    ("message", "foreign"),
    [
        ("was hat Ryan gesagt?", True),
        ("что сказал мэр", True),
        ("was he in on it?", False),
        ("did he die in the van", False),
        ("who is the Le Monde man", False),
        ("no comment from de la Cruz?", False),
    ],
)
def test_only_what_is_surely_another_language_is_sent_away(message: str, foreign: bool) -> None:
    assert is_foreign(message) == foreign
