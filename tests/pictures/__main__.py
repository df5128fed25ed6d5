"""Makes the pictures of the README: the bot's real replies, drawn as Discord would draw them.

`python -m tests.pictures` writes the README's into this folder, `python -m tests.pictures FOLDER` every reply into
another, at the width of a desktop and of a phone. It needs npm and Chromium on the path, and fetches the npm package
@derockdev/discord-components-core into a temporary folder.
"""

import asyncio
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import quote

import discord

from bot.discord_side.replies.sender import COLOURS
from bot.rendering.discord_letter import Letter
from tests.pictures.markdown import html_of
from tests.pictures.scenes import BEST, SCENES, Pressed, Scene, Shown, shown_in

COMPONENTS = "@derockdev/discord-components-core@3.6.1"
DESKTOP, PHONE = 720, 400
SCALE = 1.25
TRIES = 5
STYLES = {
    discord.ButtonStyle.primary: "primary",
    discord.ButtonStyle.secondary: "secondary",
    discord.ButtonStyle.danger: "destructive",
}
_STYLE = """
body { margin: 0; background: #313338; }
* { font-family: "gg sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif !important; }
code { font-family: "Liberation Mono", monospace !important; font-size: 0.85em; background: #1e1f22; padding: 0 3px;
  border-radius: 3px; }
.discord-embed .discord-embed-wrapper { background: #2b2d31; }
discord-messages { border: 0 !important; padding: 6px 0 14px 0 !important; background: #313338 !important; }
.small { font-size: 0.8125rem; line-height: 1.125rem; color: #949ba4; margin-top: 3px; }
.gap { height: 0.7rem; }
.menu { background: #1e1f22; border-radius: 4px; padding: 9px 12px; margin-top: 8px; width: 400px; max-width: 90%;
  box-sizing: border-box; color: #dbdee1;
  font-size: 14px; display: flex; justify-content: space-between; }
.file { background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px; padding: 12px; margin-top: 6px;
  width: 300px; max-width: 90%; color: #00a8fc; }
discord-quote { margin: 2px 0; }
discord-action-row { flex-wrap: wrap !important; }
.discord-button { white-space: nowrap; }
"""


def page_html(scene: Scene, shown: Shown) -> str:
    """A page with the scene's messages: what was written, and the reply under it."""
    inner = _above(scene) + _words(shown.letter) + _beside(shown)
    reply = _tag("discord-message", inner, **_BOT)
    asked = _tag("discord-mention", "On Record") + f" {html.escape(scene.asked)}"
    first = "" if scene.command else _tag("discord-message", asked, **_ASKER)
    return f"""<!doctype html><html><head><meta charset="utf-8"><style>{_STYLE}</style>
<script type="module" src="/core/dist/derockdev-discord-components-core/derockdev-discord-components-core.esm.js">
</script></head><body><discord-messages>{first}{reply}</discord-messages>
<script>setInterval(() => {{
  if ([...document.querySelectorAll("discord-messages, discord-message")].every((one) => one.matches(".hydrated")))
    document.title = "height " + Math.ceil(document.querySelector("discord-messages").getBoundingClientRect().height);
}}, 200);</script></body></html>"""


def _above(scene: Scene) -> str:
    if scene.command:
        return _tag("discord-command", "", slot="reply", command=scene.command, **_ASKER)
    return _tag("discord-reply", html.escape(f"@On Record {scene.asked}"), slot="reply", **_ASKER)


def _words(shown: Letter) -> str:
    """The words: as they stand where they are a sentence, else in a box of the reply's colour."""
    if not shown.tone:
        return html_of(shown.body)
    author = {"author_name": shown.question} if shown.question else {}
    words = _tag("discord-embed-description", html_of(shown.body), slot="description")
    footer = _tag("discord-embed-footer", html.escape(shown.footer), slot="footer") if shown.footer else ""
    return _tag("discord-embed", words + footer, slot="embeds", color=f"#{COLOURS[shown.tone]:06x}", **author)


def _beside(shown: Shown) -> str:
    """What stands under the words: a file, menus, and rows of buttons."""
    file = f'<div class="file">{html.escape(shown.file)}</div>' if shown.file else ""
    menus = "".join(f'<div class="menu"><span>{html.escape(one)}</span><span>⌄</span></div>' for one in shown.menus)
    rows = "".join(_tag("discord-action-row", "".join(map(_button, row))) for row in shown.rows)
    below = f"{file}{menus}{rows}"
    return _tag("discord-attachments", below, slot="components") if below else ""


def _button(one: Pressed) -> str:
    return _tag("discord-button", html.escape(one.label), type=STYLES.get(one.style, "secondary"))


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


_WRITTEN = "2026-11-23T18:30:00"
_ASKER = {"author": "Ann", "avatar": _face("A", "#a86b3c"), "role_color": "#e0a96d", "timestamp": _WRITTEN}
_BOT = {
    "author": "On Record",
    "avatar": _face("“", "#2f6690"),
    "bot": "",
    "role_color": "#8fb8de",
    "timestamp": _WRITTEN,
}


def draw(folder: Path, pages: dict[str, str], widths: dict[str, int]) -> None:
    """Writes a PNG for each page of HTML and each width into the folder, named after both."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    npm = shutil.which("npm")
    if not browser or not npm:
        sys.exit("The pictures need npm and Chromium (apt-get install npm chromium).")
    with TemporaryDirectory() as work:
        fetch = [npm, "install", "--silent", "--prefix", work, "--no-audit", "--no-fund", COMPONENTS]
        subprocess.run(fetch, check=True, stdout=subprocess.DEVNULL)
        shutil.move(f"{work}/node_modules/@derockdev/discord-components-core", f"{work}/core")
        for name, page in pages.items():
            Path(work, f"{name}.html").write_text(page, encoding="utf-8")
        with _served(Path(work)) as address:
            for name in pages:
                for ending, width in widths.items():
                    _shoot(browser, f"{address}/{name}.html", folder / f"{name}{ending}.png", width)


def _shoot(browser: str, address: str, picture: Path, width: int) -> None:
    """Draws a page as high as it is, which it says in its title once all of it is drawn."""

    def run(*options: str) -> str:
        given = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *options]
        done = subprocess.run(
            [*given, "--virtual-time-budget=9000", address], check=True, capture_output=True, text=True
        )
        return done.stdout

    for _ in range(TRIES):
        if found := re.search(r"<title>height (\d+)</title>", run("--dump-dom", f"--window-size={width},1200")):
            size = f"--window-size={width},{found.group(1)}"
            run(f"--screenshot={picture}", size, f"--force-device-scale-factor={SCALE}")
            return
    sys.exit(f"{address} was not drawn in {TRIES} tries.")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def main() -> None:
    """Makes the README's pictures anew, or all of them into a folder."""
    everything = len(sys.argv) > 1
    folder = Path(sys.argv[1]) if everything else Path(__file__).parent
    scenes = SCENES if everything else tuple(scene for scene in SCENES if scene.name in BEST)
    shown = asyncio.run(shown_in(scenes))
    pages = {scene.name: page_html(scene, reply) for scene, reply in zip(scenes, shown, strict=True)}
    draw(folder, pages, {"": DESKTOP, "-phone": PHONE} if everything else {"": DESKTOP})


if __name__ == "__main__":
    main()
