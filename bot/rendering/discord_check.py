"""The check of a quotation as Discord markdown: the verdict first, then what differs; of several a line each."""

from collections.abc import Iterable, Sequence

from bot.answers import Abstention, Answer, Checked, Verdict
from bot.rendering.checks import SHADES, Mark, Part, Shade, explanation, headline, parts
from bot.rendering.discord_escaping import escaped, fitted
from bot.rendering.discord_letter import Page, Pages, Tone, fitted_lines
from bot.rendering.discord_utterance import View, origin_markdown
from bot.rendering.wording import Dates, counted, place_sign, speaker_words, without_marks
from bot.shelf import Shelf

DIFFERENCE_MAX = 480
"""Code points of a quotation with what differs; of a longer one the start is shown."""
GIVEN_MAX = 120
THEIRS, OURS, LEFT_OUT = "~~theirs~~", "**the story’s**", "**what was left out**"
"""What the ways in which words are marked stand for; the last where only the story has words that are marked."""
_TONES: dict[Shade, Tone] = {"right": "confirmed", "nearly": "differs", "wrong": "wrong", "nothing": "nothing"}
_WORST: tuple[Tone, ...] = ("wrong", "nothing", "differs", "confirmed")
_AROUND: dict[Mark, str] = {"same": "", "theirs": "~~", "story's": "**"}


def tone_of(verdict: Verdict) -> Tone:
    """The colour of a verdict."""
    return _TONES[SHADES[verdict]]


def check_markdown(answer: Answer, view: View) -> str:
    """What stands above the words of a check: the verdict, what differs with its legend, and what it means."""
    differs = difference_markdown(answer, view)
    told = explanation(answer)
    lines = (
        f"**{escaped(headline(answer))}**",
        differs,
        differs and f"-# {_legend([differs])}",
        told and escaped(fitted(told, GIVEN_MAX * 2)),
    )
    return "\n".join(filter(None, lines))


def difference_markdown(answer: Answer, view: View) -> str | None:
    """The quotation with the words struck out that are not the story's, and the story's in bold; None where all are."""
    compared = answer.compared
    story = view.story(compared.story, compared.version) if compared else None
    if compared is None or story is None or all(step.same for step in compared.steps):
        return None
    return _marked(parts(compared, story.text), DIFFERENCE_MAX)


def _marked(differing: Iterable[Part], most: int) -> str:
    """Parts as markdown, as many as fit."""
    shown: list[str] = []
    left = most
    for part in differing:
        words = escaped(fitted(without_marks(part.words), max(left, 2)))
        if words:
            shown.append(f"{_AROUND[part.mark]}{words}{_AROUND[part.mark]}")
            left -= len(words) + 5
        if left <= 0:
            shown.append("…")
            break
    return " ".join(shown)


def _legend(shown: Iterable[str]) -> str:
    """What the marks mean that are there."""
    whole = "".join(shown)
    theirs, ours = (legend[:2] in whole for legend in (THEIRS, OURS))
    if not theirs:
        return LEFT_OUT if ours else ""
    return f"{THEIRS} {OURS}" if ours else THEIRS


def render_checks(checked: Sequence[Checked], shelf: Shelf, *, dates: Dates = "en") -> Pages:
    """Several quotations of one message, a line each, in the colour of the worst."""
    view = View(shelf, {speaker.id: speaker for speaker in shelf.speakers()}, dates)
    lines = [_line(one, view) for one in checked]
    answers = (one.result for one in checked if isinstance(one.result, Answer))
    legend = _legend(filter(None, (difference_markdown(answer, view) for answer in answers)))
    first = f"{counted(len(checked), 'quotation')}{f' · {legend}' if legend else ':'}"
    verdicts = [one.result.verdict if isinstance(one.result, Answer) else None for one in checked]
    tones = {tone_of(verdict) if verdict else "nothing" for verdict in verdicts}
    tone = next(one for one in _WORST if one in tones)
    return Pages((Page(fitted_lines(f"-# {first}", lines, gap="\n\n")),), tone)


def _line(checked: Checked, view: View) -> str:
    """The verdict on one quotation and its words with what differs, and below it whose they are and where."""
    result = checked.result
    head = f"**{escaped(headline(result))}**"
    given = escaped(fitted(without_marks(checked.quotation), GIVEN_MAX))
    if isinstance(result, Abstention):
        whose = f" (as {escaped(fitted(without_marks(checked.whose), 60))}’s)" if checked.whose else ""
        return f"{head}{whose} · {given}"
    words = difference_markdown(result, view) or given
    whose = " · ".join(filter(None, (_whose(result, view), _where(result, view))))
    return f"{head} · {words}" + (f"\n-# {whose}" if whose else "")


def _whose(answer: Answer, view: View) -> str | None:
    """Who said the words; nobody where they are the reporter's."""
    if not answer.statements or answer.verdict == "reporter":
        return None
    return escaped(fitted(speaker_words(view.who(answer.statements[0])), 60))


def _where(answer: Answer, view: View) -> str | None:
    """Outlet, date and paragraph."""
    if answer.statements:
        said = answer.statements[0]
        story, span, paragraph = view.story(said.story, said.version), said.span, said.paragraph
    elif answer.passages:
        hit = answer.passages[0]
        story, span, paragraph = view.story_of(hit), hit.passage.span, hit.passage.paragraph
    else:
        return None
    return f"{origin_markdown(story, span, view.dates)} {place_sign(paragraph, story)}" if story else None
