"""The rules about words: what is looked up is what spaCy's own attribute ruler says."""

import numpy as np
import pytest

from index.statements.extraction import Attributor
from index.statements.parsing import Parser

_SAID: list[int | str] = ["TAG", "POS", "DEP", "HEAD", "ENT_TYPE", "SENT_START"]
_TEXTS = (
    "There is nothing that he did, and there were no others.\n\nShe does not have it; she has gone, though it's late.",
    "“I ain't gonna say,” Bell said. Y'all got ta let's go, c'm on!\n \n\tThat which was said is what I'd have done.",
    "They had had to be told so because, since then, being here well once, this one that you knew doesn't do.",
    "THE MAYOR WOULDN'T, CAN'T AND SHA N'T RESIGN. But what does that or these say to those who've been?",
    "",
    " \n ",
)


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
