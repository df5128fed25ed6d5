"""Characters that act where a text is shown: those that control a terminal, and those that turn the writing round."""

BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ACTIVE = frozenset({*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *map(ord, BIDIRECTIONAL)})


def in_signs(text: str) -> str:
    """The text with each control character but tabs and line feeds replaced by a sign for it, code point for code
    point."""
    signs = {code: _sign(code) for code in set(map(ord, text)) if code in _ACTIVE or 0xD800 <= code <= 0xDFFF}
    return text.translate(signs) if signs else text


def _sign(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"
