"""Answer or Abstention -> pages of Discord markdown: plain values, pure functions.

The body of a page fits a message's content as well as an embed, so that it can be shown where embeds may not be.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers import Abstention, Answer, Reason, Result, Talk
from bot.rendering.corrections import Correction
from bot.rendering.dates import Dates, date_in
from bot.rendering.discord_check import check_markdown, tone_of
from bot.rendering.discord_escaping import escaped, fitted, on_one_line
from bot.rendering.discord_layout import Block, Option, Pages, Tone, laid_out, put_together
from bot.rendering.discord_links import story_markdown
from bot.rendering.discord_utterance import View, name_markdown, passage_blocks, utterance_blocks
from bot.rendering.examples import examples_from, named_in
from bot.rendering.sentences import heading, next_step, part_sentence, question_line, reason_sentence
from bot.rendering.utterances import utterances
from bot.rendering.wording import counted, role_beside, who_speak
from bot.shelf import Shelf
from index.story import Hit, Speaker, Statement

FIRST_MAX = 400
"""Code points of the line above an answer: a verdict, or why there is none."""
OPTION_MAX = 100
"""Code points of what a menu holds (Discord)."""
NEAREST = "-# The nearest that was said:"
NEAREST_SHOWN = 2
WATCHES_SHOWN = 2
PASSAGES_SHOWN = 2
TO_TRY: tuple[Talk, ...] = ("greeting", "help", "who", "chat")
"""What is answered with things to try."""


def render_pages(
    result: Result,
    shelf: Shelf,
    *,
    question: str | None = None,
    dates: Dates = "en",
    corrections: tuple[Correction, ...] = (),
) -> Pages:
    """The whole reply to a question. `question` is given where the reply does not stand under the question itself."""
    view = View(shelf, {speaker.id: speaker for speaker in (*result.speakers, *shelf.speakers())}, dates, corrections)
    if isinstance(result, Abstention):
        return _abstention_pages(result, view, question)
    if result.apart:
        return _apart_pages(result, shelf, question, dates, corrections)
    blocks = tuple(_answer_blocks(result, view))
    first = heading(result)
    passages = () if result.statements else _shown_passages(result)
    pages = laid_out(blocks, _above(result, first, view))
    tone: Tone = tone_of(result.plain_verdict) if result.plain_verdict else "words" if result.statements else "facts"
    shown = tuple(replace(page, passages=passages) for page in pages)
    return Pages(shown, tone, question=question, leads="speaker" if result.form == "speakers" else "more")


def _apart_pages(
    result: Answer, shelf: Shelf, question: str | None, dates: Dates, corrections: tuple[Correction, ...]
) -> Pages:
    """The answers to several questions, each under its own, on one page where there is room."""
    parts = [render_pages(part, shelf, dates=dates, corrections=corrections) for part in result.apart]
    under = [
        replace(page, body=f"**{_first_line(question_line(part))}**\n{page.body}")
        for part, pages in zip(result.apart, parts, strict=True)
        for page in pages.pages
    ]
    tones = [pages.tone for pages in parts]
    choices = next((pages.choices for pages in parts if pages.choices), ())
    return Pages(put_together(under), "words" if "words" in tones else "facts", choices, question)


def _abstention_pages(result: Abstention, view: View, question: str | None) -> Pages:
    nearest = [said for said, _ in utterances(result.nearest)][:NEAREST_SHOWN]
    blocks = [block for said in nearest for block in utterance_blocks(said, view)]
    held = len(view.shelf.stories)
    first = reason_sentence(result, stories=held, face="discord")
    lines = [first if result.talk or not held else _first_line(first)]
    if result.quotation and held:
        lines = list(_verdict_lines(first))
    if not result.choices and (step := next_step(result)):
        lines.append(_first_line(step))
    if blocks:
        lines.append(NEAREST)
    choices = () if result.talk else result.choices
    if result.talk in TO_TRY or (result.reason is Reason.NOT_ABOUT_THE_STORY and not result.talk):
        choices = examples_from(view.shelf)
    pages = laid_out(tuple(blocks), "\n".join(lines))
    watches = named_in(result.question, view.shelf)[:WATCHES_SHOWN] if result.talk == "watching" else ()
    adds = result.talk in ("adding", "page") or not held
    return Pages(pages, "nothing", choices, question, adds=adds, watches=watches)


def _above(answer: Answer, first: str | None, view: View) -> str | None:
    """The line above the answer; of a check the verdict, how the words differ, and what that means."""
    if answer.form == "speakers":
        return who_speak(len(answer.speakers), len({said.story for said in view.shelf.statements()}))
    if answer.verdict and answer.verdict not in ("yes", "no"):
        return check_markdown(answer, view)
    return _first_line(first) if first is not None else None


def _verdict_lines(verdict: str) -> Iterator[str]:
    """The verdict on a quotation that stands nowhere: as that of any other in bold, and below it what it means."""
    short, _, means = verdict.partition(" · ")
    yield f"**{_first_line(short)}**"
    yield _first_line(means)


def _first_line(sentence: str) -> str:
    return escaped(fitted(sentence, FIRST_MAX // 2 - 20))


def _answer_blocks(answer: Answer, view: View) -> Iterator[Block]:
    if answer.form == "speakers":
        yield from _speaker_blocks(answer.speakers, view)
        return
    if answer.part:
        yield from _part_blocks(answer, view)
        return
    if not answer.statements:
        for hit in _shown_passages(answer):
            yield from passage_blocks(hit, answer, view)
        return
    copies: dict[int, list[Statement]] = {}
    for at, copy in answer.folded:
        copies.setdefault(at, []).append(copy)
    told = utterances(answer.statements)
    first = {said[0].story: at for at, (said, _) in reversed(list(enumerate(told)))}
    by_story = len({said[0].speaker for said, _ in told}) > 1
    for said, places in sorted(told, key=lambda one: first[one[0][0].story]):
        also = [copy for place in places for copy in copies.get(place, ())]
        yield from utterance_blocks(said, view, also, by_story=by_story, labelled=answer.verdict != "denied")


def _speaker_blocks(speakers: Sequence[Speaker], view: View) -> Iterator[Block]:
    """Who speaks, a line each, to be chosen from the menu."""
    counts = Counter(said.speaker for said in view.shelf.statements())
    for speaker in speakers:
        said = " · ".join(filter(None, (counted(counts[speaker.id], "statement"), role_beside(speaker))))
        name = on_one_line(speaker.name)
        can_be_chosen = speaker.named and len(name) <= OPTION_MAX
        chosen = Option(fitted(name, OPTION_MAX), name, fitted(said, OPTION_MAX)) if can_be_chosen else None
        yield Block(None, f"{counts[speaker.id]}× {name_markdown(speaker)}", option=chosen)


def _part_blocks(answer: Answer, view: View) -> Iterator[Block]:
    """What was asked about each story itself, a line each; of one alone, below the line that says which it is."""
    held = [view.story(hit.passage.story) for hit in answer.passages]
    stories = [story for story in held if story]
    alone = len(stories) == 1
    for story in stories:
        day = date_in(story.date, view.dates) if story.date else None
        top = f"-# {story_markdown(story, view.dates)}" if alone and len(view.shelf.stories) > 1 else None
        if answer.part:
            yield Block(top, escaped(part_sentence(answer.part, story, day=day, alone=alone)))


def _shown_passages(answer: Answer) -> tuple[Hit, ...]:
    """The passages that hold the words that answer; where no words are marked, the best few."""
    marked = [
        hit
        for hit in answer.passages
        if any(mark.story == hit.passage.story and hit.passage.span.covers(mark.span) for mark in answer.marks)
    ]
    most = len(answer.passages) if answer.form in {"stories", "summary"} else PASSAGES_SHOWN
    return tuple((marked or list(answer.passages))[:most])
