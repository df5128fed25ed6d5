"""Messages as the HTML that Discord would make of them, one below the other, each with a line of its own under it."""

import base64
import html
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from tests.bot.discord_side.gateway import Json
from tests.pictures.markdown import html_of
from tests.pictures.scenes import Shown

EDGE = (255, 0, 254)
"""The colour of the line below each message, once all of them are drawn."""
BESIDE = 104
"""Pixels of a message's width that its words do not have: the face beside them, and the margins."""
_STYLE = """
body { margin: 0; background: #313338; }
* { font-family: "gg sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif !important; }
code { font-family: "Liberation Mono", monospace !important; font-size: 0.85em; background: #1e1f22; padding: 0 3px;
  border-radius: 3px; }
.discord-embed .discord-embed-wrapper { background: #2b2d31; }
discord-messages { border: 0 !important; padding: 6px 0 10px 0 !important; background: #313338 !important; }
.small { font-size: 0.8125rem; line-height: 1.125rem; color: #949ba4; margin-top: 3px; }
.item { display: list-item; list-style: disc; margin-left: 1.4rem; }
.gap { height: 0.7rem; }
.command { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px; }
.menu { background: #1e1f22; border-radius: 4px; padding: 9px 12px; margin-top: 8px; width: 400px; max-width: 90%;
  box-sizing: border-box; color: #dbdee1; font-size: 14px; display: flex; justify-content: space-between; }
.file { background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px; padding: 12px; margin-top: 6px;
  width: 300px; max-width: 90%; box-sizing: border-box; color: #00a8fc; }
.drawn { max-width: min(400px, 92%); border-radius: 8px; margin-top: 6px; display: block; }
.form { background: #313338; border: 1px solid #4e5058; border-radius: 8px; margin: 12px; padding: 16px;
  max-width: 420px; color: #dbdee1; font-size: 14px; }
.form b { display: block; font-size: 18px; margin-bottom: 8px; }
.form label { display: block; margin-top: 12px; font-weight: 600; }
.form .hint { color: #949ba4; font-size: 12px; font-weight: 400; }
.form .field { background: #1e1f22; border-radius: 4px; min-height: 20px; padding: 8px; margin-top: 4px;
  white-space: pre-wrap; }
.menu, .file, .drawn, discord-action-row { max-width: min(400px, var(--beside)) !important; }
discord-action-row { max-width: var(--beside) !important; }
discord-quote { margin: 2px 0; }
discord-action-row { flex-wrap: wrap !important; }
.discord-button { white-space: nowrap; }
.edge { height: 2px; }
.ready .edge { background: rgb(255, 0, 254); }
"""
_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "destructive"}
_BUTTON, _FORM_LABEL, _FORM_FILE = 2, 18, 19


def page_html(shown: Sequence[Shown], width: int) -> str:
    """A page with the messages, and a line of a colour of its own below each, which comes once all is drawn.

    The width is the page's own, since a browser's window has 500 pixels at least.
    """
    parts = "".join(f'{_one(one)}<div class="edge"></div>' for one in shown)
    return f"""<!doctype html><html><head><meta charset="utf-8"><style>{_STYLE}</style>
<script type="module" src="/core/dist/derockdev-discord-components-core/derockdev-discord-components-core.esm.js">
</script></head><body style="width: {width}px; --beside: {width - BESIDE}px">{parts}
<script>setInterval(() => {{
  if ([...document.querySelectorAll("discord-messages, discord-message")].every((one) => one.matches(".hydrated")))
    document.body.className = "ready";
}}, 200);</script></body></html>"""


def _one(shown: Shown) -> str:
    if "title" in shown.said:
        return _form(shown.said)
    said = shown.said
    inner = _above(shown.above) + html_of(said.get("content") or "")
    inner += "".join(_embed(one) for one in said.get("embeds", ())) + _beside(shown)
    message = _tag("discord-message", inner, **_BOT)
    return f"<discord-messages>{message}</discord-messages>"


def _above(written: str) -> str:
    """What the message answers: a command, or words."""
    if not written or written.startswith("("):
        return ""
    if written.startswith("/"):
        return _tag("discord-command", "", slot="reply", command=written, **_ASKER)
    return _tag("discord-reply", html.escape(written), slot="reply", **_ASKER)


def _embed(embed: Json) -> str:
    author = {"author_name": embed["author"]["name"]} if embed.get("author") else {}
    words = _tag("discord-embed-description", html_of(embed.get("description") or ""), slot="description")
    below = embed.get("footer")
    footer = _tag("discord-embed-footer", html.escape(below["text"]), slot="footer") if below else ""
    return _tag("discord-embed", words + footer, slot="embeds", color=f"#{embed.get('color', 0):06x}", **author)


def _beside(shown: Shown) -> str:
    """What stands under the words: files, pictures, and rows of menus and buttons as they were sent."""
    drawn = "".join(f'<img class="drawn" src="{_address("image/png", one)}">' for one in shown.pictures)
    files = "".join(f'<div class="file">{html.escape(one)}</div>' for one in shown.files)
    rows = "".join(_row(row["components"]) for row in shown.said.get("components") or ())
    only = '<div class="small">Only you can see this</div>' if shown.private else ""
    below = f"{files}{drawn}{rows}{only}"
    return _tag("discord-attachments", below, slot="components") if below else ""


def _row(parts: Sequence[Json]) -> str:
    if all(one["type"] == _BUTTON for one in parts):
        return _tag("discord-action-row", "".join(map(_button, parts)))
    return "".join(f'<div class="menu"><span>{html.escape(_chosen(one))}</span><span>⌄</span></div>' for one in parts)


def _button(one: Json) -> str:
    return _tag("discord-button", html.escape(one["label"]), type=_STYLES.get(one["style"], "secondary"))


def _chosen(menu: Json) -> str:
    """What a menu shows while it is closed."""
    chosen = [option["label"] for option in menu.get("options", ()) if option.get("default")]
    return ", ".join(chosen) or menu.get("placeholder") or ""


def _form(form: Json) -> str:
    """A form that is filled in, with what stands in it."""
    fields = ""
    for row in form["components"]:
        part = row["component"] if row["type"] == _FORM_LABEL else row["components"][0]
        hint = f'<div class="hint">{html.escape(row.get("description") or "")}</div>'
        inside = "Drop a file here" if part["type"] == _FORM_FILE else part.get("value") or ""
        label = html.escape(row.get("label") or part.get("label") or "")
        fields += f'<label>{label}{hint}</label><div class="field">{html.escape(inside)}</div>'
    return f'<div class="form"><b>{html.escape(form["title"])}</b>{fields}</div>'


def _tag(name: str, inner: str, **attributes: str) -> str:
    given = "".join(f' {key.replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{inner}</{name}>"


def _face(letter_shown: str, colour: str) -> str:
    """A round picture of one letter, as an address."""
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="{colour}"/>'
        f'<text x="20" y="27" font-family="sans-serif" font-size="20" fill="#fff" text-anchor="middle">{letter_shown}'
        "</text></svg>"
    )
    return f"data:image/svg+xml,{quote(drawn)}"


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


_WRITTEN = datetime(2026, 11, 23, 18, 30, tzinfo=UTC).isoformat()[:19]
_ASKER = {"author": "Ann", "avatar": _face("A", "#a86b3c"), "role_color": "#e0a96d", "timestamp": _WRITTEN}
_BOT = {
    "author": "On Record",
    "avatar": _face("“", "#2f6690"),
    "bot": "",
    "role_color": "#8fb8de",
    "timestamp": _WRITTEN,
}
