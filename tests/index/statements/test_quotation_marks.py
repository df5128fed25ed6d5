"""Which words stand in quotation marks, whatever marks a story uses and however it mixes them."""

import pytest

from index.statements.quotation_marks import find_quoted, kind_of
from index.story import Span


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ('He said "yes" twice.', ['"yes"']),
        ("He said “yes” twice.", ["“yes”"]),
        ("He said ''yes'' twice.", ["''yes''"]),
        ("He said ``yes'' twice.", ["``yes''"]),
        ("Il dit « oui » deux fois.", ["« oui »"]),
        ('"I came,” he said.', ['"I came,”']),
        ('“It is done," he said.', ['“It is done,"']),
        ("It ended.“We won,” he said.", ["“We won,”"]),
        ('"One." "Two."', ['"One."', '"Two."']),
        ("“One. “Two.” Three.", ["“One. “Two.”"]),
        ("‘I said, “That’s me done”,’ he said.", ["‘I said, “That’s me done”,’"]),
        ("They “must go.” She said: ‘We won't wait.’", ["“must go.”", "‘We won't wait.’"]),
        ("He is 6'3\" tall.", []),
        ("the workers' rights and the '90s", []),
        ("“It is over,″ said Lee. The mayor left.", ["“It is over,″"]),
        ("“It is over,'' said Lee. The mayor left.", ["“It is over,''"]),
        ("“It is over,’’ said Lee. The mayor left.", ["“It is over,’’"]),
        ("“It is over,′′ said Lee. The mayor left.", ["“It is over,′′"]),
        ("“It is over,“ said Lee. The mayor left.", ["“It is over,“"]),
        ("”It is over,” said Lee. The mayor left ” early.", ["”It is over,”"]),
        ("He had won. ”We are glad. We go,” she said.", ["”We are glad. We go,”"]),
        ("„Es ist aus,“ said Lee. „Ja.“ The mayor left.", ["„Es ist aus,“", "„Ja.“"]),
        ("″It is over,″ said Lee. ‘‘We go,’’ he said.", ["″It is over,″", "‘‘We go,’’"]),
        ("A 10″x12″ plate, “a big 10″ one,” he said.", ["“a big 10″ one,”"]),
        ("No marks at all", []),
        ("", []),
    ],
)
def test_outer_quotations_are_found_with_their_marks(text: str, outer: list[str]) -> None:
    assert [q.span.of(text) for q in find_quoted(text) if q.level == 0] == outer


def test_a_nested_quotation_is_found_inside_the_outer_one() -> None:
    text = "“He told me, ‘Never again,’ and I don’t doubt it,” she said."
    assert [(q.level, q.span.of(text)) for q in find_quoted(text)] == [
        (0, "“He told me, ‘Never again,’ and I don’t doubt it,”"),
        (1, "‘Never again,’"),
    ]


def test_an_open_quotation_is_carried_over_the_paragraph_and_a_lost_mark_spoils_one_paragraph_only() -> None:
    text = "“First.\n\n“Second.”\n\nThird “part” here."
    assert [(q.span.of(text), q.closed, q.carried) for q in find_quoted(text)] == [
        ("“First.", False, False),
        ("“Second.”", True, True),
        ("“part”", True, False),
    ]


def test_single_marks_are_carried_over_the_paragraph_where_a_story_has_no_others() -> None:
    text = (
        "Ana Faro said: 'We won't sell. It's the tenants' home, and they haven't been asked.\n\n"
        "'It'll have a children's corner. It's no loss.'\n\nShe spoke of the \"loss\" later."
    )
    british = text.replace('"', "")
    assert [(q.span.of(british), q.closed, q.carried) for q in find_quoted(british)] == [
        ("'We won't sell. It's the tenants' home, and they haven't been asked.", False, False),
        ("'It'll have a children's corner. It's no loss.'", True, True),
    ]
    assert not any(q.carried for q in find_quoted(text))


def test_an_open_single_mark_holds_double_ones_up_to_the_end_of_its_paragraph() -> None:
    text = "She said: ‘I saw the firm’s “manageable” risk. For whom?\n\n‘Nobody will come with a bucket.’"
    outer = [q for q in find_quoted(text) if q.level == 0]
    assert [(q.span.of(text), q.closed, q.carried) for q in outer] == [
        ("‘I saw the firm’s “manageable” risk. For whom?", False, False),
        ("‘Nobody will come with a bucket.’", True, True),
    ]


def test_single_marks_hold_double_ones_where_all_double_ones_are_held() -> None:
    text = "'They moan,' he said. 'One said, \"I can't sleep.\" You can't ignore that.'"
    assert [(q.level, q.span.of(text)) for q in find_quoted(text)] == [
        (0, "'They moan,'"),
        (0, "'One said, \"I can't sleep.\" You can't ignore that.'"),
        (1, '"I can\'t sleep."'),
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We lost the barn, said Ann Holm, the farmer.", "“We lost the barn,"),
        ("“We lost the barn, said Ann Holm. She wept.", "“We lost the barn,"),
        ("“We lost the barn,' said the farmer. She wept.", "“We lost the barn,'"),
        ("“I met Bob, said hello. Then we left.", "“I met Bob, said hello. Then we left."),
    ],
)
def test_a_lost_closing_mark_is_put_where_the_cue_starts(text: str, quoted: str) -> None:
    assert [q.span.of(text) for q in find_quoted(text)] == [quoted]


@pytest.mark.parametrize(
    ("words", "kind"), [("“all of it”", "direct"), ("none of it", "indirect"), ("some “of it”", "mixed")]
)
def test_the_kind_follows_from_the_marks(words: str, kind: str) -> None:
    text = f"Somebody said {words}."
    start = text.index(words)
    assert kind_of(text, Span(start, start + len(words)), find_quoted(text)) == kind
