"""Where questions are answered: a library opened in the background, asked and rendered in the worker.

The engine is reached through the Protocol below, so that the room can be tested with a small one.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from bot.answers import Answer, Result, Turn
from bot.discord_side.limits import Limits
from bot.discord_side.questions import (
    Asked,
    around_quotations,
    check_asked,
    check_question,
    quotations_in,
    speaker_asked,
    words_asked,
)
from bot.discord_side.suggestions import (
    Suggestions,
    speaker_named,
    speakers_by_count,
    story_key,
    suggestions_from,
)
from bot.discord_side.worker import Worker
from bot.errors import StoryGone, TooBusy
from bot.rendering.discord_context import render_context
from bot.rendering.discord_layout import Pages
from bot.rendering.discord_lists import render_stories
from bot.rendering.discord_message import render_pages
from bot.shelf import Shelf

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Engine(Protocol):
    """What opens a library and answers from it. Both are called in the worker's thread, and may take long."""

    def open(self) -> Shelf:
        """The library, ready to be asked."""
        ...

    def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
        """The answer, or the reason why there is none."""
        ...

    def said(self, shelf: Shelf, name: str, about: str | None) -> Result:
        """What somebody said, the name taken as a name."""
        ...

    def who_said(self, shelf: Shelf, words: str) -> Result:
        """Who said something, in these words or others."""
        ...

    def check(self, shelf: Shelf, quotation: str, speaker: str | None) -> Result:
        """Whether a quotation stands in the stories as given, and as whose."""
        ...

    def close(self) -> None:
        """Lets go of the library."""
        ...


@dataclass(slots=True)
class Desk:
    """Takes questions, and gives back pages. `start` begins to open the library; questions wait for it."""

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    _worker: Worker = field(init=False)
    _shelf: "asyncio.Task[Shelf] | None" = field(init=False, default=None)
    _in_hand: Counter[int] = field(init=False, default_factory=Counter)
    _suggestions: Suggestions = field(init=False, default_factory=Suggestions)
    _read_at: float = field(init=False, default=float("-inf"))
    _reading: "asyncio.Task[None] | None" = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._worker = Worker(self.limits.waiting_questions)

    def start(self) -> "asyncio.Task[Shelf]":
        """Begins to open the library; the task ends with it, or with what went wrong."""
        if self._shelf is None:
            self._shelf = asyncio.create_task(self._open(), name="open the library")
        return self._shelf

    @property
    def state(self) -> Literal["opening", "open", "failed"]:
        """Whether the library is open yet."""
        if self._shelf is None or not self._shelf.done():
            return "opening"
        return "failed" if self._shelf.cancelled() or self._shelf.exception() else "open"

    async def pages(self, asked: Asked) -> Pages:
        """The whole reply. Raises BotError and StoriesError with a sentence, and whatever else went wrong."""
        return await self._for(asked.asker, lambda shelf: self._pages(shelf, asked))

    async def context(self, asked: Asked, page: int) -> Pages:
        """What stands around the words of one page of a reply, in their stories."""
        return await self._for(asked.asker, lambda shelf: self._context(shelf, asked, page))

    async def checks(self, text: str, asker: int) -> list[Pages]:
        """For each quotation in somebody's message, how it compares with the stories."""
        return await self._for(asker, lambda shelf: self._checks(shelf, text, asker))

    def suggestions(self) -> Suggestions:
        """The names and stories to offer while somebody types, as last read; never waits."""
        if self._shelf and self._shelf.done() and asyncio.get_running_loop().time() > self._read_at:
            self._read_at = asyncio.get_running_loop().time() + self.limits.choices_fresh_s
            self._reading = asyncio.create_task(self._read_suggestions(), name="read the suggestions")
        return self._suggestions

    def give_up(self) -> None:
        """Lets everybody who waits know that nothing will come."""
        self._worker.stop()

    async def close(self) -> None:
        """Gives up on what waits, and closes the library."""
        self.give_up()
        for task in (self._reading, self._shelf):
            if task:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        await self._worker.close(self.engine.close, deadline_s=self.limits.apologising_s)

    async def _open(self) -> Shelf:
        shelf = await self._worker.run(self.engine.open, deadline_s=self.limits.opening_s)
        self._suggestions = await self._worker.run(lambda: suggestions_from(shelf), deadline_s=self.limits.opening_s)
        self._read_at = asyncio.get_running_loop().time() + self.limits.choices_fresh_s
        _log.info("the library is open")
        return shelf

    async def _read_suggestions(self) -> None:
        shelf = await self.start()
        self._suggestions = await self._worker.run(lambda: suggestions_from(shelf), deadline_s=self.limits.answer_s)

    async def _for(self, asker: int, work: Callable[[Shelf], T]) -> T:
        with self._one_of_few(asker):
            shelf = await asyncio.shield(self.start())
            return await self._worker.run(lambda: work(shelf), deadline_s=self.limits.answer_s)

    @contextmanager
    def _one_of_few(self, asker: int) -> Iterator[None]:
        waiting = self._in_hand.total() >= self.limits.waiting_questions
        if waiting or self._in_hand[asker] >= self.limits.questions_of_one_person:
            raise TooBusy
        self._in_hand[asker] += 1
        try:
            yield
        finally:
            self._in_hand[asker] -= 1
            if not self._in_hand[asker]:
                del self._in_hand[asker]

    def _pages(self, shelf: Shelf, asked: Asked) -> Pages:
        question = asked.question if asked.shown else None
        if asked.source == "stories":
            return render_stories(shelf, question=question)
        return render_pages(self._result(shelf, asked), shelf, question=question)

    def _checks(self, shelf: Shelf, text: str, asker: int) -> list[Pages]:
        name = speaker_named(around_quotations(text), shelf)
        questions = [check_question(quotation, name) for quotation in quotations_in(text)]
        return [self._pages(shelf, Asked(one, asker, source="check", shown=True)) for one in questions]

    def _context(self, shelf: Shelf, asked: Asked, page: int) -> Pages:
        pages = self._pages(shelf, asked).pages
        return render_context(pages[min(page, len(pages) - 1)], shelf)

    def _result(self, shelf: Shelf, asked: Asked) -> Result:
        match asked.source:
            case "speakers":
                return Answer(asked.question, "speakers", speakers=speakers_by_count(shelf))
            case "speaker":
                return self.engine.said(shelf, *speaker_asked(asked.question))
            case "whosaid":
                return self.engine.who_said(shelf, words_asked(asked.question))
            case "check":
                return self.engine.check(shelf, *check_asked(asked.question))
        return self.engine.ask(shelf, asked.question, asked.history, _story_with(asked.story, shelf))


def _story_with(key: str, shelf: Shelf) -> str | None:
    """The id of the story that a key stands for, None for no key. Raises StoryGone where no story has it."""
    if not key:
        return None
    found = next((story.id for story in shelf.stories if story_key(story.id) == key), None)
    if found is None:
        raise StoryGone
    return found
