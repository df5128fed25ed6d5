"""Texts that no newspaper would print, made from a seed: the same number always gives the same text."""

from collections.abc import Iterator
from random import Random

_WORDS = (
    "said says told asked called on for according to CNN Ryan Mr. Sen. Lee Ann she he they that whether if not never "
    "reporters statement released the following issued a an of in Monday March 2, 2017 U.S. 9/11 then-Senator "
    "@handle (@handle) #tag https://t.co/x pic.twitter.com/x Q: A: HART: LEE: NOTE: denied declined claim urged"
).split()
_MARKS = "\" “ ” ‘ ’ ' '' `` « » „ ‟ ( ) [ ] — – ― -- - : , . ? ! … ;".split()
_ODD = (
    "🙂 👩‍👩‍👧‍👦 🇺🇸 e\u0301 a\u0308\u0323 \u200b \u200d \ufeff \u202e \u2066 \u2069 שלום مرحبا قال 日本語 ﷺ 𝔘 \x00 "
    "\x1b \ud7ff İ ß ﬁ \u0345 <tweet> </tweet> ½ ٣ \U0010ffff"
).split(" ")
_GAPS = [" "] * 12 + ["", "  ", "\u00a0", "\t", "\u2009"]
_BREAKS = ["\n\n", "\n", "\r\n\r\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", " \n \n "]


def generated_texts(count: int, seed: int) -> Iterator[str]:
    """Short texts of up to some forty words, marks and oddities, about one in three in several paragraphs."""
    for number in range(count):
        yield one_text(Random(seed * 1_000_003 + number))


def one_text(random: Random) -> str:
    """One such text."""
    parts: list[str] = []
    breaking = random.choice((0.0, 0.0, 0.08))
    for _ in range(random.randrange(0, 36)):
        roll = random.random()
        parts.append(random.choice(_WORDS if roll < 0.62 else _MARKS if roll < 0.92 else _ODD))
        parts.append(random.choice(_BREAKS if random.random() < breaking else _GAPS))
    return "".join(parts)
