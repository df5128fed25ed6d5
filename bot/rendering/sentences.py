"""The sentences around what the stories say: why there is no answer, what to ask next, how a check came out; and what
the bot says of itself where somebody greets it, thanks it, or asks how it works.

Nothing that a person typed is shown between quotation marks here, since those belong to the stories' own words.
"""

from typing import Literal

from bot.answers import Abstention, Answer, Part, Reason, Result, Talk, Verdict
from bot.questions.languages import english_only
from bot.rendering.checks import explanation, headline
from bot.rendering.wording import date_words, listed, speaker_words, without_marks
from index.story import Story

SHOWN_CHOICES = 3
TOO_FEW = "So few may stand anywhere: give more of the quotation."
_SUITS_NONE = frozenset({"thanks", "adding", "removing", "page"})
"""What is said in a library without stories as in any other."""

_SAID_OR_NOT: dict[Verdict, str] = {"yes": "Yes, as the story tells it:", "no": "No, as the story tells it:"}
_HOW_LIKELY = (0.85, "Most likely {}:"), (0.65, "It reads like a {}:"), (0.0, "Perhaps {}:")
"""What a yes or a no that was read out of somebody's words is called, from which probability on: of 353 held-out
questions that got one 89, 76 and 53 in 100 so called are right."""


_PARTS: dict[Part, str] = {
    "date": "It appeared on {}.",
    "source": "It is from {}.",
    "author": "It was written by {}.",
    "title": "It is titled: {}",
    "place": "It was reported from {}.",
}
Face = Literal["discord", "terminal"]

_ANYWHERE: dict[Talk, str] = {
    "greeting": "Hello! Ask me who said what in the stories.",
    "thanks": "You are welcome.",
    "chat": "I know only what the stories say. Ask me who said what in them.",
    "who": (
        "I am On Record: I look up who said what in the stories that I hold, and show their words exactly as they "
        "stand there. No language model writes my answers, and where the stories do not say, I say so."
    ),
    "help": "Ask who said what, by name or by role; a further question may lean on the one before it.",
    "page": "I do not hold that page yet.",
}
_ADDING: dict[Face, str] = {
    "discord": (
        "`/story add` takes an address, a feed, a file, or text that you paste. Of a message: right-click it, or "
        "hold it on a phone, then Apps, **Add as story**."
    ),
    "terminal": "Add stories with “onrecord add SOURCE”: a file, a folder, or an http(s) address.",
}
_OF_A_KIND: dict[Talk, dict[Face, str]] = {
    "help": {
        "discord": (
            "- `/speaker` what somebody said · `/check` whether a quotation is right\n"
            "- `/stories` what I hold · `/watch` what comes next · `/privacy` what I keep\n"
            "- for those who look after the stories: `/story add` · `/story remove` · `/settings`"
        ),
        "terminal": "“onrecord speaker NAME” shows what somebody said, “onrecord check QUOTE” compares a quotation.",
    },
    "chat": {
        "discord": "If an answer of mine is wrong, say so in the menu under it (⋯): **Wrong speaker**, **Bad answer**.",
    },
    "adding": _ADDING,
    "page": _ADDING,
    "watching": {
        "discord": (
            "`/watch` tells you when a new story quotes somebody, or has words on a topic: here or in private, at "
            "once, once a day or once a week. The button under what it posts silences it, and so does `/settings`."
        ),
        "terminal": "“onrecord follow ADDRESS” follows a feed, and “onrecord refresh” says what it brought.",
    },
    "removing": {
        "discord": "`/story remove` takes a story out again: choose it from those offered. Feeds are in `/settings`.",
        "terminal": "“onrecord remove ID” takes a story out again; “onrecord stories” has their ids.",
    },
}
_EMPTY: dict[Face, str] = {
    "discord": f"There are no stories here yet. {_ADDING['discord']}",
    "terminal": "This library holds no stories yet: add one with “onrecord add SOURCE”.",
}


def part_sentence(part: Part, story: Story, *, day: str | None = None, alone: bool = True) -> str:
    """What is known about a story itself, as a sentence, or before its title among others; `day` is its date."""
    when = day or (date_words(story.date) if story.date else None)
    known: str = (when if part == "date" else getattr(story, part)) or "?"
    if alone:
        return _PARTS[part].format(known.rstrip(".") if part != "title" else known)
    return known if part == "title" else f"{known} · {story.title or story.id}"


def verdict_line(result: Result) -> str | None:
    """How the check of a quotation came out: the verdict in a few words, then what it means; None for no check."""
    if isinstance(result, Abstention):
        return None
    if result.verdict in _SAID_OR_NOT:
        if result.plain_verdict:
            return _SAID_OR_NOT[result.plain_verdict]
        return next(words for least, words in _HOW_LIKELY if result.likely >= least).format(result.verdict)
    return " · ".join(filter(None, (headline(result), explanation(result)))) if result.verdict else None


def reason_sentence(result: Abstention, *, stories: int = 1, face: Face = "terminal") -> str:
    """Why there is no answer, in one sentence, or what to say to the bot's being spoken to itself.

    `stories` is how many were asked.
    """
    if result.talk == "foreign":
        return english_only(result.question)
    if result.talk:
        said = talk_words(result.talk, face)
        return said if stories or result.talk in _SUITS_NONE else f"{said}\n{empty_words(face)}"
    if stories == 0:
        return empty_words(face)
    one = stories == 1 or (result.detail is not None and len({said.story for said in result.nearest}) == 1)
    held = "the story" if one else "the stories"
    name = without_marks(result.name or "")
    topic = without_marks(result.topic or "")
    match result.reason:
        case Reason.NO_SUCH_SPEAKER:
            return f"Nobody {f'called {name}' if name else 'of that name'} speaks in {held}."
        case Reason.MENTIONED_NOT_QUOTED:
            verbs = ("mentions", "quotes") if one else ("mention", "quote")
            about = f" about {topic}" if topic else ""
            return f"{held.capitalize()} {verbs[0]} {name or 'them'}, but {verbs[1]} nothing that they said{about}."
        case Reason.SEVERAL_SPEAKERS_MATCH:
            people = listed([speaker_words(speaker, brackets=True) for speaker in result.speakers], last="or")
            return f"Several people may be meant{f' by {name}' if name else ''}{f': {people}' if people else ''}."
        case Reason.NOT_ABOUT_THE_STORY:
            return f"That is not a question about {held}."
        case Reason.NOT_IN_STORY if result.quotation:
            nowhere = f"These words stand {'nowhere in the story' if one else 'in none of the stories'}."
            return f"{headline(result)} · {TOO_FEW if result.slight else nowhere}"
        case Reason.NOT_IN_STORY:
            what = f"what {name} said about {topic}" if name and topic else "that"
            told = result.detail.replace("-", " ") if result.detail else what
            return f"{held.capitalize()} {'does' if one else 'do'} not say {told}."


def nearest_line(result: Abstention) -> str:
    """What is said above the nearest; of a quotation that stands nowhere these are what whoever is named did say."""
    if result.detail:
        return "What was said:"
    return "What was said instead:" if result.quotation else "The nearest that was said:"


def next_step(result: Abstention) -> str | None:
    """What to ask instead, as one line, or None where there is nothing to offer."""
    questions = [without_marks(choice) for choice in result.choices[:SHOWN_CHOICES]]
    if questions:
        return "You could ask: " + " · ".join(questions)
    if result.reason is Reason.SEVERAL_SPEAKERS_MATCH:
        return "Ask again with the full name."
    return None


def question_line(result: Result) -> str:
    """What was asked, where several questions of one message are answered each under its own."""
    return f"{without_marks(result.question).rstrip(' ?.!,;')}?"


def heading(result: Answer) -> str | None:
    """The line above the statements, where the form or the topic needs one."""
    if result.verdict:
        return verdict_line(result)
    if result.topic and result.form == "said":
        names = [speaker.name for speaker in result.speakers]
        return f"{listed(names)} on {without_marks(result.topic)}:" if names else None
    return None


def talk_words(talk: Talk, face: Face) -> str:
    """The answer to what was said to the bot itself."""
    return "\n".join(filter(None, (_ANYWHERE.get(talk), _OF_A_KIND.get(talk, {}).get(face))))


def empty_words(face: Face) -> str:
    """That there is nothing to ask yet, and how that changes."""
    return _EMPTY[face]
