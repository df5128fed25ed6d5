"""Questions of one server about what only another server holds, by every way in: nothing of the other may come out.

`python -m tests.bot.discord_side.leaks [QUESTIONS]` asks 10,000, unless told otherwise, and prints what came out.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.discord_side.libraries.desk import Desk
from bot.discord_side.libraries.place import Place
from bot.discord_side.messages.questions import Asked, Source, check_question, speaker_question, who_said_question
from bot.errors import BotError
from bot.rendering.exports import exported
from bot.shelf import story_key
from index.errors import StoriesError
from tests.bot.discord_side.owned import OwnedEngine, story_of

OWNERS = 40
SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "ro", "su", "ta", "ve", "zo")


@dataclass(frozen=True)
class Secret:
    """What one owner alone holds: a word, a name and a story's id that stand nowhere else."""

    owner: str
    word: str
    name: str

    @property
    def story_id(self) -> str:
        return f"about-{self.word}"

    @property
    def words(self) -> str:
        return f"The {self.word} will stay where it is"


def secrets(count: int, random: Random) -> list[Secret]:
    """Owners, servers and people, each with a secret of its own."""

    def coined(syllables: int) -> str:
        return "".join(random.choice(SYLLABLES) for _ in range(syllables))

    words = list(dict.fromkeys(coined(5) for _ in range(3 * count)))
    return [
        Secret(
            f"{'server' if at % 4 else 'user'}-{1000 + at}",
            words[3 * at],
            f"{words[3 * at + 1].title()} {words[3 * at + 2].title()}",
        )
        for at in range(count)
    ]


ASKED: dict[str, tuple[Source, Callable[[Secret], str]]] = {
    "their words": ("ask", lambda other: f"what did {other.name} say?"),
    "their topic": ("ask", lambda other: f"what is said about the {other.word}?"),
    "a fact": ("ask", lambda other: f"where will the {other.word} stay?"),
    "summary": ("ask", lambda other: "what is the story about?"),
    "speakers": ("speakers", lambda other: "who speaks?"),
    "stories": ("stories", lambda other: "which stories?"),
    "speaker": ("speaker", lambda other: speaker_question(other.name)),
    "who said": ("whosaid", lambda other: who_said_question(other.words)),
    "check": ("check", lambda other: check_question(other.words, other.name)),
    "a button's story": ("story", lambda other: "which story?"),
    "a question of a button's story": ("ask", lambda other: "who speaks?"),
}
OTHERS = ("offered names", "offered stories", "context", "export")


async def leaks(
    questions: int, seed: int = 5, make: Callable[[Path], OwnedEngine] = OwnedEngine
) -> tuple[Counter[str], list[str]]:
    """How many questions were asked by each way in, and every one that brought something of another owner's out."""
    random = Random(seed)
    held = secrets(OWNERS, random)
    with TemporaryDirectory() as folder:
        engine = make(Path(folder))
        desk = Desk(engine)
        await desk.start()
        for one in held:
            told = story_of(one.story_id, one.words, one.name)
            await asyncio.to_thread(engine.give, one.owner, [told])
        asked: Counter[str] = Counter()
        out: list[str] = []
        try:
            for _ in range(questions):
                mine, other = random.sample(held, 2)
                way = random.choice([*ASKED, *OTHERS])
                asked[way] += 1
                said, given = await _asked(desk, way, mine, other)
                out += [f"{way}: {other.owner} in {mine.owner}"] if _shows(said, given, other) else []
        finally:
            await desk.close()
    return asked, out


def _shows(said: str, given: str, other: Secret) -> bool:
    """Whether an answer has a word of the other's that was not given in the question itself."""
    marks = (other.word, *other.name.lower().split(), other.story_id)
    return any(mark in said.lower() and mark not in given.lower() for mark in marks) or f"> “{other.words}" in said


async def _asked(desk: Desk, way: str, mine: Secret, other: Secret) -> tuple[str, str]:
    """All that comes out, and what was given."""
    place = Place(mine.owner, (7,))
    key = story_key(other.story_id)
    if way == "offered names":
        return repr((await desk.suggestions(place)).speakers.all), ""
    if way == "offered stories":
        return repr((await desk.suggestions(place, everything=True)).stories.all), ""
    try:
        if way == "export":
            return await desk.look(
                Asked("", 1, place=place), lambda shelf: exported(shelf.statements(), shelf, "json")
            ), ""
        source, worded = ASKED["their words" if way == "context" else way]
        story = key if "button" in way else ""
        asked = Asked(worded(other), 1, source=source, story=story, place=place)
        pages = await (desk.context(asked, 0) if way == "context" else desk.pages(asked))
    except (BotError, StoriesError) as refused:
        return str(refused), ""
    choices = " ".join(pages.choices)
    return " ".join(page.body for page in pages.pages) + choices, asked.question


def main() -> None:
    """Asks, and prints the count of each way in and of what came out."""
    asked, out = asyncio.run(leaks(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
    for way, count in sorted(asked.items()):
        sys.stdout.write(f"{count:6,} {way}\n")
    sys.stdout.write(f"{asked.total():6,} questions, {len(out)} leaks\n")
    sys.stdout.writelines(f"{leak}\n" for leak in out[:20])
    sys.exit(1 if out else 0)


if __name__ == "__main__":
    main()
