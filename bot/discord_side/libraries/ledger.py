"""What is kept beside the stories: a server's rules, verdicts on answers, questions without an answer.

It is read and written by a thread of its own, so that an acknowledgement does not wait behind somebody's question.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.discord_side.libraries.engine import Engine
from bot.discord_side.libraries.place import EVERYBODY, Place, Rules, is_person, person, rules_from
from bot.discord_side.limits import Limits
from bot.errors import BotError, TooSoon
from bot.rendering.utterances import Correction, kept
from bot.worker import Worker
from index.errors import StoriesError
from index.library import followed, stop_following
from index.reading import HostRules, set_host_rules
from index.story import Feedback, Json, Unanswered

if TYPE_CHECKING:
    from index.library import Feed, StoryLibrary

T = TypeVar("T")
Turn = Literal["question", "button"]
WAITING_MAX = 256
RULES_KEPT = 4_096
_ID = re.compile(r"<[@#][!&]?\d+>|\d{15,}")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ledger:
    """Keeps and gives back notes of owners' libraries. Rules are read once, and changed only through here."""

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    _clerk: Worker = field(init=False, default_factory=lambda: Worker(WAITING_MAX))
    _rules: dict[str, Rules] = field(init=False, default_factory=dict)
    _asked_at: dict[tuple[str, int, Turn], float] = field(init=False, default_factory=dict)
    _noting: set[asyncio.Task[None]] = field(init=False, default_factory=set)

    async def rules(self, owner: str) -> Rules:
        """The rules of an owner. Raises StoriesError where they cannot be read."""
        if owner == EVERYBODY:
            return Rules()
        if owner not in self._rules:
            return await self._read_again(owner, lambda library: None)
        return self._rules[owner]

    async def rules_soon(self, owner: str) -> Rules | None:
        """The rules, or None where they are not known within the time that an acknowledgement has."""
        try:
            async with asyncio.timeout(self.limits.rules_s):
                return await self.rules(owner)
        except (TimeoutError, BotError, StoriesError):
            return None

    async def change(self, owner: str, name: str, value: Json) -> Rules:
        """The rules with one setting changed, and kept."""
        return await self._read_again(owner, lambda library: library.set_setting(name, value))

    async def propose(self, owner: str, correction: Correction) -> Rules:
        """The rules with a correction to be settled, unless those words have one that is settled."""
        if any(one.key == correction.key and one.state == "settled" for one in (await self.rules(owner)).corrections):
            return self._rules[owner]
        return await self.change(owner, correction.key, kept(correction))

    async def note_once(self, owner: str, name: str, value: Json) -> bool:
        """Keeps a setting unless it was ever set; whether it was not."""

        def work(library: "StoryLibrary") -> bool:
            if library.settings().get(name) is not None:
                return False
            library.set_setting(name, value)
            return True

        return await self._with(owner, work)

    async def set_default_stories(self, owner: str, channel: int, ids: Iterable[str]) -> Rules:
        """The rules with the default stories of a channel changed, and kept."""
        stories = {str(one): list(kept) for one, kept in (await self.rules(owner)).stories.items()}
        stories[str(channel)] = list(ids)
        return await self.change(owner, "stories", {one: kept for one, kept in stories.items() if kept} or None)

    async def change_hosts(self, owner: str, hosts: HostRules) -> Rules:
        """The rules with other hosts, and kept."""
        return await self._read_again(owner, lambda library: set_host_rules(library, hosts))

    async def feeds(self, owner: str) -> "tuple[Feed, ...]":
        """The feeds that an owner follows."""
        return await self._with(owner, followed)

    async def stop_following(self, owner: str, addresses: Iterable[str]) -> "tuple[Feed, ...]":
        """Gives feeds up; those that are followed then."""

        def work(library: "StoryLibrary") -> "tuple[Feed, ...]":
            for address in addresses:
                stop_following(library, address)
            return followed(library)

        return await self._with(owner, work)

    async def keep_feedback(self, owner: str, given: Iterable[Feedback]) -> None:
        """Keeps verdicts, each in place of the same person's earlier one on the same words."""

        def work(library: "StoryLibrary") -> None:
            for one in given:
                library.keep_feedback(one)

        await self._with(owner, work)

    def note_unanswered(self, owner: str, question: str, reason: str) -> None:
        """Counts a question that got no answer, without anybody's id, and without making anybody wait."""
        if owner == EVERYBODY or is_person(owner) or not question.strip():
            return  # a person's library bears their number: there a question would be kept with who asked it
        now, words = datetime.now(UTC), _ID.sub("…", question)
        noting = asyncio.create_task(self._note(owner, words, reason, now), name="note a question")
        self._noting.add(noting)
        noting.add_done_callback(self._noting.discard)

    async def unanswered(self, owner: str) -> tuple[Unanswered, ...]:
        """The questions that got no answer, the most often asked first."""
        return await self._with(owner, lambda library: library.unanswered())

    async def forget(self, user: int) -> None:
        """Takes away everything that is kept under a person's id, their own library included."""
        self._asked_at = {key: at for key, at in self._asked_at.items() if key[1] != user}
        self._rules.pop(person(user), None)
        await self._clerk.run(lambda: self.engine.forget(user), deadline_s=self.limits.adding_s)

    async def wait_for_turn(self, place: Place, user: int, what: Turn = "question") -> None:
        """As `take_turn`, by the rules of a place."""
        self.take_turn(place, user, await self.rules_soon(place.owner) or Rules(), what)

    def forget_rules(self, owner: str) -> None:
        """Has an owner's rules read anew."""
        self._rules.pop(owner, None)

    def take_turn(self, place: Place, user: int, rules: Rules, what: Turn = "question") -> None:
        """Notes that somebody asks now. Raises TooSoon before the cooldown since their last question is over.

        A button under an answer has a cooldown of its own, so that an answer can be read on at once.
        """
        if not rules.cooldown_s:
            return
        now = asyncio.get_running_loop().time()
        self._asked_at = {key: at for key, at in self._asked_at.items() if at > now - 300}
        wait_s = self._asked_at.get((place.owner, user, what), now - rules.cooldown_s) + rules.cooldown_s - now
        if wait_s > 0:
            raise TooSoon(int(wait_s) + 1)
        self._asked_at[place.owner, user, what] = now

    def stop(self) -> None:
        """Gives up on what waits."""
        self._clerk.stop()

    async def close(self) -> None:
        """Gives up on what waits, and lets the thread end."""
        self.stop()
        await asyncio.gather(*self._noting, return_exceptions=True)
        await self._clerk.close(lambda: None, deadline_s=self.limits.closing_s)

    async def _with(self, owner: str, work: "Callable[[StoryLibrary], T]") -> T:
        def in_library() -> T:
            with self.engine.library_of(owner) as library:
                return work(library)

        return await self._clerk.run(in_library, deadline_s=self.limits.opening_s)

    async def _note(self, owner: str, question: str, reason: str, when: datetime) -> None:
        try:
            await self._with(owner, lambda library: library.note_unanswered(question, reason, when))
        except (BotError, StoriesError) as failed:
            _log.info("a question without an answer is not noted: %s", type(failed).__name__)

    async def _read_again(self, owner: str, change: "Callable[[StoryLibrary], None]") -> Rules:
        """The rules after a change, which are kept from now on."""

        def work(library: "StoryLibrary") -> Rules:
            change(library)
            return rules_from(library)

        rules = self._rules[owner] = await self._with(owner, work)
        if len(self._rules) > RULES_KEPT:
            del self._rules[next(iter(self._rules))]
        return rules
