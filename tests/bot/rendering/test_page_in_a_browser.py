"""The page of a library in a real browser, with no server and no network: what it shows, finds and refuses to run."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.rendering.exports import exported
from tests.bot.discord_side.shelf import FakeShelf, one_statement, seed_shelf

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")


def opened(page: str, folder: Path, chosen: str = "") -> str:
    """The page as the browser has it once its script has run, opened from a file with this behind the “#”."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    given = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    off = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]
    ending = ["--virtual-time-budget=2000", "--dump-dom", f"{file.as_uri()}#{chosen}"]
    return subprocess.run([str(BROWSER), *given, *off, *ending], check=True, capture_output=True, text=True).stdout


def shown(dom: str) -> list[str]:
    """The statements that are not hidden."""
    return [found for found in re.findall(r"<article ([^>]*)>", dom) if "hidden" not in found]


def pages(shelf: FakeShelf) -> str:
    return exported(shelf.statements(), shelf, "html")


def test_everything_is_shown_until_something_is_chosen(tmp_path: Path) -> None:
    shelf = seed_shelf()
    dom = opened(pages(shelf), tmp_path)
    assert len(shown(dom)) == len(shelf.statements())
    assert f">{len(shelf.statements())} of {len(shelf.statements())}</output>" in dom
    assert '<div id="search">' in dom


def test_words_speaker_and_month_narrow_it_and_a_story_without_any_goes_too(tmp_path: Path) -> None:
    shelf = seed_shelf()
    ryan = [said for said in shelf.statements() if said.speaker == "paul-ryan"]
    page = pages(shelf)
    dom = opened(page, tmp_path, "speaker=paul-ryan&words=ONGOING+probe&month=2017-03")
    assert len(shown(dom)) == 1 < len(ryan)
    assert re.search(r'data-value="paul-ryan" aria-pressed="true"', dom)
    assert "<section hidden" in opened(page, tmp_path, "month=1999-01")


def test_a_month_that_was_chosen_is_seen_however_many_there_are(tmp_path: Path) -> None:
    shelf = one_statement("“Nobody expected the rain.”")
    days = [date(2001 + at // 12, 1 + at % 12, 1) for at in range(60)]
    shelf = replace(
        shelf,
        stories=tuple(replace(shelf.stories[0], id=f"at-{day}", date=day) for day in days),
        held=tuple(replace(shelf.held[0], story=f"at-{day}") for day in days),
    )
    seen = """<script>{
const [bar, month] = ["#timeline", '[data-value="2005-11"]']
  .map((one) => document.querySelector(one).getBoundingClientRect());
document.title = `${scrollY === 0 && bar.left < month.left && month.right < bar.right}`;
}</script></body>"""
    page = _without_policy(pages(shelf)).replace("</body>", seen)
    assert "<title>true</title>" in opened(page, tmp_path, "month=2005-11")
    assert "<title>false</title>" in opened(page, tmp_path)


def test_typing_and_pressing_do_the_same_and_are_kept_in_the_address(tmp_path: Path) -> None:
    shelf = seed_shelf()
    typed = """<script>{
const box = document.querySelector("#words");
box.value = "above the law";
box.dispatchEvent(new Event("input"));
document.querySelector('[data-value="2017-03"]').click();
document.title = location.hash;
}</script></body>"""
    dom = opened(_without_policy(pages(shelf)).replace("</body>", typed), tmp_path)
    assert "<title>#words=above+the+law&amp;month=2017-03</title>" in dom
    assert len(shown(dom)) == 2  # the words themselves, and what was said beside them in their paragraph


def test_a_hostile_story_runs_nothing_and_even_a_script_that_got_in_would_not_run(tmp_path: Path) -> None:
    bad = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    shelf = one_statement(f"“Nobody {bad} expected the rain.”")
    shelf = replace(shelf, stories=(replace(shelf.stories[0], title=bad, source=bad, date=date(2020, 1, 2)),))
    assert "<title>On Record</title>" in opened(pages(shelf), tmp_path)
    put_in = pages(shelf).replace("</body>", f"{bad}</body>")
    assert "<title>On Record</title>" in opened(put_in, tmp_path)
    assert "<title>run</title>" in opened(_without_policy(put_in), tmp_path)


def _without_policy(page: str) -> str:
    """The page without what forbids other scripts, so that a test can have one."""
    return re.sub(r"<meta http-equiv=[^>]*>", "", page)
