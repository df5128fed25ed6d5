"""The parser is the published one, or is refused: what it finds decides whose words are whose."""

import shutil
from pathlib import Path

import pytest

from index.errors import ParserUnusable
from index.statements.parsing import PIPELINE_SHA256, packaged_pipeline, pipeline_digest


def test_the_parsers_files_are_the_published_ones() -> None:
    assert pipeline_digest(packaged_pipeline()) == PIPELINE_SHA256


def test_one_other_byte_is_another_parser(tmp_path: Path) -> None:
    copy = tmp_path / "pipeline"
    shutil.copytree(packaged_pipeline(), copy)
    assert pipeline_digest(copy) == PIPELINE_SHA256
    for name in ("tokenizer", "parser/model", "config.cfg"):
        raw = bytearray((copy / name).read_bytes())
        raw[len(raw) // 2] ^= 1
        (copy / name).write_bytes(raw)
        assert pipeline_digest(copy) != PIPELINE_SHA256
        raw[len(raw) // 2] ^= 1
        (copy / name).write_bytes(raw)
    (copy / "vocab" / "more").write_bytes(b"")
    assert pipeline_digest(copy) != PIPELINE_SHA256


def test_another_parser_is_refused_with_a_sentence() -> None:
    with pytest.raises(ParserUnusable, match="not the published ones; install it again"):
        packaged_pipeline(sha256="0" * 64)
