"""The parser is the published one, or is refused: what it finds decides whose words are whose."""

import shutil
from pathlib import Path

import pytest

from index.errors import ParserUnusable
from index.statements.parsing import PIPELINE_SHA256, Parser, packaged_pipeline, pipeline_digest, quietened


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


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("FAY LUND said so.\nJOHN R. REYES, the mayor, left.", "Fay Lund said so.\nJohn R. Reyes, the mayor, left."),
        ("FCA US said so. FAY LUND said so.", "FCA US said so. FAY LUND said so."),
        ("FAY LUND: No.\nTOWN HALL\nNEW YORK (AP) — Rain.", "FAY LUND: No.\nTOWN HALL\nNEW YORK (AP) — Rain."),
    ],
)
def test_a_shouted_name_that_opens_a_paragraph_is_parsed_as_a_name(text: str, quiet: str) -> None:
    assert quietened(text) == quiet
    parsed = Parser.load().parse(text)
    assert parsed.text == text
    if quiet != text:
        assert parsed[0].ent_type_ == parsed[1].ent_type_ == "PERSON"
