"""The part of Discord's markdown that the bot writes, as the HTML that Discord would make of it."""

import html
import re

_INLINE = re.compile(
    r"\\(?P<escaped>[^\w\s])|\*\*(?P<bold>(?:\\.|[^\\*])+)\*\*|~~(?P<gone>(?:\\.|[^\\~])+)~~|\*(?P<italic>(?:\\.|[^\\*])+)\*"
    r"|`(?P<code>[^`]+)`|</(?P<command>[a-z ]+):\d+>|<#(?P<channel>\d+)>"
    r"|\[(?P<text>(?:\\.|[^\\\]])+)\]\(<(?P<address>[^>]+)>\)"
)
_KINDS = {"> ": "quote", "-# ": "small", "- ": "item", "": "text"}
"""How a line begins, and what that makes of it."""


def html_of(markdown: str) -> str:
    """Markdown of a page as HTML: paragraphs, bars beside quotations, small lines, bold, italics and links."""
    return "".join(_block(block) for block in _blocks(markdown))


def _blocks(markdown: str) -> list[tuple[str, list[str]]]:
    blocks: list[tuple[str, list[str]]] = []
    for line in markdown.split("\n"):
        begins = next((one for one in _KINDS if line.startswith(one)), "")
        kind, words = _KINDS[begins] if begins or line else "gap", line[len(begins) :]
        if blocks and blocks[-1][0] == kind and kind not in ("small", "item"):
            blocks[-1][1].append(words)
        else:
            blocks.append((kind, [words]))
    return blocks


def _block(block: tuple[str, list[str]]) -> str:
    kind, lines = block
    inner = "<br>".join(_inline(line) for line in lines)
    match kind:
        case "quote":
            return f"<discord-quote>{inner}</discord-quote>"
        case "small":
            return f'<div class="small">{inner}</div>'
        case "item":
            return f'<div class="item">{inner}</div>'
        case "gap":
            return '<div class="gap"></div>'
    return f"<div>{inner}</div>"


def _inline(text: str) -> str:
    made, at = "", 0
    for found in _INLINE.finditer(text):
        made += html.escape(text[at : found.start()])
        at = found.end()
        if found["escaped"]:
            made += html.escape(found["escaped"])
        elif found["bold"]:
            made += f"<strong>{_inline(found['bold'])}</strong>"
        elif found["gone"]:
            made += f"<s>{_inline(found['gone'])}</s>"
        elif found["command"]:
            made += f'<span class="command">/{found["command"]}</span>'
        elif found["channel"]:
            made += '<span class="command"># news</span>'
        elif found["code"]:
            made += f"<code>{html.escape(found['code'])}</code>"
        elif found["italic"]:
            made += f"<em>{_inline(found['italic'])}</em>"
        else:
            made += f'<a href="{html.escape(found["address"])}">{_inline(found["text"])}</a>'
    return made + html.escape(text[at:])
