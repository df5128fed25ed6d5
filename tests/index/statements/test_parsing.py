"""The parser is the published one, or is refused; and what is looked up of words is what its own rules say."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.errors import ParserUnusable
from index.statements.extraction import Attributor
from index.statements.parsing import (
    LONGEST_PART,
    PIPELINE_SHA256,
    Parser,
    packaged_pipeline,
    pipeline_digest,
    quietened,
)

_SAID: list[int | str] = ["TAG", "POS", "DEP", "HEAD", "ENT_TYPE", "SENT_START"]
_TEXTS = (
    "There is nothing that he did, and there were no others.\n\nShe does not have it; she has gone, though it's late.",
    "“I ain't gonna say,” Bell said. Y'all got ta let's go, c'm on!\n \n\tThat which was said is what I'd have done.",
    "They had had to be told so because, since then, being here well once, this one that you knew doesn't do.",
    "THE MAYOR WOULDN'T, CAN'T AND SHA N'T RESIGN. But what does that or these say to those who've been?",
    "",
    " \n ",
)


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


@pytest.fixture(scope="module")
def parser(whole: Attributor) -> Parser:
    return whole.parser


@pytest.mark.parametrize("text", _TEXTS)
def test_looked_up_rules_say_what_the_ruler_says(parser: Parser, text: str) -> None:
    parsed = parser.language(text)
    ruled = parser.language.get_pipe("attribute_ruler")(parsed.copy())
    for _ in range(2):  # found, then known
        looked_up = parser.rules.follow(parsed.copy())
        assert np.array_equal(looked_up.to_array(_SAID), ruled.to_array(_SAID))


def test_a_parse_has_what_the_rules_say(parser: Parser) -> None:
    told = {token.text: token.pos_ for token in parser.parse("There is a bridge that she would not have crossed.")}
    assert (told["is"], told["would"], told["that"], told["not"]) == ("VERB", "AUX", "PRON", "PART")


def test_a_shouted_name_in_one_part_of_a_long_text_is_parsed_with_the_rest(parser: Parser) -> None:
    text = "FAY LUND said no to the plan.\n" + "The road stays shut.\n" * (LONGEST_PART // 20)
    assert len(text) > LONGEST_PART
    assert parser.parse(text).text == text
