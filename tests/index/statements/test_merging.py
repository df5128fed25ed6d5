"""What the tagger and the rules found, brought together: nothing twice, and each where it is the better one."""

from collections.abc import Callable

import pytest

from index.statements.extraction import Attributor
from index.statements.findings import Finding
from index.statements.merging import merge
from index.statements.rules import read_by_rules
from index.statements.tagger import Found
from index.statements.words import Words
from index.story import Story

Merge = Callable[..., list[Finding]]


@pytest.fixture
def merged(rules: Attributor) -> Merge:
    """Merges the rules' findings in a text with what a tagger may have found there: (words, speaker, cue) each."""

    def run(text: str, *tagged: tuple[str, str | None, str | None], sure: float = 0.9,
            speech: bool = True) -> list[Finding]:  # fmt: skip
        words = Words(rules.parser.parse(text))
        found = [
            Found(
                *_place(text, said),
                _place(text, who) if who else None,
                _place(text, cue) if cue else None,
                number,
                speech,
                sure,
            )
            for number, (said, who, cue) in enumerate(tagged)
        ]
        return merge(words, read_by_rules(words), found)

    return run


def _place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_what_both_found_is_there_once(merged: Merge) -> None:
    text = "Ann Lee said the bridge would stay shut."
    found = merged(text, ("the bridge would stay shut", "Ann Lee", "said"))
    assert [one.span.of(text) for one in found] == ["the bridge would stay shut"]


def test_a_piece_of_a_quotation_grows_to_the_whole_of_it(merged: Merge) -> None:
    text = "“The bridge will stay shut until May,” Ann Lee said."
    found = merged(text, ("bridge will stay shut until May", "Ann Lee", "said"))
    assert [one.span.of(text) for one in found] == ["“The bridge will stay shut until May,”"]


@pytest.mark.parametrize(
    ("tagged", "kept"),
    [
        ("the bridge was safe, a day after", "the bridge was safe"),
        ("the bridge was safe, a day", "the bridge was safe, a day"),
    ],
)
def test_a_last_word_that_leads_on_to_what_was_left_out_is_dropped(merged: Merge, tagged: str, kept: str) -> None:
    text = "Ann Lee insisted the bridge was safe, a day after two engineers resigned."
    (found,) = merged(text, (tagged, "Ann Lee", "insisted"))
    assert found.span.of(text) == kept


def test_a_particle_at_the_end_of_a_sentence_stays(merged: Merge) -> None:
    text = "Most voters said they planned to tune in. The poll is out."
    (found,) = merged(text, ("they planned to tune in", "Most voters", "said"))
    assert found.span.of(text) == "they planned to tune in"


def test_a_quotation_that_the_tagger_missed_is_added(merged: Merge) -> None:
    text = "Ann Lee said the bridge was shut. “I would not drive over it,” Omar Diaz said."
    found = merged(text, ("the bridge was shut", "Ann Lee", "said"))
    assert [one.span.of(text) for one in found] == ["the bridge was shut", "“I would not drive over it,”"]


def test_what_the_tagger_hardly_believes_is_left_out(merged: Merge) -> None:
    text = "The bridge was shut and Ann Lee walked home."
    assert merged(text, ("walked home", "Ann Lee", "walked"), sure=0.1) == []


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("Many voters showed up at the dam.", ("up at the dam", "Many voters", "showed")),
        ("Ivo Kern believed the dam would hold.", ("the dam would hold", "Ivo Kern", "believed")),
        ("Ivo Kern agreed to the price.", ("to the price", "Ivo Kern", "agreed")),
        ('Ivo Kern waved a "magic wand" again.', ('"magic wand"', "Ivo Kern", "waved")),
    ],
)
def test_what_is_only_thought_or_done_is_no_statement(merged: Merge, text: str, tagged: tuple[str, str, str]) -> None:
    assert merged(text, tagged, speech=False) == []


def test_a_speaker_stands_in_the_paragraph_of_the_cue(merged: Merge) -> None:
    text = 'There was no deer, the document says.\n\n"I looked down," Harold Timms is quoted as saying. "One second."'
    found = merged(text, ('"One second."', "the document", "is quoted"))
    assert [one.mention.of(text) for one in found if one.mention and one.span.of(text) == '"One second."'] == [
        "Harold Timms"
    ]


def test_who_was_asked_is_not_who_speaks(merged: Merge) -> None:
    text = "Pruitt, asked whether he would appeal, shook his head."
    assert merged(text, ("whether he would appeal", "Pruitt", "asked")) == []


def test_who_was_called_something_did_not_say_it(merged: Merge) -> None:
    text = "The valley has been called a haven for birds."
    (found,) = merged(text, ("a haven for birds", "The valley", "has been called"))
    assert found.mention is None


def test_in_doubt_the_subject_right_before_the_verb_speaks(merged: Merge) -> None:
    text = "The coast guard was there, and officials warned boaters to stay away."
    (found,) = merged(text, ("boaters to stay away", "The coast guard", "warned"), sure=0.4)
    assert found.mention is not None
    assert found.mention.of(text) == "officials"


def test_a_word_that_says_nothing_is_no_statement(merged: Merge) -> None:
    text = "The claims were denied by Ann Lee."
    assert merged(text, ("The", "Ann Lee", "denied")) == []


def test_a_clause_that_breaks_off_is_no_part_of_the_speaker(merged: Merge) -> None:
    text = "“I just hit it,” said Strand, who has 11 goals this season."
    (found,) = merged(text, ("“I just hit it,”", "Strand, who has", "said"))
    assert found.mention is not None
    assert found.mention.of(text) == "Strand"


def test_a_quotation_with_its_own_cue_does_not_take_one_from_another_paragraph(merged: Merge) -> None:
    text = "Ann Lee replied: “I signed it for the minister.”\n\n“On whose word was that?” Omar Diaz asked."
    found = merged(
        text,
        ("“I signed it for the minister.”", "Ann Lee", "replied"),
        ("“On whose word was that?”", "Ann Lee", "replied"),
    )
    assert [one.mention and one.mention.of(text) for one in found] == ["Ann Lee", "Omar Diaz"]


def mentions(text: str, found: list[Finding]) -> list[str | None]:
    return [one.mention.of(text) if one.mention else None for one in found]


@pytest.mark.parametrize("between", ["Kern was modest.", ""])
def test_a_quotation_with_its_own_cue_does_not_take_one_across_a_sentence(merged: Merge, between: str) -> None:
    text = f'"He is a rock," Ana Faro said. {between} "I only play," he said.'.replace("  ", " ")
    found = merged(
        text, ('"He is a rock,"', "Ana Faro", "said"), ('"I only play,"', "Ana Faro", "said")
    )  # fmt: skip
    assert mentions(text, found) == ["Ana Faro", "he"]


def test_a_quotation_takes_the_cue_beside_it_rather_than_one_across_another_quotation(merged: Merge) -> None:
    text = '"He is a rock," Ana Faro said. Kern was modest. "I only play," he told her.'
    found = merged(text, ('"He is a rock,"', "he", "told her"), ('"I only play,"', "he", "told her"))
    assert mentions(text, found) == ["Ana Faro", "he"]


def test_a_speaker_of_another_paragraph_gives_way_to_the_subject_of_the_cue_or_to_nobody(merged: Merge) -> None:
    text = "Ana Faro met the press.\n\nIvo Kern said late on Monday the dam leaked.\n\nWarned: the dam leaks."
    found = merged(text, ("the dam leaked", "Ana Faro", "said"), ("the dam leaks", "Ana Faro", "Warned"))
    assert mentions(text, found) == ["Ivo Kern", None]


def test_a_list_belongs_to_the_cue_above_it(merged: Merge) -> None:
    text = "Ana Faro said:\n\n• rates would rise"
    found = merged(text, ("rates would rise", "Ana Faro", "said"))
    assert mentions(text, found) == ["Ana Faro"]


def test_a_quotation_is_whole_though_the_tagger_has_its_first_sentence_only(merged: Merge) -> None:
    text = "Ana Faro added: 'We open at six. That's when they come. Who eats at noon?'"
    (found,) = merged(text, ("'We open at six", "Ana Faro", "added"))
    assert found.span.of(text) == "'We open at six. That's when they come. Who eats at noon?'"


def test_who_was_quoted_speaks_and_not_the_paper_that_quoted_them(merged: Merge) -> None:
    text = "Kern was quoted by the Millbrook Echo last week as saying he would leave."
    paper, cue = "the Millbrook Echo", "was quoted by"
    (found,) = merged(text, ("Kern", paper, cue), ("saying he would leave", paper, cue))
    assert (found.span.of(text), found.mention and found.mention.of(text)) == ("he would leave", "Kern")
    assert found.cue is not None
    assert found.cue.of(text) == "was quoted by the Millbrook Echo last week as saying"


def test_a_court_that_hears_says_nothing(merged: Merge) -> None:
    text = "A driver told officers that he “did not see the cyclist at all”, a jury has heard."
    (found,) = merged(text, ("he “did not see the cyclist at all”", "a jury", "has heard"))
    assert mentions(text, [found]) == ["A driver"]


@pytest.mark.parametrize(
    "text",
    [
        "Two clerks asked not to be named because they feared for their jobs.",
        "Two clerks asked that their names not be published.",
    ],
)
def test_what_a_source_asks_for_itself_is_no_statement(merged: Merge, text: str) -> None:
    asked = text[len("Two clerks asked ") : -1]
    assert merged(text, (asked, "Two clerks", "asked")) == []


@pytest.mark.parametrize("pointing", ["that claim", "the remark"])
def test_what_only_points_at_something_said_is_no_statement(merged: Merge, pointing: str) -> None:
    assert merged(f"Ana Faro rejected {pointing} on Monday.", (pointing, "Ana Faro", "rejected")) == []


def test_what_is_denied_is_not_whom_it_is_said_to(merged: Merge) -> None:
    text = "The club issued a letter denying a report in the Millbrook Echo that he would leave."
    (found,) = merged(text, ("a report in the Millbrook Echo that he would leave", "The club", "denying"))
    assert found.addressee is None


def test_what_is_called_names_is_not_whom_it_is_said_to(rules: Attributor) -> None:
    text = 'Ana Faro called it "the best day of all our lives".'
    (found,) = rules.attribute(Story("s", text)).statements
    assert (found.addressee, found.relay) == (None, ())


def test_a_quotation_that_the_tagger_tears_in_two_is_whole(merged: Merge) -> None:
    text = "'It's a lie,' Ana Faro fumed. 'Nobody's called us, and nobody's heard the tenants' view of it either.'"
    parts = [
        ("'Nobody's called us, and", "Ana Faro", "fumed"),
        ("the tenants' view of it either.'", "Ana Faro", "fumed"),
    ]
    found = merged(text, ("'It's a lie,'", "Ana Faro", "fumed"), *parts)
    assert [one.span.of(text) for one in found][1:] == [text[text.index("'Nobody") :]]


@pytest.mark.parametrize(
    ("text", "said", "cue", "least"),
    [
        ("The mayor leaked the drawings.", "the drawings", "leaked", 0.4),
        ("The mayor feared it would rain.", "it would rain", "feared", 0.4),
        ("The mayor spoke of “a lost decade”.", "“a lost decade”", "spoke of", 0.45),
        ("The mayor said it would rain.", "it would rain", "said", 0.2),
    ],
)
def test_the_tagger_is_believed_sooner_where_a_rule_has_the_words_too(
    merged: Merge, text: str, said: str, cue: str, least: float
) -> None:
    assert merged(text, (said, "The mayor", cue), sure=least - 0.01) == []
    assert len(merged(text, (said, "The mayor", cue), sure=least + 0.01)) == 1


@pytest.mark.parametrize(("said", "kept"), [("when it would open again", 0), ("“when it would open again”", 1)])
def test_the_reporters_words_in_another_paragraph_than_their_cue_are_hardly_believed(
    merged: Merge, said: str, kept: int
) -> None:
    text = f"There was money, Ann Lee said.\n\nParents were split over {said} in spring."
    found = merged(text, ("There was money", "Ann Lee", "said"), (said, "Ann Lee", "said"), sure=0.59)
    assert len(found) == 1 + kept


def test_a_clause_that_somebody_said_stands_where_the_tagger_has_nothing(merged: Merge) -> None:
    text = "“It leaks,” said Bo Diaz. Ann Lee said the old bridge would stay shut."
    found = merged(text, ("“It leaks,”", "Bo Diaz", "said"))
    assert [one.span.of(text) for one in found] == ["“It leaks,”", "the old bridge would stay shut"]


@pytest.mark.parametrize(
    "clause",
    ["The trip suggests the old bridge would stay shut.", "Two of them are paid by the firm, a fact declared in May."],
)
def test_a_clause_that_nobody_said_before_it_is_left_to_the_tagger(merged: Merge, clause: str) -> None:
    text = f"“It leaks,” said Bo Diaz. {clause}"
    found = merged(text, ("“It leaks,”", "Bo Diaz", "said"))
    assert [one.span.of(text) for one in found] == ["“It leaks,”"]


def test_a_speaker_beside_the_cue_is_taken_before_one_across_another_quotation(merged: Merge) -> None:
    text = 'Ana Faro was pleased. "He is a rock," said Ivo Kern. "I only play," he said.'
    found = merged(text, ('"He is a rock,"', "he", "said"))
    assert mentions(text, found)[0] == "Ivo Kern"


def test_a_speaker_ends_with_the_sentence_and_the_next_one_has_the_next_quotation(merged: Merge) -> None:
    text = '"We lost," said Ivo Kern. Ana Faro, his captain, was upset. "We were poor."'
    both = "Ivo Kern. Ana Faro, his captain,"
    found = merged(text, ('"We lost,"', both, "said"), ('"We were poor."', both, "said"))
    assert mentions(text, found) == ["Ivo Kern", "Ana Faro, his captain,"]


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ('"They are all thieves," thundered Ivo Kern.', ('"They are all thieves,"', "Ivo Kern", "thundered")),
        ("• Judge Mona Sarr, in dissent: “They rewrote it.”", ("“They rewrote it.”", "Judge Mona Sarr", "dissent")),
        ("Ivo Kern agreed that the dam leaked.", ("the dam leaked", "Ivo Kern", "agreed")),
    ],
)
def test_what_is_plainly_said_is_kept_though_the_tagger_takes_it_for_no_speech(
    merged: Merge, text: str, tagged: tuple[str, str, str]
) -> None:
    (found,) = merged(text, tagged, speech=False)
    assert found.mention is not None
    assert (found.span.of(text), found.mention.of(text)) == tagged[:2]
