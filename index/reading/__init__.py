"""Bytes, pages, lines and folders to Stories, whose text is exactly what came in; and what to warn of in a story."""

from index.reading.addresses import cleaned_url, judge_url
from index.reading.credits import parse_date
from index.reading.feeds import is_feed
from index.reading.header import about_spans
from index.reading.hosts import HostRules, Keeping, host_rules, read_hosts, set_host_rules
from index.reading.jsonl import Report, read_lines
from index.reading.languages import foreign_language
from index.reading.sources import Fetched, Fetcher, Reader, read_source, web_fetcher
from index.reading.text import name_id, read_text, text_id
from index.reading.wholeness import CutOff, cut_of

__all__ = [
    "CutOff", "Fetched", "Fetcher", "HostRules", "Keeping", "Reader", "Report", "about_spans", "cleaned_url", "cut_of",
    "foreign_language", "host_rules", "is_feed", "judge_url", "name_id", "parse_date", "read_hosts", "read_lines",
    "read_source", "read_text", "set_host_rules", "text_id", "web_fetcher",
]  # fmt: skip
