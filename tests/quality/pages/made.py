"""The values of the labelled set: a story, and a page made of it with what must be read from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  a field is called date, and hides it
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A story as its outlet has it."""

    title: str
    outlet: str
    host: str
    at: datetime
    author: str
    section: str
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address that its outlet gives it."""
        words = "".join(c if c.isalnum() else "-" for c in self.title.casefold()).strip("-")
        return f"https://{self.host}/{self.section.casefold()}/{'-'.join(filter(None, words.split('-')))[:60]}"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page, and what must be read from it; None where the page does not say."""

    name: str
    raw: bytes
    text: tuple[str, ...]
    title: str
    outlet: str | None
    date: Date | None
    author: str | None
    url: str | None
    cut: bool = False
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a template makes of a story: its head and body, and where the label differs from the story's own facts."""

    html: str
    text: tuple[str, ...]
    cut: bool = False
    date: Date | None = None
    author: str | None = None
    dated: bool = True
    signed: bool = True
    placed: bool = True
    encoding: str = "utf-8"


Template = Callable[[Made], Shape]


def labelled(template: Template, story: Made) -> Labelled:
    """The page that a template makes of a story, with its label."""
    shape = template(story)
    return Labelled(
        name=f"{template.__name__}/{story.host}",
        raw=shape.html.encode(shape.encoding),
        text=shape.text,
        title=story.title,
        outlet=story.outlet,
        date=(shape.date or story.at.date()) if shape.dated else None,
        author=(shape.author or story.author) if shape.signed else None,
        url=story.url if shape.placed else None,
        cut=shape.cut,
    )
