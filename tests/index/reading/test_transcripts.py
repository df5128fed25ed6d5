"""Transcripts as programs export them: a line a turn, with who speaks and when; nothing else is taken for one."""

import pytest

from index.reading.transcripts import turns_told_apart

TALK = (
    ("Mara Quill", "Welcome back. Tonight the mine,\nand who knew."),
    ("Des Tamm", "Thanks. The mine was never safe."),
    ("Mara Quill", "Who knew about the gas?"),
    ("Des Tamm", "Everybody on the night shift."),
)
FORMS = {
    "Otter": "{name}  0:{at:02}  \n{words}\n\n",
    "Rev": "{name} (00:{at:02}):\n{words}\n\n",
    "Rev, on one line": "{name} (00:{at:02}): {words}\n\n",
    "Teams": "00:00:{at:02}.680 --> 00:00:{at:02}.990\n{name}\n{words}\n\n",
    "Teams, as a document": "{name}   0:{at:02}\n{words}\n",
    "Descript": "[00:00:{at:02}] {name}: {words}\n\n",
    "Descript, in bold": "**{name}:** [00:00:{at:02}] {words}\n\n",
    "Teams, long ago": "0:0:{at}.680 --> 0:0:{at}.990\n{last}, {first} (Guest)\n{words}\n\n",
    "an editor of films": "00:00:{at:02}:05 - 00:00:{at:02}:20\n{name}\n{words}\n\n",
    "Zoom": "[{name}] 10:00:{at:02}\n{words}\n\n",
}


def exported(form: str, talk: tuple[tuple[str, str], ...] = TALK) -> str:
    turns = "".join(
        FORMS[form].format(name=name, first=name.split()[0], last=name.split()[-1], words=words, at=7 * at)
        for at, (name, words) in enumerate(talk)
    )
    return f"Mine inquiry\n\nKeywords: mine, gas\nSpeakers: Des Tamm (52%)\n\n{turns}Transcribed by https://otter.ai\n"


@pytest.mark.parametrize("form", FORMS)
def test_each_turn_is_a_line_with_who_speaks_and_when(form: str) -> None:
    title, *turns = turns_told_apart(exported(form)).split("\n\n")
    assert title == "Mine inquiry"
    told = [(line.partition(" (")[0], line.partition("): ")[2].strip()) for line in turns]
    assert told == [(name, words.replace("\n", " ")) for name, words in TALK]


def test_speakers_without_a_name_are_numbered_as_they_are() -> None:
    talk = tuple((f"Speaker {1 + at % 2}", words) for at, (_, words) in enumerate(TALK))
    assert turns_told_apart(exported("Otter", talk)).count("\n\nSpeaker 2 (") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Programme\n\nBreakfast 8:00\nEggs and toast.\n\nLunch 12:30\nSoup.\n\nDinner 18:00\nFish.\n",
        "Scorers\n\nBell 12:10\nHask 33:05\nBell 80:41\n",
        "Mara Quill (00:07): We knew.\n\nThe inquiry heard on Monday that the mine was never safe.\n",
        "Timeline\n\n[10:15] The alarm rang.\n\n[10:20] The crew came.\n\n[10:05] The gas was found.\n",
        "Reaction\n\nMara Quill: We knew.\n\nDes Tamm: We did not.\n\nMara Quill: Ask them.\n",
        "Laps\n\nMara Quill 3:15\nshe ran well\n\nDes Tamm 3:10\nso did he\n\nMara Quill 3:05\nbetter still\n",
    ],
)
def test_what_is_no_transcript_for_certain_stays_as_it_is(text: str) -> None:
    assert turns_told_apart(text) == text
