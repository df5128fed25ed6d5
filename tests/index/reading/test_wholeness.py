"""A story that stops too early is flagged, and one that ends as stories end is not; one not in English, too."""

import random

import pytest

from index.reading.wholeness import CutOff, find_cut, foreign_language, signs_of
from tests.index.conftest import SEEDS

STORY = "The council voted on Monday.\n\nThe mayor said that the old bridge would be closed to all traffic in May."
WHOLE = (
    STORY,
    STORY + "\n",
    STORY.replace("May.", "May.”"),
    STORY + " “It was time,” she said.",
    STORY + "\n\nContributing: Ana Ruiz and Tom Berg",
    STORY + "\n\nBy Ana Ruiz",
    STORY + "\n\nAtt: 8,412",
    STORY + "\n\nFollow Tom Berg on Twitter: @tomberg",
    STORY + "\n\nMore:Three bridges that were closed before, and why",
    STORY + "\n\n- Ana Ruiz",
    STORY + "\n\nnewsroom@courier.example.com",
    STORY + "\n\nSign up for our newsletter",
    STORY + "\n\nThe Courier's Ana Ruiz contributed to this report",
    STORY + "\n\nSEE ALSO\n\nA bridge in the mist",
    "",
    " \n ",
)
CUT = (
    (STORY[:-8], CutOff.MID_SENTENCE),
    (STORY[:-21], CutOff.MID_SENTENCE),
    (STORY[:-24], CutOff.MID_SENTENCE),
    (STORY + " It will be opened again in the summer of next year, the", CutOff.MID_SENTENCE),
    (STORY + "\n\nFriday's", CutOff.MID_SENTENCE),
    (STORY + "\n\n“The money is not there. It never was.", CutOff.OPEN_QUOTATION),
    (STORY + '\n\n"The money is not there. It never was.', CutOff.OPEN_QUOTATION),
    (STORY + " The money ...", CutOff.TEASER),
    (STORY + " The money [+1432 chars]", CutOff.TEASER),
)
FOREIGN = {
    "Spanish": (
        "El ayuntamiento decidió el martes por la noche el futuro de la cochera de tranvías, que está vacía "
        "desde 2009. «Hemos escuchado a la gente», dijo la alcaldesa Fay Lund ante más de doscientas "
        "personas."
    ),
    "German": (
        "Der Stadtrat von Orley hat am Dienstagabend über die Zukunft des alten Straßenbahndepots beraten. "
        "„Wir haben zugehört“, sagte Bürgermeisterin Fay Lund vor mehr als zweihundert Menschen."
    ),
    "French": (
        "Le conseil municipal s'est réuni mardi soir pour décider de l'avenir du vieux dépôt de tramways, "
        "vide depuis 2009. « Nous avons écouté les habitants », a déclaré la maire Fay Lund devant deux cents"
        " personnes."
    ),
    "Polish": (
        "Rada miasta zebrała się we wtorek wieczorem, aby zdecydować o przyszłości starej zajezdni "
        "tramwajowej. „Wysłuchaliśmy mieszkańców”, powiedziała burmistrz Fay Lund do ponad dwustu osób."
    ),
    "Russian": (
        "Городской совет собрался во вторник вечером, чтобы решить судьбу старого трамвайного депо. «Мы "
        "услышали людей», — сказала глава совета Фэй Лунд перед двумя сотнями человек."
    ),
    "Turkish": (
        "Belediye meclisi, eski tramvay deposunun geleceğine karar vermek için salı akşamı toplandı. “Halkı "
        "dinledik,” dedi belediye başkanı Fay Lund iki yüzden fazla kişinin önünde."
    ),
}
ENGLISH = {
    "a list of names": (
        "Quarter-finals: Orley Rovers 2 Port Meren 1, Bram Odoi 93; Harlow Town 0 Marsh End 0, Marsh End win "
        "4-2 on penalties; Dunmore 3 Lower Quay 2, Petrov 12, Ferrante 40, Doyle 88."
    ),
    "words of another language": (
        "“No nos vamos a ir,” Rosa Delgado told reporters in Spanish on Monday. “Aquí nacimos, aquí vamos a "
        "morir.” Her son, who is eleven, translated: they are not leaving, she was born here."
    ),
    "a headline's style": (
        "Mayor quits over canal vote. Councillors call for new poll. Ferries halted as storm nears. Nurses to"
        " strike on Friday. Judge frees man held 19 years. Bees recall bad flowers for week, study finds."
    ),
    "too short to tell": "Orley, 14 mai. Fay Lund: “Non.”",
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_story_that_ends_as_stories_end_is_whole(text: str) -> None:
    assert find_cut(text) is None


@pytest.mark.parametrize(("text", "why"), CUT)
def test_a_story_that_stops_too_early_is_flagged(text: str, why: CutOff) -> None:
    assert find_cut(text) is why


def test_the_seed_story_is_whole_and_its_cuts_are_not() -> None:
    text = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    assert find_cut(text) is None
    chance = random.Random(1)
    places = [text.index(" ", chance.randrange(300, len(text) - 100)) for _ in range(200)]
    inside = [at for at in places if text[at - 1].isalpha()]
    assert sum(find_cut(text[:at]) is not None for at in inside) >= 0.95 * len(inside)


def test_every_sign_is_weighed() -> None:
    assert len(signs_of(["One line"])) == len(signs_of(["A line.", "Another.", "A third", "the last of"]))


@pytest.mark.parametrize("language", FOREIGN)
def test_a_story_in_another_language_is_known_for_it(language: str) -> None:
    assert foreign_language(FOREIGN[language]) == language


@pytest.mark.parametrize("kind", ENGLISH)
def test_an_english_story_is_never_taken_for_another_languages(kind: str) -> None:
    assert foreign_language(ENGLISH[kind]) is None
