"""What stands behind every door: one open library, and the worker that asks it while the event loop goes on."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from bot.errors import BotError
from bot.incidents import seen_to
from bot.programs.given import LIMITS, Limits, answered, checked, error_json, read_asked
from bot.programs.verbs import Verb
from bot.rendering.contract import Json, JsonObject, as_json
from bot.settings import today
from bot.worker import Worker
from index.errors import StoriesError

if TYPE_CHECKING:
    from index.library import StoryLibrary

Done = TypeVar("Done")


class Door:
    """Asks a library one verb at a time for whoever knocks; `day` is what "yesterday" is counted from."""

    def __init__(self, library: "StoryLibrary", limits: Limits = LIMITS, day: Callable[[], date] = today) -> None:
        self.limits = limits
        self._library = library
        self._day = day
        self._worker = Worker(limits.waiting, threads=limits.threads)
        self._adder = Worker(limits.waiting)

    async def do(self, verb: Verb, given: Json) -> JsonObject:
        """What a verb gives. Raises BotError and StoriesError, each of which says one sentence."""
        taken = checked(given, verb.takes)
        worker = self._adder if verb.changes else self._worker
        deadline_s = self.limits.adding_s if verb.changes else self.limits.asking_s
        return await worker.run(lambda: seen_to(lambda: verb.run(self._library, taken)), deadline_s=deadline_s)

    async def look(self, look: "Callable[[StoryLibrary], Done]") -> Done:
        """What is looked up in the library."""
        return await self._worker.run(lambda: seen_to(lambda: look(self._library)), deadline_s=self.limits.asking_s)

    async def answer_line(self, number: int, line: bytes) -> JsonObject:
        """The answer to one line of a batch, or what is wrong with it."""
        asked_id: Json = None
        try:
            asked = read_asked(number, line)
            asked_id = asked.id

            def told(library: "StoryLibrary") -> JsonObject:
                from bot.asking import DEFAULTS

                result = answered(asked, library, story=None, today=self._day(), limits=DEFAULTS)
                return as_json(result, library, question_id=asked.id)

            return await self.look(told)
        except (BotError, StoriesError) as error:
            return error_json(number, error, asked_id)

    async def close(self) -> None:
        """Gives up on what waits, and lets what is under way end."""
        for worker in (self._worker, self._adder):
            await worker.close(lambda: None, deadline_s=self.limits.closing_s)
