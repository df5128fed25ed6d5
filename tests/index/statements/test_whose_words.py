"""Whose words a quotation is that has no cue beside it, or more than one name."""

import pytest

from index.statements.extraction import Attributor
from index.story import Story
from tests.index.statements.conftest import said

MILL = (
    "Man charged over fire\n\nDan Smith, 34, appeared in court on Monday.\n\n{}\n\nThe case was put off until June.\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "“I did it,” Smith told police, according to an affidavit.",
        "“I did it,” Dan Smith said, according to witnesses.",
        "“I did it,” said Dan Smith, according to a recording heard by the Herald.",
        "According to the affidavit, Dan Smith told police, “I did it.”",
    ],
)
def test_who_passed_the_words_on_did_not_say_them(attributor: Attributor, sentence: str) -> None:
    story = Story("s", MILL.format(sentence))
    found = attributor.attribute(story)
    assert [name for name, words in said(story, found) if "I did it" in words] == ["Dan Smith"]
    relay = next(one.relay for one in found.statements if "I did it" in one.span.of(story.text))
    assert any(word in relay[0] for word in ("affidavit", "witnesses", "recording"))


def test_what_somebody_only_wants_kept_up_is_said_by_whoever_wants_it(attributor: Attributor) -> None:
    sentence = "Dan Smith said that the town must maintain a “strong wall of sand along the whole of the river.”"
    story = Story("s", MILL.format(sentence))
    found = said(story, attributor.attribute(story))
    assert {name for name, words in found if "strong wall" in words} == {"Dan Smith"}


def test_what_is_told_of_somebody_is_theirs_though_an_agency_passed_it_on(attributor: Attributor) -> None:
    sentence = (
        "While lifting the ban, Dan Smith said that the town must maintain a “strong wall of sand and go on building "
        "it,” according to a report by the news agency Reuters."
    )
    story = Story("s", MILL.format(sentence))
    attributed = attributor.attribute(story)
    found = said(story, attributed)
    assert any(name == "Dan Smith" and "strong wall" in words for name, words in found)
    relays = {one.relay for one in attributed.statements if one.speaker == "dan-smith"}
    assert any("Reuters" in relay for whole in relays for relay in whole)


def test_a_star_of_sports_is_no_paper_that_passes_words_on(attributor: Attributor) -> None:
    sentence = (
        'Dan Smith and the former hockey star announced they "found we are better as friends and look forward to '
        'remaining so," according to a statement shared exclusively with the "Morning" show and confirmed to the '
        "Herald by a person familiar with it."
    )
    story = Story("s", MILL.format(sentence))
    assert any(name == "Dan Smith" and "friends" in words for name, words in said(story, attributor.attribute(story)))


def test_a_paper_that_states_it_behind_did_not_say_it(attributor: Attributor) -> None:
    story = Story("s", MILL.format("“I did it,” Dan Smith said, the affidavit states."))
    found = said(story, attributor.attribute(story))
    assert [name for name, words in found if "I did it" in words] == ["Dan Smith"]


OAK = (
    "Club in crisis\n\nChairman Ted Oak told the forum: “We owe nine million.\n\n{}\n\n“I want to stay,” Leo Banks "
    "said.\n"
)
CLAUSE = (
    "Club in crisis\n\nChairman Ted Oak said the club was deep in debt.\n\n{}\n\nLeo Banks said: “I want to stay.”\n"
)


@pytest.mark.parametrize(
    ("story", "words"),
    [(OAK, "“And we have no plan.”"), (CLAUSE, "“We have no buyer for the ground, and they walked away.”")],
)
def test_a_quotation_goes_on_with_who_spoke_not_with_who_is_named_next(
    attributor: Attributor, story: str, words: str
) -> None:
    one = Story("s", story.format(words))
    assert [name for name, span in said(one, attributor.attribute(one)) if span == words] == ["Ted Oak"]


@pytest.mark.parametrize("before", ["Alan Dunmore shook his head.", "Porter Alan Dunmore has two jobs."])
def test_a_gesture_names_who_says_what_follows_it(attributor: Attributor, before: str) -> None:
    story = Story(
        "s", f"Last days\n\nThe depot shuts in June.\n\n{before} “I have nothing left to give.”\n\nRain fell.\n"
    )
    found = [name for name, words in said(story, attributor.attribute(story)) if "nothing left" in words]
    assert found == ["Alan Dunmore"]


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("“We have listened”, said Fay Lund. “Rubbish”, said Ian Pope.", "Rubbish", "Ian Pope"),
        ("Jan Ames, 34, nurse\n“Yes. I got married on it.”\n\nTom Bell, 71\n“Let it go.”", "got married", "Jan Ames"),
        ("“Yes, I got married on it.” Jan Ames, 34, nurse\n\n“Let it go.” Tom Bell, 71, retired", "Let it", "Tom Bell"),
        (
            "Gus Hill, a ranger, was clear.\n\n“Two men went through it.”\n\n“I ran,” said Amy Shaw.",
            "Two men",
            "Gus Hill",
        ),
        (
            "“It was stolen,” said Det. Sgt. Mark Old, leading the inquiry. “It was found on fire.”",
            "on fire",
            "Mark Old",
        ),
        ("“It is cold, man,” said the man, who gave his name only as “Tex”.", "It is cold", "Tex"),
        ("A resident, 43-year-old plumber Abe Orr, said it rose fast. “It roared,” he said.", "It roared", "Abe Orr"),
        ("Police constable Ana Reyes, who led the search, said she was not trained for it.", "trained", "Ana Reyes"),
        ("Her tutor, Prof Ana Reyes of Orley University, called it a joke.", "a joke", "Ana Reyes"),
        ("“Gunfire again,” said a street sweeper who goes by the name “Smiley.”", "Gunfire", "Smiley"),
    ],
)
def test_words_are_whose_name_stands_beside_them(whole: Attributor, text: str, words: str, who: str) -> None:
    story = Story("s", f"Notes from Orley\n\n{text}\n\nNobody was hurt, police said on Monday.\n")
    assert [name for name, given in said(story, whole.attribute(story)) if words in given] == [who]


def test_what_somebody_said_by_a_paper_is_a_statement_of_theirs_too(whole: Attributor) -> None:
    story = Story("s", MILL.format("Dan Smith told officers that he did it, according to a police report."))
    found = said(story, whole.attribute(story))
    assert ("Dan Smith", "he did it") in found
    assert any(name == "a police report" for name, _ in found)


@pytest.mark.parametrize(
    ("above", "marks", "asks", "answers"),
    [
        ("Ida Root gave evidence. The questions were put by Owen Vail KC, for the town.", ".", "Owen Vail", "Ida Root"),
        ("Ida Root runs the pier. The Herald caught up with Mrs Root at home.", ":", "Herald", "Ida Root"),
        ("Fay Lund was in court. Ida Root was questioned by Owen Vail.", ".", "Owen Vail", "Ida Root"),
        ("Fay Lund was there.\n\nYour questions\n\nIda Root answered some that you sent us.", ":", "Q", "Ida Root"),
    ],
)
def test_who_asks_and_who_answers_is_whom_the_story_says_so_of(
    attributor: Attributor, above: str, marks: str, asks: str, answers: str
) -> None:
    spoken = ["Did you keep the books?", "I did.", "Where?", "We kept them here."]
    talk = "\n\n".join(f"{letter}{marks} {words}" for letter, words in zip("QAQA", spoken, strict=True))
    story = Story("s", f"The pier\n\nBy Mara Quill\n\nThe pier fell in May.\n\n{above}\n\n{talk}\n\nIt goes on.\n")
    found = [name for name, words in said(story, attributor.attribute(story)) if words in spoken]
    assert found == [asks, answers] * 2


EXCHANGE = (
    "Pier trial\n\nIda Root, 60, gave evidence on Monday.\n\n{}\n\n"
    "“Three,” {} replied.\n\n“Three, or eight?”\n\n“Maybe it was five or six.”\n\nThe trial goes on.\n"
)


@pytest.mark.parametrize("witness", ["the witness", "she", "Mrs Root"])
def test_questions_and_answers_go_by_turns(attributor: Attributor, witness: str) -> None:
    story = Story("s", EXCHANGE.format("Owen Vail, defending, asked Mrs Root how many she drank.", witness))
    found = [name for name, words in said(story, attributor.attribute(story)) if words[0] == "“"]
    assert found == ["Ida Root", "Owen Vail", "Ida Root"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("“Did you take it, Dan?” Ida Root asked.", "Dan Smith"),
        ("“Did you take it?” the Herald asked him.", "Dan Smith"),
    ],
)
def test_who_is_asked_answers(attributor: Attributor, question: str, answer: str) -> None:
    story = Story("s", MILL.format(f"{question}\n\n“I may have done.”"))
    assert [name for name, words in said(story, attributor.attribute(story)) if "may have" in words] == [answer]


def test_he_inside_his_own_words_is_another(attributor: Attributor) -> None:
    text = (
        "Port club\n\nCoach Owen Vail said he had been ready to take off his captain, Joel Strand.\n\n"
        "“He looked at me and he said, ‘Gaffer, give me ten minutes.’ So I gave him ten minutes,” Vail said.\n"
    )
    story = Story("s", text)
    assert ("Joel Strand", "‘Gaffer, give me ten minutes.’") in said(story, attributor.attribute(story))


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("A nurse shook her head. ", "A nurse"),
        ("Her sister disagreed. ", "Ann Holt’s sister"),
        ("The suspect's mother was there, too.\n\n", "The suspect's mother"),
        ("A neighbour who asked not to be named put it differently.\n\n", "A neighbour"),
        ("The rain fell. ", "Ann Holt"),
    ],
)
def test_she_is_the_unnamed_woman_whom_the_sentence_before_is_about(
    attributor: Attributor, before: str, who: str
) -> None:
    story = Story("s", f"Storm\n\n“It rained,” Mayor Ann Holt said.\n\n{before}“It did not rain,” she said.\n")
    assert [name for name, words in said(story, attributor.attribute(story)) if "did not" in words] == [who]


@pytest.mark.parametrize("answer", ["“Yes, Bob,” said Ann Holt.", "“Ah, London,” said Ann Holt."])
def test_who_stands_beside_the_words_says_them(whole: Attributor, answer: str) -> None:
    story = Story("s", f"Rain\n\n“It rained,” Bob Hill said.\n\n{answer}\n")
    assert [name for name, _ in said(story, whole.attribute(story))] == ["Bob Hill", "Ann Holt"]


def test_a_name_between_single_marks_is_hardly_on_anybodys_mind(attributor: Attributor) -> None:
    text = "Mark Hill said: 'Nobody puts Kellie in a tent.'\n\nCritic Helen Swann was less kind."
    story = Story("s", f"Review\n\n{text}\n\n'It is dull,' she said.\n")
    assert ("Helen Swann", "'It is dull,'") in said(story, attributor.attribute(story))


def test_the_director_of_a_group_is_a_person(attributor: Attributor) -> None:
    text = "“Leaves don’t do that,” said Naomi Fitch, the group’s executive director.\n\nFitch said it had rained.\n"
    story = Story("s", text)
    assert {name for name, _ in said(story, attributor.attribute(story))} == {"Naomi Fitch"}


def test_who_was_informed_did_not_say_it(attributor: Attributor) -> None:
    text = "A Halden spokesperson said staff had been informed “at the earliest moment that the rules allow”.\n\n"
    story = Story("s", f"Cuts\n\n{text}Residents were told: “Leave your homes at once and take nothing.”\n")
    assert {name for name, _ in said(story, attributor.attribute(story))} <= {"A Halden spokesperson", None}


def test_a_given_name_that_is_a_title_too_is_whose_it_is(attributor: Attributor) -> None:
    story = Story("s", "Ann's husband, builder Dean Marsh, flew out on Monday. “She rang me at midnight,” said Dean.\n")
    assert [name for name, _ in said(story, attributor.attribute(story))] == ["Dean Marsh"]


def test_the_diplomat_is_not_the_mayor(attributor: Attributor) -> None:
    story = Story(
        "s", "Talks\n\n“We shall see,” Mayor Ann Holt said.\n\n“A phone rang in the hall,” the diplomat said.\n"
    )
    assert [name for name, _ in said(story, attributor.attribute(story))] == ["Ann Holt", "the diplomat"]


@pytest.mark.parametrize("boss", ["The boss", "The gaffer"])
def test_a_boss_inside_somebodys_words_is_another(attributor: Attributor, boss: str) -> None:
    text = f"Abe Odoi, 19, scored twice. “{boss} told me, ‘If it drops, hit it, and hit it hard,’” Odoi said.\n"
    story = Story("s", f"Port club\n\n{text}")
    found = said(story, attributor.attribute(story))
    assert [name for name, words in found if words.startswith("‘If it drops")] == [boss]


def test_a_message_has_the_words_of_who_sent_it(whole: Attributor) -> None:
    text = "Ivo Hale was on the bridge. He later sent a text message to a deckhand, Piotr Wend, reading: "
    story = Story("s", f"Ferry inquiry\n\n{text}“Say nothing, mate.”\n")
    assert [name for name, words in said(story, whole.attribute(story)) if "Say nothing" in words] == ["Ivo Hale"]


def test_he_does_not_say_words_that_name_him(attributor: Attributor) -> None:
    story = Story(
        "s",
        "Mayor Felix Stokes missed the vote. Leo Banks, a banker, spoke of it at the harbour.\n\nStokes left early. "
        "“Mr Stokes has let us down,” he said. “We shall not forget it.”\n",
    )
    found = said(story, attributor.attribute(story))
    assert ("Leo Banks", "“Mr Stokes has let us down,”") in found


def test_he_says_words_in_which_somebody_else_names_him(attributor: Attributor) -> None:
    story = Story(
        "s",
        "The storm grew, said Wen Doyle, a forecaster.\n\nAmong those who left was Lyle Banks, 77, a carrier.\n\n"
        "“My wife used to say, ‘Lyle, that creek will come in to supper.’ I guess she was right,” he said.\n",
    )
    found = said(story, attributor.attribute(story))
    assert [name for name, words in found if words.startswith("“My wife")] == ["Lyle Banks"]


def test_a_quotation_of_several_paragraphs_is_whose_name_stands_above_it(attributor: Attributor) -> None:
    above = "In the south, where the strike began, quarryman Rui Falcao, 52, stood by a brazier.\n\n"
    words = ("“My father died of it. I will not.", "“And I will stay at this gate.”")
    story = Story("s", "Strike spreads\n\nAnn Lee said talks had failed.\n\n" + above + "\n\n".join(words) + "\n")
    found = said(story, attributor.attribute(story))
    assert [name for name, span in found if span in words] == ["Rui Falcao"] * 2


def test_who_has_been_speaking_says_what_the_colon_leads_up_to(whole: Attributor) -> None:
    text = "Storm latest\n\nFirst minister Alan Roake has been speaking at a briefing in the capital:\n\n"
    words = "“I am asking everybody to stay at home tonight.”"
    story = Story("s", f"{text}{words}\n\nThe bridge is closed.\n")
    assert said(story, whole.attribute(story)) == [("Alan Roake", words)]


def test_the_words_of_a_headline_are_whose_they_are_below(whole: Attributor) -> None:
    text = (
        "“It looked me in the eye”: woman finds snake\n\nBy Mara Quill\n\nA snake was found in Orley.\n\n"
        "“It looked me in the eye,” said Fay Lund, 78.\n"
    )
    story = Story("s", text)
    assert {name for name, words in said(story, whole.attribute(story)) if "looked" in words} == {"Fay Lund"}


def test_who_asks_in_an_interview_is_whose_byline_it_has(whole: Attributor) -> None:
    talk = "Q: Who knew?\n\nA: We all did.\n\nQ: Why?\n\nA: No idea."
    story = Story("s", f"The mine\n\nBy Mara Quill\n\nDes Tamm worked at the mine.\n\n{talk}")
    assert [name for name, _ in said(story, whole.attribute(story))] == ["Mara Quill", "Des Tamm"] * 2


def test_the_zone_of_a_time_is_nobody(attributor: Attributor) -> None:
    text = "21:00 BST\nVote put off\n“We have listened,” says Fay Lund.\n20:00 BST\nBoos in hall\n19:00 UTC\nDoors\n"
    story = Story("s", text)
    assert {name for name, _ in said(story, attributor.attribute(story))} == {"Fay Lund"}


def test_a_line_in_capitals_above_a_quotation_says_whose_it_is(whole: Attributor) -> None:
    text = (
        "Bank stuns with cut\n\nThe bank cut its rate on Monday.\n\nCECILIA HOLT, GOVERNOR, AT A NEWS CONFERENCE\n\n"
        "“The board judged that waiting was the risk.”\n\nTOM BRAND, FINANCE MINISTER, TO REPORTERS\n\n"
        "“It is overdue, and I say so with respect.”\n\nHolt denied that she had spoken to him.\n"
    )
    story = Story("s", text)
    found = [name for name, words in said(story, whole.attribute(story)) if words[0] == "“"]
    assert found == ["Cecilia Holt", "Tom Brand"]


def test_who_rises_to_examine_a_witness_asks_what_follows(whole: Attributor) -> None:
    text = (
        "Carer on trial\n\nThe first witness was a neighbour, Clive Page. Owen Vail, for the defence, rose to "
        "cross-examine him.\n\n“You didn’t like Dawn, did you, Mr Page?”\n\n“I never trusted her.”\n\nIt rained.\n"
    )
    story = Story("s", text)
    found = [name for name, words in said(story, whole.attribute(story)) if words[0] == "“"]
    assert found == ["Owen Vail", "Clive Page"]


def test_a_caption_between_questions_and_answers_opens_no_turn(whole: Attributor) -> None:
    talk = "Q: Who knew?\n\nA: We all did.\n\nQ: Why?\n\nA: No idea, I was away."
    text = f"Mine shut\n\nFloored: families at the gate on Sunday\n\nDes Tamm worked there.\n\n{talk}\n"
    story = Story("s", text)
    assert not [words for name, words in said(story, whole.attribute(story)) if "families" in words]
