"""Whether something found is right, by the corpus's own marking; what confidence is fitted to and checked against."""

from collections.abc import Mapping
from typing import Any


def judge(story: Mapping[str, Any], span: tuple[int, int], speaker: tuple[int, int] | None) -> bool | None:
    """Whether a span covers half of a marked attribution (and the reverse) with its speaker; None where unjudged."""
    for quote in story["quotes"]:
        shared = min(span[1], quote["end"]) - max(span[0], quote["start"])
        if shared * 2 >= max(span[1], quote["end"]) - min(span[0], quote["start"]):
            named = quote["speaker"]
            if not named or not speaker:
                return not named and not speaker
            return bool(named["start"] < speaker[1] and speaker[0] < named["end"])
    inside = any(span[0] < region["end"] and region["start"] < span[1] for region in story["ignore"])
    return None if inside else False
