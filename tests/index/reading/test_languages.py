"""Stories in other languages are told from English ones, however short of English words these are."""

import pytest

from index.reading.languages import foreign_language

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


@pytest.mark.parametrize("language", FOREIGN)
def test_a_story_in_another_language_is_known_for_it(language: str) -> None:
    assert foreign_language(FOREIGN[language]) == language


@pytest.mark.parametrize("kind", ENGLISH)
def test_an_english_story_is_never_taken_for_another_languages(kind: str) -> None:
    assert foreign_language(ENGLISH[kind]) is None
