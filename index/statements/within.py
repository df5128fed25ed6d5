"""Who is not meant inside somebody's words, nor by "he" beside them: nobody speaks of themselves as of another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.statements.descriptions import unnamed
from index.statements.findings import Attribution, Overlaps
from index.statements.mentions import phrase_at, tokens_of
from index.statements.people import Somebody
from index.statements.pronouns import HE_SHE
from index.statements.reading_position import ReadingPosition
from index.story import Span

if TYPE_CHECKING:
    from index.statements.words import Layout


@dataclass(frozen=True, slots=True)
class Within:
    """The attributions of a story, and which of their pieces, by number, stand where."""

    position: ReadingPosition
    layout: "Layout"
    attributions: Sequence[Attribution]
    contents: Overlaps[tuple[int, Span]]

    # +.13 on half A of asks/train by one story, 0 on half B, PolNeAR dev and sourcing; narrowed by looking at both
    def tell_pronouns_apart(
        self, found: list[Somebody | None], likely: Iterable[tuple[int, Sequence[Somebody]]]
    ) -> None:
        """Whoever "he" is inside somebody's words is not that somebody, nor does he say words in which he is named: the
        next likely one, or nobody known. `likely` has whom the pronouns may mean, by attribution, likeliest first."""
        for n, some in likely:
            others = [*self._around(n, found), *self._named_in(n)]
            if found[n] is not None and found[n] in others:
                found[n] = next((one for one in some if one not in others), None)

    # moves no figure (PolNeAR dev, sourcing, held-out half of asks/train): kept for what its tests say
    def tell_described_apart(self, found: list[Somebody | None]) -> None:
        """ "The boss" inside somebody's words is not that somebody: no more is known of him."""
        doc = self.position.doc
        for n, attribution in enumerate(self.attributions):
            if found[n] is None or attribution.mention is None or found[n] not in self._around(n, found):
                continue
            phrase = phrase_at(doc, *tokens_of(doc, attribution.mention), self.position.index)
            if phrase is not None and phrase.name is None and doc[phrase.first].lower_ == "the":
                found[n] = unnamed(self.position, phrase)

    def _around(self, n: int, found: Sequence[Somebody | None]) -> list[Somebody | None]:
        """Who says the words that an attribution's speaker is mentioned in."""
        mention = self.attributions[n].mention
        if mention is None:
            return []
        return [found[o] for o, piece in self.contents.of(mention) if o != n and piece.covers(mention)]

    def _named_in(self, n: int) -> list[Somebody | None]:
        """Whom words between marks name, of which a "he" or "she" says that they said them: "it" may name itself. The
        words of others in them do not count (“My wife said, ‘Lyle, …’”)."""
        mention = self.attributions[n].mention
        if mention is None or mention.of(self.position.text).lower() not in HE_SHE:
            return []
        doc, quoted = self.position.doc, self.layout.quoted
        content = self.attributions[n].content
        pieces = (range(*tokens_of(doc, piece)) for piece in content)
        whole = (piece for piece in pieces if all(quoted[at] or doc[at].is_punct for at in piece))
        others = [part for piece in content for o, part in self.contents.of(piece) if o != n and piece.covers(part)]
        told = {at for part in others for at in range(*tokens_of(doc, part))}
        return [self.position.meant(at) for piece in whole for at in piece if at not in told]
