"""Whatever the text, every offset reads back, nothing raises, and the same text gives the same statements."""

from random import Random

from index.statements.extraction import Attributor
from index.statements.paragraphs import find_paragraphs
from index.story import Attributed, Story
from tests.index.statements.generated import generated_texts, one_text

BY_RULES = 10_000
BY_THE_WHOLE = 400
"""With the tagger too; it reads wordpieces, so fewer texts cover as much in the time of a test."""
BATCH = 500


def check(story: Story, found: Attributed) -> None:
    size, paragraphs = len(story.text), find_paragraphs(story.text)
    known = {speaker.id for speaker in found.speakers}
    for statement in found.statements:
        cue = statement.cue.span if statement.cue else None
        for span in (statement.span, cue, statement.mention):
            assert span is None or 0 <= span.start < span.end <= size
        assert statement.span.of(story.text).strip()
        assert 0 <= statement.paragraph < len(paragraphs)
        assert paragraphs[statement.paragraph].start <= statement.span.start
        assert statement.speaker is None or statement.speaker in known
        assert 0 <= statement.confidence <= 1
    spans = [statement.span for statement in found.statements]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))


def run(attributor: Attributor, stories: list[Story]) -> list[Attributed]:
    found = attributor.attribute_all(stories)
    for story, one in zip(stories, found, strict=True):
        check(story, one)
    return found


def test_offsets_hold_on_ten_thousand_generated_texts(rules: Attributor) -> None:
    stories = [Story(str(n), text) for n, text in enumerate(generated_texts(BY_RULES, seed=1))]
    statements = 0
    for first in range(0, BY_RULES, BATCH):
        statements += sum(len(one.statements) for one in run(rules, stories[first : first + BATCH]))
    assert statements > BY_RULES / 10  # the texts do have something to find


def test_the_same_generated_texts_give_the_same_result_in_other_batches(rules: Attributor) -> None:
    stories = [Story(str(n), text) for n, text in enumerate(generated_texts(BATCH, seed=2))]
    assert run(rules, stories) == [rules.attribute(story) for story in stories]


def test_offsets_hold_and_results_repeat_with_the_tagger(whole: Attributor) -> None:
    stories = [Story(str(n), text) for n, text in enumerate(generated_texts(BY_THE_WHOLE, seed=3))]
    assert run(whole, stories) == run(whole, stories)


def test_a_megabyte_without_a_paragraph_is_read(rules: Attributor) -> None:
    random = Random(4)
    parts: list[str] = []
    while sum(map(len, parts)) < 1_000_000:
        parts.append(one_text(random).replace("\n", " ") + " lorem ipsum dolor sit amet" * 20 + " " + "x" * 3000)
    story = Story("long", "".join(parts))
    (found,) = run(rules, [story])
    assert found.statements
