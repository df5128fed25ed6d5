"""Web pages to Stories: the story's own blocks, and the facts that the page gives about it."""

from index.reading.pages.reading import address_id, read_page

__all__ = ["address_id", "read_page"]
