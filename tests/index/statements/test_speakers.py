"""Who the speakers of a story really are, on short stories written for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.statements.findings import Attribution
from index.statements.nouns import is_human
from index.statements.speakers import Cast, cast_of
from index.statements.words import Words
from index.story import Span
from tests.index.statements.casting import HARBOR, cast, names, only, read


def test_full_name_surname_and_title_with_surname_are_one_speaker() -> None:
    speaker = only(HARBOR, "House Speaker Martin Hale", "Hale", "House Speaker Hale")
    assert (speaker.id, speaker.name, speaker.kind) == ("martin-hale", "Martin Hale", "person")
    assert {"Hale", "House Speaker Hale"} <= set(speaker.aliases)
    assert "House Speaker" in speaker.roles


def test_two_people_with_one_surname_are_kept_apart() -> None:
    text = (
        "Helen Carver will run for governor. Carver said the race is hers to win.\n\n"
        "Her husband, Bill Carver, agreed. Mr. Carver said he would help. Mrs. Carver said she was glad."
    )
    assert names(text, "Carver said", "Mr. Carver", "Mrs. Carver") == ["Helen Carver", "Bill Carver", "Helen Carver"]


def test_a_title_that_is_a_given_name_is_one_where_the_story_has_no_such_office() -> None:
    court = "Nora Marsh said it was a gift. Her partner, Dean Marsh, shouted that she was set up."
    assert names(court, "Nora Marsh", "Dean Marsh") == ["Nora Marsh", "Dean Marsh"]
    college = "The dean, Nora Marsh, warned of cuts. It will close on Friday, Dean Marsh said."
    assert names(college, "The dean, Nora Marsh", "Dean Marsh") == ["Nora Marsh", "Nora Marsh"]


def test_a_role_alone_means_the_person_who_has_it() -> None:
    text = (
        "President Thomas Reed met Sen. Ana Ruiz at noon. The senator said the talks went well. "
        "The president said he would sign the bill."
    )
    assert names(text, "The senator", "The president") == ["Ana Ruiz", "Thomas Reed"]


@pytest.mark.parametrize(
    ("somebody", "other"),
    [
        ("Deputy Mayor Ann Loftus", "The mayor"),
        ("Mayor Ann Loftus", "The deputy mayor"),
        ("Former president Ann Loftus", "The president"),
        ("Assistant coach Ann Loftus", "The coach"),
        ("A spokesman for the governor, Ann Loftus,", "The governor"),
        ("The king's sister, Ann Loftus,", "The king"),
    ],
)
def test_a_role_alone_does_not_mean_who_has_another_that_is_called_alike(somebody: str, other: str) -> None:
    text = f"{somebody} said on Monday that it was over. {other} said it had hardly begun."
    assert names(text, somebody, other) == ["Ann Loftus", other]


def test_an_apposition_becomes_a_role() -> None:
    text = "Jane Doe, a spokeswoman for the mayor, said no decision was made."
    assert only(text, "Jane Doe, a spokeswoman for the mayor,").roles == ("spokeswoman for the mayor",)


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("An aide to the senator, Lucy Marsh,", "Lucy Marsh", "aide to the senator"),
        ("The president of the rowing club, Al Poe,", "Al Poe", "president of the rowing club"),
        ("Mayor-elect Sofia Grant", "Sofia Grant", "Mayor-elect"),
        ("On Monday former Gov. Ana Ruiz", "Ana Ruiz", "former Gov."),
        ("On Monday former Secretary of State Ana Ruiz", "Ana Ruiz", "former Secretary of State"),
    ],
)
def test_a_role_is_the_whole_of_what_stands_before_the_name(words: str, name: str, role: str) -> None:
    speaker = only(f"{words} said it was wrong.", words)
    assert (speaker.name, speaker.roles) == (name, (role,))


def test_the_name_in_a_long_description_is_its_head() -> None:
    text = "Former secretary of state and presidential candidate Laura Finch said the plan fails."
    assert names(text, "Former secretary of state and presidential candidate Laura Finch") == ["Laura Finch"]


def test_a_handle_joins_the_name_beside_it() -> None:
    text = "We need answers now. — Elena Warlow (@SenWarlow) March 2, 2017\n\nWarlow said more on Friday."
    speaker = only(text, "Elena Warlow (@SenWarlow)", "Warlow said")
    assert (speaker.name, speaker.handles) == ("Elena Warlow", ("@SenWarlow",))


def test_a_title_and_an_initial_in_a_handle_are_those_of_the_person() -> None:
    text = "Councillor Max Brody was asked.\n\n@CllrMBrody: “We will help.”"
    assert names(text, "@CllrMBrody") == ["Max Brody"]


def test_a_handle_that_has_a_name_in_its_middle_is_somebody_else() -> None:
    text = "Jane Ellen called it a good day.\n\n@portellenmom: “We wait and wait.”\n\n@JaneEllen7: “So do I.”"
    assert names(text, "@portellenmom", "@JaneEllen7") == ["@portellenmom", "Jane Ellen"]


def test_a_nickname_in_quotation_marks_is_part_of_one_name() -> None:
    text = 'Edward "Ted" Marsh said yes. Ted Marsh said it twice. Marsh said it again.'
    result = cast(text, 'Edward "Ted" Marsh', "Ted Marsh said it", "Marsh said it again")
    assert len(set(result.speaker_of)) == 1


def test_a_possessive_is_the_same_person() -> None:
    text = "Robert Cole spoke on Monday. Cole’s comments drew applause."
    assert names(text, "Cole’s") == ["Robert Cole"]


def test_joint_speakers_are_one_name() -> None:
    text = "Sen. Robert Cole and Sen. Linda Marsh said the vote was fair."
    assert names(text, "Sen. Robert Cole and Sen. Linda Marsh") == ["Robert Cole and Linda Marsh"]


@pytest.mark.parametrize("mention", ["A senior aide", "Critics", "Some officials"])
def test_a_source_without_a_name_stays_unnamed(mention: str) -> None:
    text = f"Robert Cole left early. {mention} said the meeting went badly."
    speaker = only(text, mention)
    assert (speaker.kind, speaker.named, speaker.name) == ("unnamed", False, mention)


def test_a_source_described_first_and_named_next_is_one_person() -> None:
    text = (
        "A former party chairman says the nominee should step aside.\n\n"
        "“Now is the time,” said Walter Boone, who led the party for two years.\n\nBoone said he would not run."
    )
    assert names(text, "A former party chairman", "Walter Boone", "Boone said") == ["Walter Boone"] * 3


def test_ids_are_unique_in_the_story() -> None:
    text = "A senior aide said no. Linda Marsh said yes. The Marsh campaign said maybe."
    result = cast(text, "A senior aide", "Linda Marsh", "The Marsh campaign")
    ids = [speaker.id for speaker in result.speakers]
    assert len(ids) == len(set(ids)) == 3


def test_an_empty_story_has_no_speakers() -> None:
    words = Words(read(""))
    assert cast_of(words, []) == Cast((), ())
    assert cast_of(words, [Attribution((), Span(0, 4), None)]).speaker_of == (None,)


_PIECES = st.sampled_from(
    ["“", "”", '"', "\r\n", "\n\n", "@ab_c", "Mr. ", "he ", "who ", "she said ", "Jane Doe", " (FBI) ", "é", "👩‍👧",
     "שלום ", "- ", "’s ", "Sen. ", ". ", "\u00a0", "Cole said ", "the president ", "A new poll ", "and ", "DOE: "]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_PIECES, max_size=30).map("".join),
    st.lists(st.tuples(st.integers(0, 150), st.integers(0, 12)), max_size=6),
)
def test_any_text_and_any_spans_give_a_cast_and_the_same_one_twice(text: str, spans: list[tuple[int, int]]) -> None:
    words = Words(read(text))
    asked = [Attribution((), Span(start, start + length), None) for start, length in spans]
    result = cast_of(words, asked)
    assert result == cast_of(words, asked)
    known = {speaker.id for speaker in result.speakers}
    assert len(result.speaker_of) == len(asked)
    assert all(identity is None or identity in known for identity in result.speaker_of)
    assert all(speaker.name.strip() for speaker in result.speakers)


@pytest.mark.parametrize("title", ["Cllr", "Councillor", "Coun", "Insp", "Supt", "PC", "Wgcdr"])
def test_a_title_before_a_full_name_and_a_surname_makes_one_person(title: str) -> None:
    text = f"{title} Fiona Marsh said the vote was fair.\n\n{title} Marsh said she would look at it again."
    assert names(text, f"{title} Fiona Marsh", f"{title} Marsh") == ["Fiona Marsh", "Fiona Marsh"]


def test_a_word_before_two_full_names_is_a_title_in_that_story() -> None:
    text = "Wgcdr Anna Holt and Wgcdr Mark Ruiz said no. Wgcdr Rajbir Gill said the road was shut. Gill said it again."
    assert names(text, "Wgcdr Rajbir Gill", "Gill said it") == ["Rajbir Gill", "Rajbir Gill"]


@pytest.mark.parametrize("particles", ["van der", "von der", "de la", "van den", "de los", "de"])
def test_a_surname_has_one_particle_or_more(particles: str) -> None:
    text = (
        f"Commissioner Sofia {particles} Meer said the port was ready.\n\n"
        f"The port is old, {particles} Meer said. {particles.capitalize()} Meer said it was safe."
    )
    mentions = (
        f"Commissioner Sofia {particles} Meer",
        f"{particles} Meer said.",
        f"{particles.capitalize()} Meer said it",
    )
    assert names(text, *mentions) == [f"Sofia {particles} Meer"] * 3


def test_a_place_named_after_a_saint_is_nobody_of_that_name() -> None:
    text = "Mayor Louis Gray said the budget was late. St. Louis said in a statement that it would pay."
    assert names(text, "St. Louis said") == ["St. Louis"]


@pytest.mark.parametrize("noun", ["defender", "goalkeeper", "negotiator", "27-year-old", "cellist", "fisherman"])
def test_a_description_that_nothing_tells_of_means_whom_its_paragraph_is_about(noun: str) -> None:
    text = (
        f'Anna Ruiz watched from the stand.\n\nMarcus Webb refused to blame anybody. "We had chances," the {noun} said.'
    )
    assert names(text, f"the {noun}") == ["Marcus Webb"]


@pytest.mark.parametrize("role", ["Rovers manager", "goalkeeper", "juror", "flanker", "football agent"])
def test_the_noun_before_a_name_is_a_role(role: str) -> None:
    text = f"The {role} Peter Doyle said it was wrong."
    assert only(text, f"The {role} Peter Doyle").roles == (f"{role}",)


@pytest.mark.parametrize(
    ("noun", "human"),
    [
        ("goalkeeper", True),
        ("striker", True),
        ("cellist", True),
        ("shareholder", True),
        ("juror", True),
        ("environmentalist", True),
        ("newspaper", False),
        ("tower", False),
        ("email-server", False),
        ("firepower", False),
        ("shortlist", False),
        ("carmaker", False),
        ("retailer", False),
    ],
)
def test_words_formed_as_words_for_people_are_are_human(noun: str, human: bool) -> None:
    assert is_human(noun) is human


def test_a_surname_never_means_a_namesake_whom_the_story_has_yet_to_name() -> None:
    text = (
        "Reza Moradi left the hall. "
        + "The rain fell on the old town for most of the day. " * 4
        + "Moradi said he had hope."
        "\n\n" + "Hossein Moradi left too. " * 9
    )
    assert names(text, "Moradi said he had") == ["Reza Moradi"]


@pytest.mark.parametrize(
    "office",
    [
        "Iranian Deputy Foreign Minister for Legal and International Affairs",
        "Under Secretary of State for Arms Control and International Security",
        "Deputy Minister for Trade and Industry",
        "European Union High Representative for Foreign Affairs",
    ],
)
@pytest.mark.parametrize("person", ["Reza Moradi", "Bonnie Hale"])
def test_the_name_behind_a_long_office_is_its_head(office: str, person: str) -> None:
    last = person.split()[1]
    text = (
        f"{office} {person} said on Friday that the talks went well. {last} told reporters that there was hope.\n\n"
        f"Lawmaker Hossein {last} called it treason."
    )
    assert names(text, f"{office} {person}", f"{last} told") == [person, person]


def test_the_end_of_an_office_is_no_role_by_itself() -> None:
    text = "European Union High Representative for Foreign Affairs Bonnie Hale said on Friday that the talks went well."
    assert only(text, "European Union High Representative for Foreign Affairs Bonnie Hale").roles == (
        "European Union High Representative for Foreign Affairs",
    )


def test_the_office_of_a_spokesman_is_not_his_masters_name() -> None:
    text = "A spokesman for Gov. Ruth Kessler said no. A spokesman for Mayor and Treasurer Ann Lee said yes."
    assert names(text, "A spokesman for Gov. Ruth Kessler") == ["A spokesman for Gov. Ruth Kessler"]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("The island's ambassador to the United Nations, Peter Harris,", "Peter Harris"),
        ("The delegate from the northern counties, Ann Lee,", "Ann Lee"),
        ("Her Republican opponent, state Sen. Craig Boyle,", "Craig Boyle"),
        ("His deputy, former trade minister Ann Lee,", "Ann Lee"),
        ("The owners, Dalby Sports Group,", "Dalby Sports Group"),
        ("Thornley's MP, Dame Helen Astley,", "Helen Astley"),
        ("Head of culture Simon Greaves", "Simon Greaves"),
        ("NBA analyst and Basketball Hall of Famer Charles Borkley", "Charles Borkley"),
        ("The only Republican on the panel that was chosen by Polk, Rep. Ann Lee, R-Ohio,", "Ann Lee"),
        ("The only Republican on the panel chosen by Polk, Rep. Ann Lee, R-Ohio,", "Ann Lee"),
        ("Fight for $15 organizing director Ann Lee", "Ann Lee"),
        ("Fellow Delmar rowing icon, Earvin “Magic” Lund,", "Earvin Lund"),
    ],
)
def test_the_name_behind_a_description_is_its_head(mention: str, name: str) -> None:
    assert names(f"{mention} said the plan was poor and would be changed.", mention) == [name]


def test_the_day_behind_an_office_is_no_part_of_it() -> None:
    text = "Gov. Ann Lee came home. The governor Monday said that the plan was poor."
    assert names(text, "The governor Monday") == ["Ann Lee"]


def test_words_that_only_a_headline_gives_a_capital_are_no_name() -> None:
    text = "Newspaper Says Worst Storm Ever\n\nAnn Lee reads the newspaper. She had not ever seen it, she said."
    assert names(text, "Newspaper", "she") == ["Newspaper", "Ann Lee"]
    assert cast(text, "Newspaper").speakers[0].kind == "unnamed"


def test_a_word_before_a_surname_in_a_headline_is_no_given_name() -> None:
    text = "Mayor Who Endorsed Trask Says Sorry\n\nA mayor who endorsed Don Trask was sorry on Monday. Trask said so."
    assert names(text, "Trask said") == ["Don Trask"]


def test_a_name_behind_a_thing_and_its_place_is_not_the_thing() -> None:
    text = "The report on Monday, Ann Lee said, was poor."
    assert names(text, "The report on Monday") != ["Ann Lee"]


def test_a_surname_that_is_also_a_title_is_a_persons_once_the_story_has_named_them() -> None:
    text = "TJ King could not vote last year. King said it hurt. “I had a candidate,” King said."
    assert names(text, "King said"[:4], "King said"[:4]) == ["TJ King"] * 2


def test_an_unnamed_speaker_is_described_without_the_day_and_without_a_clause() -> None:
    text = "A spokesman for the harbour trust on Monday said that it was shut."
    assert names(text, "A spokesman for the harbour trust on Monday") == ["A spokesman for the harbour trust"]


def test_the_name_behind_a_comma_and_a_party_is_the_authors() -> None:
    text = "The bill’s author, Democratic state Sen. Justin Wade, said he was going door to door."
    assert names(text, "The bill’s author") == ["Justin Wade"]


@pytest.mark.parametrize("label", ["This", "then in 2010", "Of", "Already", "Very"])
def test_what_is_no_name_and_no_description_is_no_speaker(label: str) -> None:
    text = f"The pier is old. {label} said that it was shut."
    assert names(text, label) == [None]


@pytest.mark.parametrize("label", ["Some", "Others", "Two", "Several thousand teachers wearing red"])
def test_people_who_are_only_counted_are_a_source_without_a_name(label: str) -> None:
    assert cast(f"The pier is old. {label} said that it was shut.", label).speakers[0].kind == "unnamed"


def test_the_ex_player_is_the_one_whom_the_story_calls_so() -> None:
    text = "Former Wallaby David Pocock said it was late. The ex-Wallaby told the Independent that coal was done."
    assert names(text, "Former Wallaby David Pocock", "The ex-Wallaby") == ["David Pocock"] * 2


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("The operator, Sound & Isles Line, denied it.", "Sound & Isles Line", "Sound & Isles Line"),
        ("Landlord Hale & Wold Homes said it would look.", "Landlord Hale & Wold Homes", "Hale & Wold Homes"),
        ("M&S said no.", "M&S", "M&S"),
        (
            "On Monday the Potters’ and Glaziers’ Union said it often complained.",
            "the Potters’ and Glaziers’ Union",
            "Potters’ and Glaziers’ Union",
        ),
        ("“It rained,” stormed mum-of-three Fay Lund, 36.", "mum-of-three Fay Lund, 36", "Fay Lund"),
        ("Her mother and coach, Ivana Holt, said so.", "Her mother and coach, Ivana Holt,", "Ivana Holt"),
        ("Owen Vail KC said the pair fell out.", "Owen Vail KC", "Owen Vail"),
        (
            "Joe Chanda, secretary of the National Union of Pit and Smelter Workers (NUPSW), said so.",
            "Joe Chanda, secretary of the National Union of Pit and Smelter Workers (NUPSW),",
            "Joe Chanda",
        ),
        ("A spokesman for Northlight TV said so.", "A spokesman for Northlight TV", "Northlight TV"),
        ("One woman said so. The woman, Fay Lund, was cold.", "One woman", "Fay Lund"),
        ("Anna Holt won in three long sets, and the Czech said so.", "the Czech", "Anna Holt"),
        ("Its leader, the former DJ Sbu Gwala, said so.", "Its leader, the former DJ Sbu Gwala,", "Sbu Gwala"),
        (
            "The firm which owns the line, Delmar Petroleum, said so.",
            "The firm which owns the line, Delmar Petroleum,",
            "Delmar Petroleum",
        ),
        (
            "The Comptroller of the Royal Household, Datuk Rosli Ghani, urged calm.",
            "The Comptroller of the Royal Household, Datuk Rosli Ghani,",
            "Rosli Ghani",
        ),
        ("Convener: we are sorry.\n\nThe convener, Lungile Maseko, wept.", "Convener", "Lungile Maseko"),
        ("Sheikh Ali bin Omar Al Rawa came. Sheikh Ali said so.", "Sheikh Ali said", "Ali bin Omar Al Rawa"),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_nothing_but_the_name(text: str, mention: str, name: str) -> None:
    assert only(text, mention).name == name


def test_several_of_a_nation_are_no_one_person() -> None:
    assert only("Anna Holt won in three long sets, and the French said so.", "the French").name == "French"


@pytest.mark.parametrize(("label", "name"), [("ENG. KIPRO", "Samuel Kipro"), ("CHAIR", "Joe Lok")])
def test_a_label_in_capitals_is_the_person_of_that_name_or_office(label: str, name: str) -> None:
    text = f"Eng. Samuel Kipro came. Joe Lok was in the chair.\n\n{label}: At ten past three.\n"
    assert only(text, label).name == name
