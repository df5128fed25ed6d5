"""The labelled pages, by the set that they belong to."""

from collections.abc import Callable, Mapping

from tests.quality.pages.kept import KEPT
from tests.quality.pages.later import LATER
from tests.quality.pages.made import Labelled
from tests.quality.pages.scoring import pages_of
from tests.quality.pages.stories import STORIES
from tests.quality.pages.templates import TEMPLATES
from tests.quality.pages.unseen import ELSEWHERE, UNSEEN

SETS: Mapping[str, Callable[[], list[Labelled]]] = {
    "built on": lambda: list(pages_of(TEMPLATES)),
    "kept": lambda: list(pages_of(KEPT)),
    "later": lambda: list(pages_of(LATER)),
    "unseen": lambda: list(pages_of(UNSEEN, (*ELSEWHERE, *STORIES))),
}
"""Those that reading was built on, and three that were each looked at once when it was done, then mended for."""
