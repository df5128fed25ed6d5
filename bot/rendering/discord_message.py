"""Answer or Abstention -> pages of Discord markdown: plain values, pure functions.

The body of a page fits a message's content as well as an embed, so that it can be shown where embeds may not be.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers import Abstention, Answer, Reason, Result, Talk
from bot.rendering.discord_check import check_markdown, tone_of
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import (
    OPTIONS_MAX,
    UTTERANCES_PER_PAGE,
    Block,
    Leads,
    Page,
    Pages,
    Tone,
    laid_out,
    put_together,
)
from bot.rendering.discord_stories import story_block
from bot.rendering.discord_utterance import (
    View,
    name_markdown,
    passage_blocks,
    speaker_option,
    story_markdown,
    utterance_blocks,
)
from bot.rendering.examples import examples_from, named_in
from bot.rendering.plain import MOST_SHOWN, shown_passages
from bot.rendering.seen import lists_stories, outlets_of
from bot.rendering.sentences import heading, nearest_line, next_step, part_sentence, question_line, reason_sentence
from bot.rendering.utterances import Correction, Utterance, utterances
from bot.rendering.wording import Dates, counted, date_in, role_beside, stories_line, who_speak
from bot.shelf import Shelf
from index.story import Hit, Speaker, Statement

FIRST_MAX = 400
"""Code points of the line above an answer: a verdict, or why there is none."""
WHERE_ELSE: dict[Reason, str] = {
    Reason.NO_SUCH_SPEAKER: "-# `/speakers` says who does.",
    Reason.NOT_IN_STORY: "-# `/stories` lists what I can be asked about.",
}
"""What is offered where nothing nearer is."""
WATCHES_SHOWN = 2
LIKELIEST = 3
"""Speakers of many that a first page has: of 117 right ones in answers to who said something, or who is for or against
it, over 40 stories not learned from, asked one by one and all together, each was among the first three, and none of 27
behind them was right. What each says after the best words was right for a fifth."""
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
        return _apart_pages(result, view, question)
    passages = () if result.spoken or lists_stories(result) else shown_passages(result, view.story_of)
    above = _above(result, heading(result), view)
    pages = _spoken_pages(result, above, view) if result.spoken else laid_out(_answer_blocks(result, view), above)
    tone: Tone = tone_of(result.plain_verdict) if result.plain_verdict else "words" if result.spoken else "facts"
    shown = tuple(replace(page, passages=passages) for page in pages)
    lead: Leads = "story" if result.form == "stories" and not result.spoken else "speaker"
    leads: Leads = lead if any(page.options for page in pages) else "more"
    return Pages(shown, tone, question=question, leads=leads)


def _apart_pages(result: Answer, view: View, question: str | None) -> Pages:
    """The answers to several questions, each under its own, on one page where there is room."""
    parts = [render_pages(one, view.shelf, dates=view.dates, corrections=view.corrections) for one in result.apart]
    under = [
        replace(page, body=f"**{_first_line(question_line(part))}**\n{page.body}")
        for part, pages in zip(result.apart, parts, strict=True)
        for page in pages.pages
    ]
    tones = [pages.tone for pages in parts]
    choices = next((pages.choices for pages in parts if pages.choices), ())
    tone: Tone = "words" if "words" in tones else "facts"
    leads: Leads = next((pages.leads for pages in parts if pages.leads != "more"), "more")
    return Pages(put_together(under), tone, choices, question, leads=leads)


def _abstention_pages(result: Abstention, view: View, question: str | None) -> Pages:
    nearest = [said for said, _ in utterances(result.nearest)][:MOST_SHOWN]
    blocks = [block for said in nearest for block in utterance_blocks(said, view)]
    held = len(view.shelf.stories)
    first = reason_sentence(result, stories=held, face="discord")
    lines = [first if result.talk or not held else _first_line(first)]
    if result.quotation and held:
        verdict, _, means = first.partition(" · ")
        lines = [f"**{_first_line(verdict)}**", _first_line(means)]
    if not result.choices and (step := next_step(result)):
        lines.append(_first_line(step))
    elif held and result.reason in WHERE_ELSE and not (result.choices or blocks or result.quotation):
        lines.append(WHERE_ELSE[result.reason])
    if blocks:
        lines.append(f"-# {nearest_line(result)}")
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
        people = {speaker.id for speaker in answer.speakers}
        stories = {said.story for said in view.shelf.statements() if said.speaker in people}
        return who_speak(len(answer.speakers), len(stories))
    if lists_stories(answer):
        held = view.shelf.stories
        return escaped(fitted(stories_line(len(answer.passages), len(held), outlets_of(held)), FIRST_MAX))
    if answer.verdict and answer.verdict not in ("yes", "no"):
        return check_markdown(answer, view)
    return _first_line(first) if first is not None else None


def _first_line(sentence: str) -> str:
    return escaped(fitted(sentence, FIRST_MAX // 2 - 20))


def _answer_blocks(answer: Answer, view: View) -> tuple[Block, ...]:
    """What there is where nobody's words answer: people, facts of stories, or passages."""
    if answer.form == "speakers":
        return tuple(_speaker_blocks(answer.speakers, view))
    if answer.part:
        return tuple(_part_blocks(answer, view))
    shown = shown_passages(answer, view.story_of)
    if answer.form == "stories":
        return tuple(_story_blocks(shown, answer, view))
    return tuple(block for hit in shown for block in passage_blocks(hit, answer, view))


def _spoken_pages(answer: Answer, above: str | None, view: View) -> tuple[Page, ...]:
    """What was said; where many say it, or it is more than a page, each of them once with the best words, the likeliest
    few first and the others behind them, and a menu that leads to all that one of them said."""
    told = utterances(answer.statements)
    of_each: dict[str | None, tuple[Utterance, tuple[int, ...]]] = {}
    for said, places in told:
        of_each.setdefault(said[0].speaker, (said, places))
    best = tuple(of_each.values())
    pages = laid_out(_told_blocks(answer, told, view), above)
    if answer.form != "who-said" or (len(pages) == 1 and len(best) <= LIKELIEST):
        return pages
    *first, last = laid_out(_told_blocks(answer, best[:LIKELIEST], view, chosen=True), above)
    if len(best) <= LIKELIEST:
        return (*first, last)
    page, beyond = best[LIKELIEST : LIKELIEST + UTTERANCES_PER_PAGE], best[LIKELIEST + UTTERANCES_PER_PAGE :]
    *others, end = laid_out(_told_blocks(answer, page, view, chosen=True), None)
    shown = replace(last, behind=counted(len(best) - LIKELIEST, "more speaker"))
    return (*first, shown, *others, _with_names(end, [view.who(said[0]) for said, _ in beyond]))


def _with_names(page: Page, speakers: Sequence[Speaker | None]) -> Page:
    """A page whose menu has more of those who speak than it shows the words of."""
    options = {one.value: one for one in (*page.options, *filter(None, map(speaker_option, speakers)))}
    more = min(len(options), OPTIONS_MAX) - len(page.options)
    kept = tuple(options.values())[:OPTIONS_MAX]
    return replace(page, options=kept, behind=f"{more} more in the menu" if more else None)


def _told_blocks(
    answer: Answer, told: Sequence[tuple[Utterance, tuple[int, ...]]], view: View, *, chosen: bool = False
) -> tuple[Block, ...]:
    """Utterances, a story's together and in it each speaker's, in the order of the best; who speaks can be `chosen`."""
    copies: dict[int, list[Statement]] = {}
    for at, copy in answer.folded:
        copies.setdefault(at, []).append(copy)
    first: dict[object, int] = {}
    for at, (said, _) in enumerate(told):
        first.setdefault(said[0].story, at)
        first.setdefault((said[0].story, said[0].speaker), at)
    by_story = len({said[0].speaker for said, _ in told}) > 1
    blocks: list[Block] = []
    for said, places in sorted(told, key=lambda one: _place_of(one[0], first)):
        also = [copy for place in places for copy in copies.get(place, ())]
        option = speaker_option(view.who(said[0])) if chosen else None
        shown = utterance_blocks(said, view, also, by_story=by_story, labelled=answer.verdict != "denied")
        blocks += [replace(block, option=option) for block in shown]
    return tuple(blocks)


def _place_of(said: Utterance, first: Mapping[object, int]) -> tuple[int, int]:
    return first[said[0].story], first[said[0].story, said[0].speaker]


def _speaker_blocks(speakers: Sequence[Speaker], view: View) -> Iterator[Block]:
    """Who speaks, a line each, to be chosen from the menu."""
    counts = Counter(said.speaker for said in view.shelf.statements())
    for speaker in speakers:
        said = " · ".join(filter(None, (counted(counts[speaker.id], "statement"), role_beside(speaker))))
        yield Block(None, f"{counts[speaker.id]}× {name_markdown(speaker)}", option=speaker_option(speaker, said))


def _story_blocks(shown: Sequence[Hit], answer: Answer, view: View) -> Iterator[Block]:
    """Stories, to be chosen from the menu: what each says of a topic, or what is known of it."""
    counts = Counter(said.story for said in view.shelf.statements())
    for hit in shown:
        story = view.story_of(hit)
        known = story_block(story, counts[story.id], view.dates) if story else None
        if known and answer.topic:
            yield from (replace(block, option=known.option) for block in passage_blocks(hit, answer, view))
        elif known:
            yield known


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
