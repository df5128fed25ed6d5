"""What a word counts for when words are compared: little where every text has it, more where few do."""

from collections.abc import Iterable

from index.language import EMPTY_WORDS

NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot cant wont dont doesnt didnt isnt arent wasnt werent
    shouldnt wouldnt couldnt hasnt havent hadnt mustnt neednt shant aint hardly barely scarcely seldom rarely unless
    except nowhere""".split()
)
_COMMON = frozenset(
    """going go went come came know think thought want wanted need needs make made take took see people time year years
    day today way lot much many good great right new first last one two now well back look believe us im ive youre
    theyre were thats theres dont its hes shes weve ill well id lets cant didnt wont doesnt isnt always put work things
    thing president country american americans world never every never us everybody""".split()
)
_EMPTY = (EMPTY_WORDS - frozenset("many much without yes according itself under".split())) | frozenset(
    """actually against anything article both d even ever few further get gets getting got ll m like news once one ones
    piece re really report saying something still story tell telling tells thing things through told until ve""".split()
)
COMMON_WORD, PLAIN_WORD = 0.2, 0.5


def denials_in(keys: Iterable[str]) -> list[str]:
    """The words of denial among folded words, as they are named: of "can't" and "cannot" that is “not”."""
    return ["not" if key.endswith(("nt", "cannot")) else key for key in keys if key in NEGATIONS]


def weight_of(key: str) -> float:
    """What a folded word counts for, up to 1."""
    if key in _EMPTY or key in NEGATIONS:
        return COMMON_WORD
    return PLAIN_WORD if key in _COMMON else 1.0
