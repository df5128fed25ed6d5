"""Which language a message is in, as far as its letters or its smallest words tell, and a line in it.

English alone is read. Whoever writes another language is told so in that language, and is not told that the stories do
not say it.
"""

from __future__ import annotations

from collections.abc import Mapping

_SURELY, _MOSTLY = 3, 0.6  # of its small words, and the share of all words, that leave no doubt
_LEAST = 2  # of a language's small words that a message has to have, or all the words of a short one
_SMALL: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "de": "der die das was wer hat ist nicht und sagt gesagt über wann warum wie ein eine von zu den dem",
        "fr": "le la les qui que quoi dit est pas et sur quand pourquoi comment un une des du de il elle a-t-il au",
        "es": "el la los las qué quién dijo es no y sobre cuándo por cómo un una de del que ha dicho",
        "it": "il lo la gli che chi cosa ha detto è non e su quando perché come un una di del della",
        "pt": "o a os as que quem disse é não e sobre quando por como um uma de do da foi",
        "nl": "de het een wat wie heeft is niet en over wanneer waarom hoe van gezegd zei zegt te",
        "pl": "co kto powiedział powiedziała jest nie i o kiedy dlaczego jak w na się do czy to",
        "tr": "ne kim dedi mi ve hakkında zaman neden nasıl bir bu ile için söyledi",
        "sv": "vad vem sa är inte och om när varför hur en ett av det som har sagt",
    }.items()
}
_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"), ("he", "\u0590", "\u05ff"), ("el", "\u0370", "\u03ff"),
    ("ja", "\u3040", "\u30ff"), ("ko", "\uac00", "\ud7af"), ("zh", "\u4e00", "\u9fff"), ("hi", "\u0900", "\u097f"),
)  # fmt: skip
"""Each with the first and the last of its letters."""
_LINES: Mapping[str, str] = {
    "de": "Ich lese nur Englisch. Bitte stelle die Frage auf Englisch.",
    "fr": "Je ne lis que l’anglais. Posez votre question en anglais, s’il vous plaît.",
    "es": "Solo leo inglés. Por favor, haz la pregunta en inglés.",
    "it": "Leggo solo l’inglese. Per favore, fai la domanda in inglese.",
    "pt": "Só leio inglês. Por favor, faça a pergunta em inglês.",
    "nl": "Ik lees alleen Engels. Stel de vraag alstublieft in het Engels.",
    "pl": "Czytam tylko po angielsku. Proszę zadać pytanie po angielsku.",
    "tr": "Yalnızca İngilizce okuyorum. Lütfen soruyu İngilizce sorun.",
    "sv": "Jag läser bara engelska. Ställ frågan på engelska, tack.",
    "ru": "Я читаю только по-английски. Пожалуйста, задайте вопрос на английском.",
    "ar": "أقرأ الإنجليزية فقط. من فضلك اطرح السؤال بالإنجليزية.",
    "he": "אני קורא רק אנגלית. נא לשאול באנגלית.",
    "el": "Διαβάζω μόνο αγγλικά. Παρακαλώ κάντε την ερώτηση στα αγγλικά.",
    "ja": "英語しか読めません。英語で質問してください。",
    "ko": "영어만 읽을 수 있습니다. 영어로 질문해 주세요.",
    "zh": "我只能读英文。请用英文提问。",
    "hi": "मैं केवल अंग्रेज़ी पढ़ता हूँ। कृपया अंग्रेज़ी में पूछें।",
}
ENGLISH_ONLY = "Only English is read here. Please ask in English."


def language_of(message: str) -> str | None:
    """The code of the language that a message seems to be in, None where nothing tells."""
    words = _words(message)
    letters = sum(map(len, words))
    for code, first, last in () if message.isascii() else _SCRIPTS:
        if sum(first <= sign <= last for sign in message) * 2 > letters:
            return code
    counts = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= min(_LEAST, max(1, len(words) // 2)) else None


def is_foreign(message: str) -> bool:
    """Whether a message is surely not English: another script, or mostly another language's small words."""
    language = language_of(message)
    if language is None:
        return False
    words = _words(message)
    own = sum(word in _SMALL.get(language, frozenset()) for word in words)
    return language not in _SMALL or (own >= _SURELY and own >= _MOSTLY * len(words))


def _words(message: str) -> list[str]:
    return "".join(sign if sign.isalnum() or sign == "_" else " " for sign in message.casefold()).split()


def english_only(message: str) -> str:
    """That only English is read, in the language of a message, or else in English."""
    return _LINES.get(language_of(message) or "", ENGLISH_ONLY)
