"""The benchmark's figures as pictures: search by size, the peers, and the rest, each figure beside its limit."""

from collections.abc import Sequence
from pathlib import Path

from bot.terminal.benchmark.figures import Figure

_RATIOS = {"speed": ("cold start", "memory", "warm question", "adding"), "peers": ("peers",)}
_OURS, _THEIRS = "#3b6ea5", "#b9b2a3"


def draw(figures: Sequence[Figure], folder: Path) -> tuple[Path, ...]:
    """Draws what there are figures for; the files drawn. Needs matplotlib (pip install 'onrecord[bench]')."""
    import matplotlib as mpl

    mpl.use("agg")
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    searches = [one for one in figures if one.part == "search" and one.unit == "ms"]
    if searches:
        drawn.append(_searches(searches, folder / "search.png"))
    medians = [one for one in figures if one.ratio and "percentile" not in one.what]
    for name, parts in _RATIOS.items():
        chosen = [one for one in medians if one.part in parts]
        if chosen:
            drawn.append(_ratios(chosen, folder / f"{name}.png"))
    return tuple(drawn)


def _searches(figures: Sequence[Figure], path: Path) -> Path:
    """Milliseconds by the number of passages, on logarithmic axes: what is used, and the limits beside it."""
    from matplotlib import pyplot

    drawing, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    for limit in dict.fromkeys(one.limit_is for one in figures):
        points = [(one.x, one.limit) for one in figures if one.limit_is == limit]
        axes.plot(*zip(*points, strict=True), marker="o", linestyle="--", label=limit)
    points = list(dict.fromkeys((one.x, one.value) for one in figures))
    axes.plot(*zip(*points, strict=True), marker="o", color=_OURS, linewidth=2, label="this index")
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="milliseconds a search (median)")
    axes.legend(frameon=False)
    drawing.savefig(path, dpi=120)
    pyplot.close(drawing)
    return path


def _ratios(figures: Sequence[Figure], path: Path) -> Path:
    """A bar for each figure: how many times its limit it is."""
    from matplotlib import pyplot

    names = [f"{one.what}\n(1 = {one.limit_is})" for one in figures]
    drawing, axes = pyplot.subplots(figsize=(8, 0.45 * len(figures) + 1), layout="constrained")
    bars = axes.barh(names, [one.ratio or 0 for one in figures], color=_OURS)
    axes.bar_label(bars, fmt="%.2f", padding=4)
    axes.axvline(1, color=_THEIRS, zorder=0)
    axes.invert_yaxis()
    axes.set(xscale="log", xlabel="times what stands beside it in the same run")
    axes.margins(x=0.15)
    axes.tick_params(labelsize=8)
    drawing.savefig(path, dpi=120)
    pyplot.close(drawing)
    return path
