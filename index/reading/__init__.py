"""Bytes, pages, lines and folders to Stories, whose text is exactly what came in."""

from index.reading.addresses import cleaned_url, judge_url
from index.reading.days import parse_date
from index.reading.feeds import is_feed
from index.reading.header import about_spans
from index.reading.jsonl import Report, read_lines
from index.reading.sources import Fetched, Fetcher, Reader, read_source
from index.reading.text import name_id, read_text, text_id

__all__ = [
    "Fetched", "Fetcher", "Reader", "Report", "about_spans", "cleaned_url", "is_feed", "judge_url", "name_id",
    "parse_date", "read_lines", "read_source", "read_text", "text_id",
]  # fmt: skip
