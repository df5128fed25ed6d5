"""Makes the pictures of the README: the bot's real messages, drawn as Discord would draw them.

`python -m tests.pictures` writes the README's into this folder, `python -m tests.pictures FOLDER` all that the bot
shows into another, at the width of a desktop and of a phone. It needs npm and Chromium on the path, and fetches the npm
package @derockdev/discord-components-core into a temporary folder.
"""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from PIL import Image

from tests.pictures.drawing import EDGE, page_html
from tests.pictures.scenes import BEST, Shown, played

COMPONENTS = "@derockdev/discord-components-core@3.6.1"
DESKTOP, PHONE = 720, 400
SCALE = 1.25
TOGETHER = 14
"""Messages drawn at once, one below the other: each start of the browser takes seconds."""
HEIGHT = 12_000
TRIES = 5
COLOURS = 128


def draw(folder: Path, shown: Sequence[Shown], widths: dict[str, int]) -> None:
    """Writes a PNG for each message and each width into the folder, named after both."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    npm = shutil.which("npm")
    if not browser or not npm:
        sys.exit("The pictures need npm and Chromium (apt-get install npm chromium).")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as work:
        fetch = [npm, "install", "--silent", "--prefix", work, "--no-audit", "--no-fund", COMPONENTS]
        subprocess.run(fetch, check=True, stdout=subprocess.DEVNULL)
        shutil.move(f"{work}/node_modules/@derockdev/discord-components-core", f"{work}/core")
        with _served(Path(work)) as address:
            for at in range(0, len(shown), TOGETHER):
                together = shown[at : at + TOGETHER]
                for ending, width in widths.items():
                    Path(work, "page.html").write_text(page_html(together, width), encoding="utf-8")
                    drawn = _shot(browser, f"{address}/page.html", Path(work, "page.png"), width, len(together))
                    for one, image in zip(together, drawn, strict=True):
                        image.quantize(COLOURS, dither=Image.Dither.NONE).save(
                            folder / f"{one.file_name}{ending}.png", optimize=True
                        )


def _shot(browser: str, address: str, picture: Path, width: int, count: int) -> list[Image.Image]:
    """The messages of a page as pictures, once as many are drawn as there are."""
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=9000"]
    options += [
        f"--window-size={max(width, 500)},{HEIGHT}",
        f"--force-device-scale-factor={SCALE}",
        f"--screenshot={picture}",
    ]
    for _ in range(TRIES):
        subprocess.run([browser, *options, address], check=True, capture_output=True)
        with Image.open(picture) as image:
            parts = list(_parted(image.convert("RGB").crop((0, 0, int(width * SCALE), image.height))))
        if len(parts) == count:
            return parts
    sys.exit(f"{address} was not drawn in {TRIES} tries.")


def _parted(image: Image.Image) -> Iterator[Image.Image]:
    """A picture cut at the lines that stand below each message."""
    edges = [y for y in range(image.height) if image.getpixel((0, y)) == EDGE]
    start = 0
    for y in edges:
        if y - 1 not in edges:
            yield image.crop((0, start, image.width, y))
        start = y + 1


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
    shown = asyncio.run(played())
    if len(sys.argv) > 1:
        draw(Path(sys.argv[1]), shown, {"": DESKTOP, "-phone": PHONE})
    else:
        draw(Path(__file__).parent, [one for one in shown if one.file_name in BEST], {"": DESKTOP})


if __name__ == "__main__":
    main()
