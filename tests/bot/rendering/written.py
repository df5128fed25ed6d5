"""Stories and results made up for the tests of rendering, by hand and by hypothesis."""

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.answers import Abstention, Answer, Form, Mark, Reason, Result, Verdict
from bot.rendering.discord_message import render_pages
from index.story import Cue, Hit, Kind, Passage, Span, Speaker, Stance, Statement, Story
from tests.bot.discord_side.shelf import FakeShelf, seed_shelf

FORMS: tuple[Form, ...] = ("said", "who-said", "check", "fact", "stories", "summary", "speakers")
VERDICTS: tuple[Verdict, ...] = ("exact", "trimmed", "changed", "other-speaker", "reporter")
KINDS: tuple[Kind, ...] = ("direct", "indirect", "mixed")
STANCES: tuple[Stance, ...] = ("says", "denies", "declines", "hedges", "asks", "unsaid")
PEOPLE = (
    Speaker("ann", "Ann Lee", aliases=("Lee",), roles=("mayor",)),
    Speaker("ben", "Ben Ode"),
    Speaker("aide", "a senior aide", kind="unnamed"),
)
LETTERS = st.sampled_from("ab cde\n.,'’‘“”\"«»\x1b\u202e[]*")

made_up = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For generated results: no test fails because the machine is busy."""


def spans(text: str) -> st.SearchStrategy[Span]:
    """Addresses into a text, none of them empty."""
    return st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(
        lambda ends: Span(min(ends[0], ends[1] - 1), max(ends[0] + 1, ends[1]))
    )


@st.composite
def statements(draw: st.DrawFn, story: Story) -> Statement:
    """A statement anywhere in the story."""
    span = draw(spans(story.text))
    cue = draw(st.none() | st.builds(Cue, spans(story.text), st.sampled_from(STANCES)))
    speaker = draw(st.none() | st.sampled_from([who.id for who in PEOPLE]))
    relay = draw(st.sampled_from([(), ("CNN",)]))
    kind = draw(st.sampled_from(KINDS))
    return Statement(story.id, 1, span, kind, speaker, None, cue, draw(st.integers(0, 2)), 0, relay)


@st.composite
def results(draw: st.DrawFn) -> tuple[Result, FakeShelf]:
    """Any answer or abstention over one made-up story, with the shelf that holds it."""
    text = draw(st.text(LETTERS, min_size=12, max_size=80))
    story = Story("s", text, source=draw(st.none() | st.just("The Paper")))
    found = tuple(draw(st.lists(statements(story), max_size=4)))
    hits = tuple(Hit(Passage("s", 1, span, 0), 1.0) for span in draw(st.lists(spans(text), max_size=12)))
    typed = draw(st.none() | st.text(LETTERS, max_size=8))
    if draw(st.booleans()):
        form = draw(st.sampled_from(FORMS))
        marks = tuple(Mark("s", span) for span in draw(st.lists(spans(text), max_size=2)))
        verdict = draw(st.sampled_from(VERDICTS if form == "check" else (None, "yes", "no")))
        likely = draw(st.sampled_from((1.0, 0.9, 0.7))) if verdict in ("yes", "no") else 1.0
        result: Result = Answer("q", form, PEOPLE[:1], found, hits, marks, verdict, likely, topic=typed)
    else:
        choices = tuple(draw(st.lists(st.text(LETTERS, max_size=8), max_size=2)))
        result = Abstention("q", draw(st.sampled_from(list(Reason))), PEOPLE[:2], found, hits, choices, typed, typed)
    return result, FakeShelf((story,), found, PEOPLE)


def bodies(answer: Answer | Abstention, shelf: FakeShelf | None = None) -> str:
    return "\n=====\n".join(page.body for page in render_pages(answer, shelf or seed_shelf()).pages)


def several(*stories: Story) -> FakeShelf:
    """A shelf on which one person says two short things in each of the stories, which are about nothing else."""
    said = tuple(
        Statement(one.id, 1, Span(at, at + 9), "direct", "ann", None, None, at, at) for one in stories for at in (0, 11)
    )
    return FakeShelf(stories, said, (Speaker("ann", "Ann Lee", roles=("mayor of the town",)),))


def a_story(name: str, source: str | None = "The Paper") -> Story:
    return Story(name, "“It is 1.”\n“It is 2.”\n", f"What the council of {name} said of it", source, date(2024, 5, 1))
