"""Questions of fact: the passages that say it, and the words in them that answer, or that no story says it."""

from bot.answering import abstaining
from bot.answering.desk import Desk
from bot.answering.matching import Wording
from bot.answering.text import around, joined
from bot.answers import Answer, Result
from index.story import Hit, Span


def find_fact(desk: Desk, words: str) -> Result:
    """The evidence for some words within scope, or a refusal with the nearest passages."""
    hits = desk.searching(joined((desk.context, words)) if desk.context else words)
    if not hits:
        return abstaining.not_in_story(desk)
    if _answerable(desk, words, hits) < desk.limits.answerable:
        return abstaining.not_in_story(desk, passages=hits)
    return Answer(desk.question, "fact", passages=hits)


def _answerable(desk: Desk, words: str, hits: tuple[Hit, ...]) -> float:
    """A rough chance that the passages answer, by the share of the rarer words that the best three hold together."""
    texts = {hit.passage.story: desk.shelf.story(hit.passage.story).text for hit in hits[:3]}
    wording = Wording(words, texts)
    best = 0.0
    for hit in hits[:3]:
        text = texts[hit.passage.story]
        whole = around(text, Span(hit.passage.span.start, hit.passage.span.end), limit=300)
        best = max(best, wording.share(whole.of(text)))
    return best
