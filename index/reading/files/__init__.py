"""Files that are no plain text and no page: PDF, Word documents, mail, captions; each read by one function."""

from index.reading.files.kinds import FILE_SUFFIXES, is_readable, kind_of, read_document

__all__ = ["FILE_SUFFIXES", "is_readable", "kind_of", "read_document"]
