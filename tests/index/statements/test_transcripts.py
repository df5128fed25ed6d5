"""Transcripts and interviews: whose turn a paragraph is."""

import pytest

from index.reading.text import read_text
from index.statements.extraction import Attributor
from index.statements.paragraphs import find_paragraphs
from index.statements.transcripts import find_turns
from index.story import Story
from tests.index.reading.test_transcripts import FORMS, exported
from tests.index.reading.test_transcripts import TALK as EXPORTED
from tests.index.statements.conftest import said

TURNS = "MOSS: We never saw the memo.\n\nLEE: Did you ask for it?\n\nMOSS: Twice."


def turns(text: str) -> list[tuple[str, str]]:
    return [
        (found.mention.of(text), found.span.of(text))
        for found in find_turns(text, find_paragraphs(text))
        if found.mention
    ]


def test_each_labelled_paragraph_is_a_turn_of_the_one_named() -> None:
    assert turns(TURNS) == [("MOSS", "We never saw the memo."), ("LEE", "Did you ask for it?"), ("MOSS", "Twice.")]


def test_the_lines_that_name_a_storys_title_and_author_are_nobodys_turns() -> None:
    header = "Title: The memo\nAuthor: Ann Sole\nSource: The Post\nDate: 2024-05-06\n\n"
    assert turns(f"{header}The bridge reopened on Monday.\n\nIt is old.") == []
    assert turns(header + TURNS) == turns(TURNS)


def test_a_label_in_capitals_may_tell_what_its_speaker_is() -> None:
    text = "IDA MOSS, RADIO HOST: You saw it?\n\nSEN. BEN LEE (R), WATER COMMITTEE: Twice.\n\nMOSS: Thanks."
    assert turns(text) == [("IDA MOSS", "You saw it?"), ("SEN. BEN LEE (R)", "Twice."), ("MOSS", "Thanks.")]


def test_a_surname_with_a_time_before_it_or_behind_it_is_a_label() -> None:
    spoken = [("MOSS", "We never saw it."), ("LEE", "They asked."), ("MOSS", "The dam leaked.")]
    for form in ("[00:01:{at}] {name}: {words}", "{name} (00:01:{at}): {words}"):
        text = "\n\n".join(form.format(at=10 + at, name=name, words=words) for at, (name, words) in enumerate(spoken))
        assert [
            (found.mention.of(text), found.span.of(text))
            for found in find_turns(text, find_paragraphs(text), is_somebody=lambda _: False)
            if found.mention
        ] == spoken


def test_the_words_may_begin_below_the_label() -> None:
    text = "IDA MOSS, HOST:\n\nThe dam leaked.\n\nBEN LEE, BYLINE: I saw it.\n\nMOSS: Thanks."
    assert turns(text) == [("IDA MOSS", "The dam leaked."), ("BEN LEE", "I saw it."), ("MOSS", "Thanks.")]


@pytest.mark.parametrize("between", ["(BEGIN VIDEO CLIP)", "TWO MEN / A DOG: Out."])
def test_a_clip_or_a_label_that_is_not_read_ends_a_turn(between: str) -> None:
    text = f"MOSS: You saw it?\n\nLEE: Twice.\n\n{between}\n\nIt was loud.\n\nMOSS: Thanks."
    assert turns(text) == [("MOSS", "You saw it?"), ("LEE", "Twice."), ("MOSS", "Thanks.")]


LEDE = "Rosa Delmar retires in May. She spoke to Kevin Abt of the Courier in her office.\n\n"
ANSWERS = "Q: Why go?\n\nA: I am tired.\n\nI never sleep.\n\n{}\n\nQ: Who is next?\n\nA: Ask them."


@pytest.mark.parametrize(
    "prose", ["Delmar laughs.", "The city said it would choose by spring.", "The mayor denied that."]
)
def test_prose_between_answers_is_the_reporters(rules: Attributor, prose: str) -> None:
    story = Story("s", LEDE + ANSWERS.format(prose))
    by_answer = [words for name, words in said(story, rules.attribute(story)) if name == "Rosa Delmar"]
    assert by_answer == ["I am tired.", "I never sleep.", "Ask them."]


def test_a_label_of_initials_is_who_has_them(rules: Attributor) -> None:
    text = "Kim Aldous spoke with Rae Dorn about a tower.\n\nKA: We began in May.\n\nRD: And then?\n\nKA: We went on."
    story = Story("s", text)
    turns = [name for name, words in said(story, rules.attribute(story)) if words[0] in "WA"]
    assert turns == ["Kim Aldous", "Rae Dorn", "Kim Aldous"]


TALK = (
    ("Mara Quill", "Welcome back. Tonight the mine."),
    ("Des Tamm", "Thanks. The mine was never safe."),
    ("Mara Quill", "Who knew about the gas?"),
    ("Des Tamm", "Everybody on the night shift."),
)


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param("{name}: {words}\n\n", id="a name and a colon"),
        pytest.param("**{name}:** {words}\n\n", id="in bold"),
        pytest.param("[02:50:05] {name}: {words}\n\n", id="a time before"),
        pytest.param("00:00:12 {name}: {words}\n\n", id="a bare time before"),
        pytest.param("{name}: [00:00:12] {words}\n\n", id="a time behind"),
        pytest.param("{name}  0:12  \n{words}\n\n", id="a name and a time on their line"),
        pytest.param("{name} (00:12):\n{words}\n\n", id="a time in brackets"),
        pytest.param("[00:12] {name}\n{words}\n\n", id="a time and a name on their line"),
        pytest.param("12\n00:00:12,000 --> 00:00:12,900\n{name}: {words}\n\n", id="subtitles"),
        pytest.param("00:00:12.680 --> 00:00:12.800\n{name}:\n{words}\n\n", id="a meeting's file"),
        pytest.param("00:12.000 --> 00:15.000\n<v {name}>{words}</v>\n\n", id="a voice"),
        pytest.param("{name} (Orley North) (Con): {words}\n\n", id="a seat and a party"),
        pytest.param("{name} (SNP) {words}\n\n", id="a party without a colon"),
    ],
)
def test_a_transcript_is_read_in_whatever_form(turn: str) -> None:
    text = "A transcript\n\n" + "".join(turn.format(name=name, words=words) for name, words in TALK)
    assert turns(text) == list(TALK)


def test_a_name_in_capitals_on_its_line_heads_a_turn() -> None:
    text = "A transcript\n\n" + "".join(f"{name.upper()}\n{words}\n\n" for name, words in TALK)
    assert turns(text) == [(name.upper(), words) for name, words in TALK]


def test_what_a_parliament_prints_names_the_person_of_an_office() -> None:
    text = (
        "Sir Alan Pryce (Orley) (Con): Will the minister give way?\n\nThe Minister for Roads (Dame Effie Toll): I will "
        "not.\n\nDame Effie Toll: The road will be built.\n\nMr. TAMM. Mr. Speaker, I rise to ask why."
    )
    assert [name for name, _ in turns(text)] == ["Sir Alan Pryce", "Dame Effie Toll", "Dame Effie Toll", "Mr. TAMM"]


LISTS = (
    "Storm latest\n\nPower: About 4,000 homes are dark.\n\nRoads: The A9 is shut.\n\nSchools: All open on Monday.\n",
    "Profile: Wes Holt\n\nAge: 52.\n\nFamily: Married with two sons.\n\nEducation: Orley Grammar.\n\nWork: Teacher.\n",
    "Fact check\n\nClaim: The tram will cost £900.\n\nVerdict: False.\n\nClaim: It is slow.\n\nVerdict: True.\n",
    "Ratings\n\nBell: 7. Quick off his line.\n\nHask: 4. Lost his man for the goal.\n\nPike: 6. Ran a lot.\n",
    "Leek pie\n\nServes: 4.\n\nPrep time: 20 minutes.\n\nMethod: Slice the leeks.\n\nTo serve: Scatter parsley.\n",
    "Line-ups\n\nOrley: Bell, Hask, Pike.\n\nKell: Dray, Marr, Ash.\n\nReferee: T Oak.\n\nAttendance: 4,012.\n",
)


@pytest.mark.parametrize("text", LISTS)
def test_labelled_lines_of_a_list_are_nobodys_words(attributor: Attributor, text: str) -> None:
    story = Story("s", text)
    assert [one for one in attributor.attribute(story).statements if one.kind == "direct"] == []


@pytest.mark.parametrize("label", ["Related", "Read more", "Read next", "Don’t miss", "See also"])
def test_a_link_to_another_story_is_nobodys_words(attributor: Attributor, label: str) -> None:
    text = (
        f"Depot plan\n\nThe council met on Tuesday.\n\n{label}: “I did nothing wrong at all”\n\n“We have listened to "
        "the town,” said council leader Fay Lund.\n"
    )
    story = Story("s", text)
    assert said(story, attributor.attribute(story)) == [("Fay Lund", "“We have listened to the town,”")]


def test_the_label_of_a_topic_gives_way_to_who_said_it(attributor: Attributor) -> None:
    text = "Reaction\n\nHealth: “It is a disgrace,” said nurses’ leader Dee Onslow.\n\nRain fell.\n"
    story = Story("s", text)
    assert said(story, attributor.attribute(story)) == [("Dee Onslow", "“It is a disgrace,”")]


@pytest.mark.parametrize("verb", ["harrumphed", "tooted", "choked"])
def test_any_verb_beside_a_name_reports_what_a_comma_ends(attributor: Attributor, verb: str) -> None:
    text = f"Rovers go up\n\n“I have waited all my life for this,” {verb} singer Kaz Moran.\n\nRain fell.\n"
    story = Story("s", text)
    assert said(story, attributor.attribute(story)) == [("Kaz Moran", "“I have waited all my life for this,”")]


@pytest.mark.parametrize("form", FORMS)
def test_of_a_transcript_as_a_program_exports_it_each_turn_is_whose_it_is(form: str, attributor: Attributor) -> None:
    story = read_text(exported(form))
    assert story.title == "Mine inquiry"
    told = [(name, " ".join(words.split())) for name, words in EXPORTED]
    assert said(story, attributor.attribute(story)) == told


@pytest.mark.parametrize(
    ("lede", "who"),
    [
        ("Rosa Delmar retires in May. She spoke to Kevin Abt of the Courier in her office.", "Rosa Delmar"),
        ("Mara Quill has run the ferry for thirty years. We spoke to Quill in her kitchen.", "Mara Quill"),
        ("This is an edited interview with chef Tomas Brand.", "Tomas Brand"),
        ("Ann Sole and Ben Lee spoke to the Star about the vote.", None),
        ("The vote is on Tuesday.", None),
    ],
)
def test_who_answers_questions_on_lines_of_their_own_is_told_above_them(
    lede: str, who: str | None, attributor: Attributor
) -> None:
    answers = (
        "I remember the storm. I thought we were gone.",
        "We never found the anchor.",
        "Yes. I would do it again.",
    )
    lines = (lede, "What was the worst night?", *answers[:2], "And now?", answers[2], "Rain fell.")
    text = "\n\n".join(lines)
    story = Story("s", text)
    found = [(name, words) for name, words in said(story, attributor.attribute(story)) if words in answers]
    assert found == ([(who, words) for words in answers] if who else [])


def test_questions_that_an_explainer_answers_are_nobodys(attributor: Attributor) -> None:
    text = (
        "Jo Haverstock, who runs the clinic, spoke of the plan.\n\nWhat is in it?\n\nThe plan has three parts.\n\n"
        "When does it start?\n\nWork begins in May.\n"
    )
    story = Story("s", text)
    assert not any("three parts" in words for _, words in said(story, attributor.attribute(story)))


CALL = (
    "Crane Foods Q1 2026 Earnings Call Transcript\n\nCompany Participants\nNeil Crane - President and Chief Executive "
    "Officer\nFay Lund - Investor Relations\n\nConference Call Participants\nJoan Peel - Larkspur Securities\n\n"
    "Operator\nGood morning, and welcome.\n\nNeil Crane\nWe had a solid quarter.\n\nQuestion-and-Answer Session\n\n"
    "Operator\nOur first question comes from Joan Peel.\n\nJoan Peel\nIs the line back up?\n\n"
    "Neil Crane\nYes, last Tuesday.\n\nOperator\nThis concludes the conference.\n"
)


def test_a_call_with_analysts_has_an_operator_sections_and_a_list_of_who_takes_part(whole: Attributor) -> None:
    story = Story("s", CALL)
    found = whole.attribute(story)
    assert said(story, found) == [
        ("Operator", "Good morning, and welcome."),
        ("Neil Crane", "We had a solid quarter."),
        ("Operator", "Our first question comes from Joan Peel."),
        ("Joan Peel", "Is the line back up?"),
        ("Neil Crane", "Yes, last Tuesday."),
        ("Operator", "This concludes the conference."),
    ]
    roles = {one.name: one.roles for one in found.speakers}
    assert roles["Neil Crane"] == ("President and Chief Executive Officer",)
    assert roles["Joan Peel"] == ()


def test_what_somebody_tells_of_another_in_a_turn_is_the_others(whole: Attributor) -> None:
    text = (
        "ANCHOR: Good evening. The port is shut tonight, and Ivo Hale is there.\n\n"
        "HALE: It is. The harbour master, Edith Crane, says that nobody will sail before Friday. "
        "I said last week that it would come to this.\n\n"
        "ANCHOR: And the crews?\n\nHALE: They are asleep."
    )
    attributed = whole.attribute(Story("s", text))
    names = {speaker.id: speaker.name for speaker in attributed.speakers}
    told = [(names[one.speaker or ""], one.relay) for one in attributed.statements if one.relay]
    assert told == [("Edith Crane", ("Ivo Hale",))]
    assert any(one.span.of(text).startswith("It is. The harbour master") for one in attributed.statements)
