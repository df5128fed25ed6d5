"""Where questions are answered: the libraries opened in the background, asked and rendered in the worker.

What else a library is good for has its own room, reached from here: its notes, what is offered, and adding to it.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Literal, TypeVar

from bot.answers import Abstention, Answer, Reason, Result
from bot.asking import is_made_of_quotations
from bot.discord_side.libraries.engine import Engine
from bot.discord_side.libraries.intake import Intake
from bot.discord_side.libraries.ledger import Ledger
from bot.discord_side.libraries.place import EVERYBODY, NOWHERE, Place, Rules, is_person
from bot.discord_side.libraries.suggestions import Key, Offers, Suggestions, speakers_by_count, suggestions_from
from bot.discord_side.libraries.watchtower import Watchtower
from bot.discord_side.limits import Limits
from bot.discord_side.messages.conversation import with_links_followed, without_links
from bot.discord_side.messages.in_hand import InHand
from bot.discord_side.messages.questions import (
    TYPED,
    Asked,
    check_asked,
    check_question,
    command_typed,
    speaker_asked,
    timeline_asked,
    words_asked,
)
from bot.errors import TooBusy
from bot.libraries import demonstration
from bot.rendering.discord_check import render_checks
from bot.rendering.discord_letter import Letter, Page, Pages, with_commands
from bot.rendering.discord_message import render_pages
from bot.rendering.discord_stories import render_context, render_quoted, render_stories, render_story, render_timeline
from bot.shelf import Hurried, Shelf, in_time, other_stories, some_stories, story_of_key
from bot.worker import Worker
from index.remembering import once
from index.story import SHARED

T = TypeVar("T")
ONLY_OWN = "-# In private I look in your own stories alone: ask in a server for those of that server."

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """Takes questions, and gives back pages. `start` begins to open the libraries; questions wait for it.

    `commands` has the numbers under which Discord knows the commands, so that those that are named can be clicked;
    `outcomes` counts answers and the reasons for there being none, `stories_held` the own stories of each owner.
    """

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    ledger: Ledger = field(init=False)
    intake: Intake = field(init=False)
    offers: Offers = field(init=False)
    in_hand: InHand = field(init=False)
    tower: Watchtower = field(init=False)
    commands: Mapping[str, int] = field(init=False, default_factory=dict)
    outcomes: Counter[str] = field(init=False, default_factory=Counter)
    stories_held: dict[str, int] = field(init=False, default_factory=dict)
    _worker: Worker = field(init=False)
    _reader: Worker = field(init=False)
    _shelf: "asyncio.Task[Shelf] | None" = field(init=False, default=None)
    _in_hand: Counter[int] = field(init=False, default_factory=Counter)
    _turns: dict[int, asyncio.Lock] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.engine, self.limits)
        self.offers = Offers(self._read_suggestions, self.limits)
        self.tower = Watchtower(self.engine, self.limits)
        self.intake = Intake(self.engine, self.limits, changed=self._are_others)
        self.in_hand = InHand(self.engine, self.limits)
        self._worker = Worker(self.limits.waiting_questions, self.limits.questions_answered_at_once)
        self._reader = Worker(self.limits.waiting_questions)

    def start(self) -> "asyncio.Task[Shelf]":
        """Begins to open the libraries; the task ends with the shared one, or with what went wrong."""
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
        found, pages = await self._for(asked, lambda shelf, rules: self._found(shelf, rules, asked))
        if found is not None and not asked.again and not getattr(found, "talk", None):
            self.outcomes["answered" if isinstance(found, Answer) else str(found.reason)] += 1
        if isinstance(found, Abstention) and _is_worth_noting(found) and not asked.again:
            self.ledger.note_unanswered(asked.place.owner, asked.question, found.reason)
        clickable = (replace(page, body=with_commands(page.body, self.commands)) for page in pages.pages)
        return replace(pages, pages=tuple(clickable))

    def clickable(self, letter: Letter) -> Letter:
        """The letter with each command that it names as one that can be clicked, once Discord has numbered them."""
        return replace(letter, body=with_commands(letter.body, self.commands))

    async def page(self, asked: Asked, at: int) -> Page:
        """One page of a reply, with the statements that it shows."""
        return await self._for(asked, lambda shelf, rules: _page_of(self._found(shelf, rules, asked)[1], at))

    async def context(self, asked: Asked, page: int) -> Pages:
        """What stands around the words of one page of a reply, in their stories."""
        return await self._for(asked, lambda shelf, rules: self._context(shelf, rules, asked, page))

    async def checks(self, text: str, asker: int, place: Place = NOWHERE) -> list[Pages]:
        """For each quotation in somebody's message, how it compares with the stories."""
        asked = Asked(text, asker, place=place)
        return await self._for(asked, lambda shelf, rules: self._checks(shelf, rules, asked))

    async def look(self, asked: Asked, look: Callable[[Shelf], T]) -> T:
        """What somebody wants to see of the stories that they may ask."""
        return await self._for(asked, lambda shelf, rules: look(shelf))

    async def suggestions(self, place: Place, *, everything: bool = False) -> Suggestions:
        """The names and stories to offer while somebody types, as last read; waits a moment at most.

        `everything` leaves aside that the channel keeps to some stories.
        """
        rules = await self.ledger.rules_soon(place.owner) or Rules()
        kept_to = () if everything else rules.default_stories(place.channels)
        return await self.offers.of((place.owner, kept_to, rules.demo))

    def give_up(self) -> None:
        """Lets everybody who waits know that nothing will come."""
        for room in (self._worker, self._reader, self.ledger, self.intake, self.tower):
            room.stop()

    async def close(self) -> None:
        """Gives up on what waits, and closes the libraries."""
        self.give_up()
        if self._shelf:
            self._shelf.cancel()
            await asyncio.gather(self._shelf, return_exceptions=True)
        reader = self._reader.close(lambda: None, deadline_s=self.limits.closing_s)
        rooms = (self.offers, self.ledger, self.intake, self.in_hand, self.tower)
        await asyncio.gather(*(room.close() for room in rooms), reader)
        await self._worker.close(self.engine.close, deadline_s=self.limits.closing_s)

    def _are_others(self, owner: str) -> None:
        """Notes that an owner's stories have changed."""
        self.offers.forget(owner)
        self.tower.poke(owner)
        self.ledger.forget_rules(owner)

    async def _open(self) -> Shelf:
        shelf = await self._worker.run(self.engine.open, deadline_s=self.limits.opening_s)
        _log.info("the library is open")
        return shelf

    async def _read_suggestions(self, key: Key) -> Suggestions:
        owner, kept_to, demo = key

        def read() -> Suggestions:
            with self.engine.shelf_of(owner) as shelf:
                return suggestions_from(_asked_of(shelf, kept_to, demo=demo))

        await asyncio.shield(self.start())
        return await self._reader.run(read, deadline_s=self.limits.answer_s)

    async def _for(self, asked: Asked, work: Callable[[Shelf, Rules], T]) -> T:
        with self._one_of_few(asked.asker):
            await asyncio.shield(self.start())
            rules = await self.ledger.rules(asked.place.owner)
            kept_to = () if asked.story else rules.default_stories(asked.place.channels)

            def in_shelf() -> T:
                with self.engine.shelf_of(asked.place.owner) as shelf:
                    self._count(shelf, asked.place.owner)
                    return work(Hurried(_asked_of(shelf, kept_to, demo=rules.demo), check), rules)

            async with self._turn_of(asked.asker):
                check = in_time(self.limits.answer_s, monotonic)
                return await self._worker.run(in_shelf, deadline_s=self.limits.answer_s)

    def _count(self, shelf: Shelf, owner: str) -> None:
        """Keeps how many stories an owner has, and how many there are for all."""
        shared = sum(story.id.startswith(SHARED) for story in shelf.stories)
        self.stories_held |= {EVERYBODY: shared, owner: len(shelf.stories) - shared} if owner else {}

    @contextmanager
    def _one_of_few(self, asker: int) -> Iterator[None]:
        waiting = self._in_hand.total() >= self.limits.waiting_questions
        if waiting or self._in_hand[asker] >= self.limits.questions_of_one_person:
            raise TooBusy
        self._in_hand[asker] += 1
        self.tower.quiet.clear()
        try:
            yield
        finally:
            self._in_hand[asker] -= 1
            if not self._in_hand[asker]:
                del self._in_hand[asker]
                self._turns.pop(asker, None)
            if not self._in_hand:
                self.tower.quiet.set()

    def _turn_of(self, asker: int) -> asyncio.Lock:
        """Held while one question of somebody's is answered: of the threads that answer, nobody has more than one."""
        return self._turns.setdefault(asker, asyncio.Lock())

    def _found(self, shelf: Shelf, rules: Rules, asked: Asked) -> tuple[Result | None, Pages]:
        """What was found, where something was asked, and the reply."""
        question = asked.question if asked.shown else None
        asked = with_links_followed(asked, shelf)
        if asked.source == "stories":
            return None, render_stories(shelf, question=question, dates=rules.dates)
        if asked.source == "story":
            held = story_of_key(asked.story, shelf)
            return None, render_story(held, shelf, question=question, dates=rules.dates)
        if asked.source == "quoted":
            return None, render_quoted(shelf, question=question)
        if asked.source == "ask" and (name := command_typed(asked.question, self.commands)):
            return None, Pages((Page(TYPED.format(name=name)),), "nothing")
        if asked.source == "ask" and is_made_of_quotations(asked.question):
            return None, render_checks(self.engine.check_all(shelf, asked.question), shelf, dates=rules.dates)
        found = self._result(shelf, asked)
        if asked.source == "timeline" and isinstance(found, Answer):
            return found, render_timeline(found, shelf, question=question, dates=rules.dates)
        pages = render_pages(found, shelf, question=question, dates=rules.dates, corrections=rules.corrections)
        return found, _with_where(pages) if _may_be_elsewhere(found, asked.place) else pages

    def _checks(self, shelf: Shelf, rules: Rules, asked: Asked) -> list[Pages]:
        """One quotation with all that a check shows, several with a line each; none is a reply of no pages."""
        found = self.engine.check_all(shelf, asked.question)
        if len(found) > 1:
            return [render_checks(found, shelf, dates=rules.dates)]
        questions = [check_question(one.quotation, one.whose) for one in found]
        each = [Asked(one, asked.asker, source="check", shown=True, place=asked.place) for one in questions]
        return [self._found(shelf, rules, one)[1] for one in each]

    def _context(self, shelf: Shelf, rules: Rules, asked: Asked, page: int) -> Pages:
        return render_context(_page_of(self._found(shelf, rules, asked)[1], page), shelf, rules.dates)

    def _result(self, shelf: Shelf, asked: Asked) -> Result:
        match asked.source:
            case "speakers":
                return Answer(asked.question, "speakers", speakers=speakers_by_count(shelf))
            case "speaker":
                return self.engine.said(shelf, *speaker_asked(asked.question))
            case "timeline":
                return self.engine.said(shelf, *timeline_asked(asked.question))
            case "whosaid":
                return self.engine.who_said(shelf, words_asked(asked.question))
            case "check":
                return self.engine.check(shelf, *check_asked(asked.question))
        if not without_links(asked.question)[0]:
            return Abstention("", Reason.NOT_ABOUT_THE_STORY, talk="page" if asked.question else "greeting")
        return self.engine.ask(shelf, asked.question, asked.history, _story_with(asked.story, shelf))


def _asked_of(shelf: Shelf, kept_to: tuple[str, ...], *, demo: bool) -> Shelf:
    """The stories that are asked: those that a channel keeps to, else all, with the demonstration or without it."""
    kept = some_stories(shelf, kept_to)
    return kept if demo or kept is not shelf else other_stories(shelf, once(demonstration))


def _may_be_elsewhere(found: Result, place: Place) -> bool:
    """Whether a server that somebody is in may say what their own stories, asked in private, do not."""
    unknown = isinstance(found, Abstention) and found.reason in (Reason.NO_SUCH_SPEAKER, Reason.NOT_IN_STORY)
    return unknown and is_person(place.owner)


def _with_where(pages: Pages) -> Pages:
    """The reply with a line on which stories were looked in."""
    first, *rest = pages.pages
    return replace(pages, pages=(replace(first, body=f"{first.body}\n{ONLY_OWN}"), *rest))


def _is_worth_noting(found: Abstention) -> bool:
    """Whether those who run a server can do something about it: neither small talk nor a quotation that is nobody's."""
    return found.reason is not Reason.NOT_ABOUT_THE_STORY and not found.quotation


def _page_of(pages: Pages, at: int) -> Page:
    return pages.pages[max(0, min(at, len(pages.pages) - 1))]


def _story_with(key: str, shelf: Shelf) -> str | None:
    """The id of the story that a key stands for, None for no key. Raises StoryGone where no story has it."""
    return story_of_key(key, shelf).id if key else None
