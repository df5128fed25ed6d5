"""Work that leaves the event loop: its order, its deadline and its end."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from bot.answers import Result, Turn
from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.place import NOWHERE
from bot.discord_side.limits import Limits
from bot.discord_side.messages.questions import Asked
from bot.errors import Stopping, TooBusy, TooSlow
from bot.shelf import Shelf
from bot.worker import Worker
from tests.bot.discord_side.shelf import FakeEngine


async def test_work_is_done_in_one_other_thread_and_in_order() -> None:
    worker, seen = Worker(8), []

    async def piece(number: int) -> str:
        def work() -> str:
            seen.append(number)
            return threading.current_thread().name

        return await worker.run(work, deadline_s=5)

    names = await asyncio.gather(*(piece(number) for number in range(5)))

    assert set(names) == {"onrecord-worker"}
    assert seen == [0, 1, 2, 3, 4]
    await worker.close(lambda: None, deadline_s=5)


async def test_with_several_threads_a_slow_piece_holds_up_nobody() -> None:
    worker, go_on = Worker(8, threads=2), threading.Event()
    slow = asyncio.create_task(worker.run(go_on.wait, deadline_s=5))
    await asyncio.sleep(0)

    quick = [await worker.run(lambda: 7, deadline_s=5) for _ in range(3)]

    assert quick == [7, 7, 7]
    assert not slow.done()
    go_on.set()
    assert await slow
    await worker.close(lambda: None, deadline_s=5)


async def test_the_last_piece_of_work_comes_after_all_the_others() -> None:
    worker, go_on, seen = Worker(8, threads=3), threading.Event(), []

    def slow() -> None:
        go_on.wait(5)
        seen.append("slow")

    under_way = [asyncio.create_task(worker.run(slow, deadline_s=5)) for _ in range(3)]
    await asyncio.sleep(0.05)
    closing = asyncio.create_task(worker.close(lambda: seen.append("last"), deadline_s=5))
    await asyncio.sleep(0.05)
    assert seen == []

    go_on.set()
    await closing

    assert seen == ["slow", "slow", "slow", "last"]
    assert all(isinstance(one, Stopping) for one in await asyncio.gather(*under_way, return_exceptions=True))


async def test_what_overruns_its_deadline_is_given_up_on() -> None:
    worker, go_on = Worker(8), threading.Event()

    with pytest.raises(TooSlow):
        await worker.run(go_on.wait, deadline_s=0.05)

    go_on.set()
    assert await worker.run(lambda: 7, deadline_s=5) == 7
    await worker.close(lambda: None, deadline_s=5)


async def test_a_timeout_of_the_work_itself_is_the_works_own_error() -> None:
    worker = Worker(8)

    def work() -> None:
        raise TimeoutError("the disk")

    with pytest.raises(TimeoutError, match="the disk"):
        await worker.run(work, deadline_s=5)
    await worker.close(lambda: None, deadline_s=5)


async def test_beyond_the_waiting_room_people_are_told_to_come_back() -> None:
    worker, go_on = Worker(1), threading.Event()
    first = asyncio.create_task(worker.run(go_on.wait, deadline_s=5))
    await asyncio.sleep(0)

    with pytest.raises(TooBusy):
        await worker.run(lambda: 1, deadline_s=5)

    go_on.set()
    assert await first
    await worker.close(lambda: None, deadline_s=5)


async def test_stopping_lets_everybody_who_waits_know() -> None:
    worker, go_on = Worker(8), threading.Event()
    waiting = [asyncio.create_task(worker.run(go_on.wait, deadline_s=5)) for _ in range(3)]
    await asyncio.sleep(0)

    worker.stop()

    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in ended] == [Stopping] * 3
    with pytest.raises(Stopping):
        await worker.run(lambda: 1, deadline_s=5)
    go_on.set()
    await worker.close(lambda: None, deadline_s=5)


async def test_one_person_cannot_take_the_whole_desk() -> None:
    go_on = threading.Event()

    def wait(question: str) -> None:
        go_on.wait(5)

    engine = FakeEngine(before=wait)
    desk = Desk(engine, Limits(questions_of_one_person=2))
    await desk.start()
    greedy = [asyncio.create_task(desk.pages(Asked("what did Ryan say?", asker=1))) for _ in range(3)]
    other = asyncio.create_task(desk.pages(Asked("what did Pelosi say?", asker=2)))
    await asyncio.sleep(0)

    go_on.set()

    results = await asyncio.gather(*greedy, return_exceptions=True)
    assert [isinstance(result, TooBusy) for result in results] == [False, False, True]
    assert "Nancy Pelosi" in (await other).pages[0].body
    await desk.close()
    assert engine.closed == 1


async def test_questions_wait_for_the_library_and_are_then_answered() -> None:
    go_on = threading.Event()

    class Slow(FakeEngine):
        def open(self) -> Shelf:
            go_on.wait(5)
            return super().open()

    desk = Desk(Slow(), Limits(choices_s=0))
    desk.start()
    asked = asyncio.create_task(desk.pages(Asked("what did Ryan say?", asker=1)))
    await asyncio.sleep(0)
    assert (await desk.suggestions(NOWHERE)).speakers.all == ()

    go_on.set()

    assert "Paul Ryan" in (await asked).pages[0].body
    await desk.close()


class Endless(FakeEngine):
    """An engine that looks up one statement after the other for ever where a question says so."""

    def ask(self, shelf: Shelf, question: str, history: Sequence[Turn], story: str | None) -> Result:
        while "for ever" in question:
            for said in shelf.statements():
                shelf.story(said.story)
        return super().ask(shelf, question, history, story)


async def test_a_question_past_its_deadline_stops_and_leaves_its_thread_to_others() -> None:
    desk = Desk(Endless(), Limits(answer_s=0.05, questions_answered_at_once=1))

    with pytest.raises(TooSlow):
        await desk.pages(Asked("Ryan, for ever", asker=1))

    desk.limits = Limits()
    assert await desk.pages(Asked("what did Ryan say?", asker=2))
    await desk.close()


async def test_nobody_has_more_than_one_of_the_threads_that_answer() -> None:
    at_once, most = 0, 0
    counting = threading.Lock()

    def before(question: str) -> None:
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)
        go_on.wait(0.05)
        with counting:
            at_once -= 1

    go_on = threading.Event()
    desk = Desk(FakeEngine(before=before), Limits(questions_answered_at_once=3))
    await asyncio.gather(*(desk.pages(Asked("what did Ryan say?", asker=1)) for _ in range(3)))

    assert most == 1
    await desk.close()
