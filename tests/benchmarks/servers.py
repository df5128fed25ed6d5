"""Many processes, each with servers of its own, on one database: `python -m tests.benchmarks.servers`.

Every server has stories that say its name; a hit that says another's is a leak. Prints a table; exits 1 on a leak.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from index.encoding.embedding import PackagedEmbedder
from index.postgres.library import PostgresLibraries
from index.story import Story
from tests.index.databases import running_postgres

STORIES = 3
QUESTION = "who opened the bridge in the town of {}?"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one process did: questions asked, hits of other servers' stories, and the seconds of the slowest."""

    questions: int
    foreign: int
    slowest_s: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Fills the database, then asks with one process, two, and so on. The exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--servers", type=int, default=200, help="of each process")
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args(arguments)
    with running_postgres() as database:
        count = max(options.processes)
        began = time.monotonic()
        fill(database.url, count, options.servers)
        spent = time.monotonic() - began
        say(f"{count * options.servers} servers with {STORIES} stories each, filled in {spent:.0f} s")
        say(f"{os.cpu_count()} cores, which the database shares")
        say("processes  servers  questions/s  slowest ms  foreign hits")
        leaks = 0
        for processes in options.processes:
            found = ask_all(database.url, processes, options.servers, options.seconds)
            rate = sum(each.questions for each in found) / options.seconds
            foreign = sum(each.foreign for each in found)
            slowest = max(each.slowest_s for each in found) * 1000
            say(f"{processes:9}  {processes * options.servers:7}  {rate:11.1f}  {slowest:10.0f}  {foreign:12}")
            leaks += foreign
    return 1 if leaks else 0


def fill(url: str, processes: int, servers: int) -> None:
    """Gives every server its stories."""
    with get_context("spawn").Pool(min(processes, os.cpu_count() or 1)) as pool:
        pool.starmap(fill_servers, [(url, process, servers) for process in range(processes)])


def fill_servers(url: str, process: int, servers: int) -> None:
    """Gives the servers of one process their stories."""
    libraries = PostgresLibraries(url, embedder=PackagedEmbedder(threads=1))
    for owner in owners_of(process, servers):
        with libraries.of(owner) as library:
            library.add([written(owner, number) for number in range(STORIES)], statements=False)
    libraries.close()


def ask_all(url: str, processes: int, servers: int, seconds: float) -> list[Asked]:
    """What each of so many processes asked in so many seconds, all at the same time."""
    context = get_context("spawn")
    barrier = context.Barrier(processes)
    with context.Pool(processes, initializer=_begin, initargs=(barrier,)) as pool:
        return pool.starmap(ask, [(url, process, servers, seconds) for process in range(processes)], chunksize=1)


def ask(url: str, process: int, servers: int, seconds: float) -> Asked:
    """Asks the servers of one process in turn until the time is over."""
    libraries = PostgresLibraries(url, embedder=PackagedEmbedder(threads=1), most_open=servers)
    owners = owners_of(process, servers)
    for owner in owners:  # so that what is held in memory is, however few questions there is time for
        ask_one(libraries, owner)
    _barrier[0].wait()
    questions = foreign = 0
    slowest = 0.0
    end = time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        foreign += ask_one(libraries, owners[questions % servers])
        questions += 1
        slowest = max(slowest, time.monotonic() - began)
    libraries.close()
    return Asked(questions, foreign, slowest)


def ask_one(libraries: PostgresLibraries, owner: str) -> int:
    """Asks a server one question; how many of the hits are not its own. Raises AssertionError where there is none."""
    with libraries.of(owner) as library:
        hits = library.search(QUESTION.format(owner))
        assert hits, owner
        texts = [library.story(hit.passage.story).text for hit in hits]
        return sum(f"town of {owner} " not in text for text in texts)


def owners_of(process: int, servers: int) -> list[str]:
    """The servers of one process."""
    return [f"p{process}-s{number}" for number in range(servers)]


def written(owner: str, number: int) -> Story:
    """A story that says whose it is; its id is the same for every server."""
    text = f"The bridge in the town of {owner} was opened by mayor number {number}. People came from far to see it."
    return Story(f"story-{number}", text)


_barrier: list[Barrier] = []


def _begin(barrier: Barrier) -> None:
    _barrier.append(barrier)


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
