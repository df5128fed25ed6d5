"""How much of anything strangers give is taken, in one table, each bound with its unit and where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one story, and the work on it, may cost at most. Those of a whole library are the Discord side's limits."""

    story_chars: int = 200_000
    """Code points of one story's text: the longest transcripts of debates have 110,000, a novel 500,000."""
    title_chars: int = 500
    """Code points of a title: the longest of 6,000 real ones has 318. A longer one is cut short."""
    page_links: int = 1_000
    """Links of a page that stay links: a long one has some hundreds, and choosing the text takes their square."""
    page_tags: int = 200_000
    """Tags of a page: long ones have some ten thousand, and each takes a kilobyte of a parser's memory."""
    tag_attributes: int = 200
    """Attributes of one tag: real ones have some twenty."""
    passage_chars: int = 30
    """Code points of the shortest passages in a text of very many lines: with `story_chars`, what bounds how many."""
    work_cpu_s: int = 60
    """Seconds of a processor for reading one story, or finding its statements: a long report takes one or two."""
    work_wall_s: float = 240.0
    """Seconds by the clock for the same: four times as long, since others may keep the processors busy."""
    work_bytes: int = 1_000_000_000
    """Bytes of memory of a process that works, its models included: they take a third of it."""
    reading_at_once: int = 2
    """Processes that read pages and files; a page takes a tenth of a second."""
    finding_at_once: int = 2
    """Processes that find statements, a third of a gigabyte each; one story's overrun leaves the other for the rest."""
    idle_s: float = 30.0
    """Seconds without work after which such a process ends and gives its memory back; starting one takes three."""
    queue_s: float = 840.0
    """Seconds that a piece of work waits for its turn at most; an interaction stays open for 900."""
    result_bytes: int = 256_000_000
    """Bytes of one result that is taken from such a process: a story of the longest kind has a few million."""


BOUNDS = Bounds()
