"""What the functions of both packages remember, for tests that nothing outlives a removal."""

import gc
from functools import _lru_cache_wrapper


def remembered() -> str:
    """Whatever the functions of both packages keep, written out."""
    packages = ("bot", "index")
    gc.unfreeze()  # what a bot holds from its start is passed over otherwise
    caches = [one for one in gc.get_objects() if issubclass(type(one), _lru_cache_wrapper) and one.__module__]
    ours = [one for one in caches if one.__module__.partition(".")[0] in packages]
    return " ".join(repr(referent) for one in ours for kept in gc.get_referents(one) for referent in _texts_of(kept))


def _texts_of(kept: object) -> list[object]:
    return [*kept.keys()] if isinstance(kept, dict) else []
