"""How long a story is held against 1,000 watches of 200 servers.

`python -m tests.index.library.watching_time` prints it.

Half the watches name somebody, a quarter a topic, a quarter both; the story is one of 60 paragraphs, each with a
statement. It prints the median and the slowest of 50 stories, in milliseconds of a processor.
"""

import sys
from statistics import median
from time import process_time

from index.library.watching import Watch, WatchIndex
from index.story import Span, Speaker, Statement, Story

SERVERS, WATCHES, PARAGRAPHS, STORIES = 200, 5, 60, 50
TOPICS = ("taxes", "the harbour", "school meals", "the mill", "rain and floods")


def watches() -> list[Watch]:
    made = []
    for server in range(SERVERS):
        for number in range(WATCHES):
            name = f"Ann{server} Person{number}" if number != 3 else None
            about = TOPICS[number] if number > 2 else None
            made.append(Watch(f"server-{server}", f"{number:08x}", 1, name, about, 1))
    return made


def story(number: int) -> tuple[Story, list[Statement], list[Speaker]]:
    text, said, people = "", [], []
    for at in range(PARAGRAPHS):
        words = f"“It is about {TOPICS[at % 5]} and number {number}, and about much else that was on his mind,”"
        who = Speaker(
            f"p{at}", f"Ann{(at + number) % SERVERS} Person{at % WATCHES}", aliases=(f"Person{at % WATCHES}",)
        )
        said.append(Statement("s", 1, Span(len(text), len(text) + len(words)), "direct", who.id, None, None, at, at))
        people.append(who)
        text += f"{words} said {who.name}.\n\n"
    return Story("s", text), said, people


def main() -> None:
    index, times, found = WatchIndex(watches()), [], 0
    for number in range(STORIES):
        given = story(number)
        began = process_time()
        found += len(index.matched(*given))
        times.append(1_000 * (process_time() - began))
    took = f"median {median(times):.1f} ms, slowest {max(times):.1f} ms"
    sys.stdout.write(f"{SERVERS * WATCHES:,} watches: {took}; {found / STORIES:.0f} watches a story\n")


if __name__ == "__main__":
    main()
