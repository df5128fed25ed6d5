"""Letters that a text writes with several code points, each as one: an "e" with an accent behind it, and the two of
"Ã±", which a wrong encoding made of "ñ". Names are read in this spelling, and every offset stays: a filler takes each
place that falls free.
"""

import re
import unicodedata

FILLER = "\u1e96"
"""A letter for tokenisers and for the parser, which no name of the news has."""
_BROKEN = r"(?:[ÂÃÄÅ]|A[\u0302\u0303\u0308\u030a])[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]?"
_SEVERAL = re.compile(rf"(?:{_BROKEN})+|[^\W\d_][\u0300-\u036f]+")


def in_one_spelling(text: str) -> str:
    """The text with each letter as one code point, as long as it was; as it is where it has the filler itself.

    Of 320 public news stories with chat questions six have names that are broken so, of 2,328 others 21.
    """
    return text if FILLER in text or text.isascii() else _SEVERAL.sub(_mended, text)


def without_fillers(name: str) -> str:
    """The words of a text in one spelling, as they are shown."""
    return name.replace(FILLER, "")


def _mended(found: re.Match[str]) -> str:
    """A letter or more with fillers behind, or what was found where it is no letters."""
    import ftfy  # only where something is amiss

    letters = ftfy.fix_encoding(unicodedata.normalize("NFC", found.group()))
    free = len(found.group()) - len(letters)
    return letters + FILLER * free if letters.isalpha() and free >= 0 else found.group()
