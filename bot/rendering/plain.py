"""A result as plain text: what a person is shown where there is no colour or layout, and the "text" of the JSON.

Words that stand between quotation marks here are the story's, character for character, line breaks included.
"""

from collections.abc import Iterable, Iterator

from bot.answers import Abstention, Answer, Result
from bot.rendering.checks import bracketed, parts
from bot.rendering.seen import Seen
from bot.rendering.sentences import heading, next_step, part_sentence, question_line, reason_sentence
from bot.rendering.utterances import spoken, utterance_line, utterances
from bot.rendering.wording import origin_words, speaker_words, where_words
from index.story import Hit, Statement, Story

MOST_NEAREST = 2


def plain(result: Result, seen: Seen) -> str:
    """The whole result as text, in blocks that an empty line parts."""
    if isinstance(result, Answer) and result.apart:
        return "\n\n".join(f"{question_line(part)}\n\n{plain(part, seen)}" for part in result.apart)
    blocks = _abstention(result, seen) if isinstance(result, Abstention) else _answer(result, seen)
    return "\n\n".join(blocks)


def answering_hits(answer: Answer) -> tuple[Hit, ...]:
    """The passages to show for a fact or a check: those that hold the marked words, or else the best one."""
    marked = [
        hit
        for hit in answer.passages
        if any(hit.passage.story == mark.story and hit.passage.span.overlaps(mark.span) for mark in answer.marks)
    ]
    return tuple(marked[:MOST_NEAREST]) or answer.passages[:1]


def stories_of(answer: Answer, seen: Seen) -> tuple[Story, ...]:
    """The stories that an answer points at, best first, each once."""
    ids = [hit.passage.story for hit in answer.passages] + [statement.story for statement in answer.statements]
    return tuple(seen.newest[story_id] for story_id in dict.fromkeys(ids))


def copies_line(places: Iterable[int], answer: Answer, seen: Seen) -> str | None:
    """Where else the statements at these places stand, in other stories' near-copies of them."""
    wanted = set(places)
    copies = [origin_words(seen.story(copy)) for place, copy in answer.folded if place in wanted]
    return "also in " + "; ".join(dict.fromkeys(copies)) if copies else None


def difference_line(answer: Answer, seen: Seen) -> str | None:
    """A quotation as given with what differs: {theirs -> the story's}; None where nothing differs."""
    compared = answer.compared
    if compared is None or all(step.same for step in compared.steps):
        return None
    return bracketed(parts(compared, seen.versions[compared.story, compared.version].text))


def part_lines(answer: Answer, seen: Seen) -> Iterator[str]:
    """What was asked about each story itself, a line each."""
    stories = stories_of(answer, seen)
    for story in stories:
        if answer.part:
            yield part_sentence(answer.part, story, alone=len(stories) == 1)


def story_line(story: Story) -> str:
    """A story in one line: its title, where and when it appeared, and its id."""
    origin = origin_words(story)
    parts = (story.title, origin if origin != story.title else None, story.id if story.id != origin else None)
    return " · ".join(part for part in parts if part)


def _answer(answer: Answer, seen: Seen) -> Iterator[str]:
    above = heading(answer)
    if above:
        yield above
    differs = difference_line(answer, seen)
    if differs:
        yield differs
    if answer.form == "speakers":
        yield "\n".join(speaker_words(speaker) for speaker in answer.speakers)
    elif answer.form == "stories":
        yield "\n".join(story_line(story) for story in stories_of(answer, seen))
    elif answer.part:
        yield "\n".join(part_lines(answer, seen))
    elif answer.form == "fact":
        yield from _fact(answer, seen)
    elif answer.form == "check" and not answer.statements:
        yield from (_passage(hit, seen) for hit in answering_hits(answer))
    elif answer.form == "summary" and not answer.statements:
        yield from (_passage(hit, seen) for hit in answer.passages)
    if answer.form not in ("speakers", "stories"):
        yield from _statements(answer, seen)


def _fact(answer: Answer, seen: Seen) -> Iterator[str]:
    words = [seen.marked(mark) for mark in answer.marks]
    if words:
        yield " … ".join(dict.fromkeys(words))
    if not answer.statements:
        yield from (_passage(hit, seen) for hit in answering_hits(answer))


def _statements(answer: Answer, seen: Seen) -> Iterator[str]:
    for utterance, places in utterances(answer.statements):
        copies = copies_line(places, answer, seen)
        yield _utterance(utterance, seen) + (f"\n  {copies}" if copies else "")


def _utterance(utterance: tuple[Statement, ...], seen: Seen) -> str:
    story = seen.story(utterance[0])
    line = utterance_line(utterance, story, seen.speaker(utterance[0]))
    return f"{spoken(utterance, story)}\n  {line}"


def _passage(hit: Hit, seen: Seen) -> str:
    story = seen.versions[hit.passage.story, hit.passage.version]
    return f"{seen.passage(hit)}\n  {where_words(hit.passage.paragraph, story)}"


def _abstention(result: Abstention, seen: Seen) -> Iterator[str]:
    yield reason_sentence(result, stories=seen.held)
    nearest = [said for said, _ in utterances(result.nearest)][:MOST_NEAREST]
    if nearest:
        yield "The nearest that was said:"
        yield from (_utterance(utterance, seen) for utterance in nearest)
    step = next_step(result)
    if step:
        yield step
