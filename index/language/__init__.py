"""What is known of English: its words, where its sentences end, its calendar. The lists stand in `en/`."""

from index.language.given_names import HE, IT, SHE, THEY, gender_of, is_given_name, word_set
from index.language.lists import ordered_in, words_in
from index.language.sentences import sentence_spans
from index.language.words import EMPTY_WORDS, plain_words, stem_of, stems_of, words_of

__all__ = [
    "EMPTY_WORDS", "HE", "IT", "SHE", "THEY", "gender_of", "is_given_name", "ordered_in", "plain_words",
    "sentence_spans", "stem_of", "stems_of", "word_set", "words_in", "words_of",
]  # fmt: skip
