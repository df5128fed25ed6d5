"""Characters that act where a text is shown: those that control a terminal, and those that turn the writing round."""

import re

BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ACTIVE = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(BIDIRECTIONAL)}]")


def in_signs(text: str) -> str:
    """The text with each control character but tabs and line feeds replaced by a sign for it, code point for code
    point."""
    return _ACTIVE.sub(lambda found: _sign(ord(found.group())), text)


def _sign(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"
