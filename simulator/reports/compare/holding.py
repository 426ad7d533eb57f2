"""What each folder holds, in words: a run or a sweep, of what, and what an interval of it is."""

from simulator.analysis.folders import Stand, SweepStand, Together
from simulator.definition.experiment import STOCKS
from simulator.reports.blocks import Items, Paragraph
from simulator.reports.compare.rows import has_points
from simulator.reports.numbers import count_words, listed
from simulator.reports.titles import clean

OF_DRAWS = (
    "95% of {draws} of what is uncertain lie between the ends, chance between replications taken out, and "
    "none is narrower than that of the mean"
)
OF_REPLICATIONS = "95% interval over {replications} (Student’s t): chance alone"
NO_CHANCE = "no interval: there is no chance in this engine, and nothing was drawn"
ONE = "no interval: one replication cannot say how sure this is"
MEAN_OF = (
    "the mean over its {points}, each with its own baseline; {interval}.{varied} The last column has the "
    "points with the least and the most, by their values or their number in tables/points"
)
NO_PART = " What was varied is no part of the interval."
NO_SAMPLE = (
    "{points} that were picked (only): no sample of anything, so no mean over them is told; the last column "
    "has those with the least and the most, by their values or their number in tables/points"
)
PICKED, NO_MEAN = "picked points", "no mean"
LUCK = (
    "Points with the least and the most were picked from many, and those of engines with chance have had "
    "luck as well: on fresh replications either is likely to lie less far out. Their intervals stand on the "
    "page of the sweep."
)


def holds_words(stand: Stand) -> str:
    """Say what a folder holds: ``sweep of eight points, 20 draws``."""
    experiment = stand.footing.experiment
    counts = (
        [count_words(stand.points, "point")] if isinstance(stand, SweepStand) and has_points(stand) else []
    )
    counts += [count_words(experiment.draws, "draw")] if experiment.draws else []
    what = "sweep" if isinstance(stand, SweepStand) else "run"
    return f"{what} of {listed(counts)}" if counts else what


def intervals_block(found: Together) -> Items | None:
    """Say of each folder what its figures and intervals are; nothing where none holds a sweep."""
    if not found.sweeps:
        return None
    told: dict[tuple[str, str], list[str]] = {}
    for one in found.stands:
        told.setdefault((holds_words(one), figure_words(one)), []).append(clean(one.name))
    return Items(
        items=tuple(
            Paragraph(lead=f"{listed(names)} ({holds}):", text=f"{figure}.")
            for (holds, figure), names in told.items()
        )
    )


def luck_block(found: Together) -> Paragraph | None:
    """Say that extremes have had luck, where some are picked among points run with chance."""
    swept = [one for one in found.sweeps if has_points(one) and one.manifest.engine != STOCKS]
    return Paragraph(text=LUCK) if swept else None


def figure_words(stand: Stand) -> str:
    """Say what a figure of a folder is, and what its interval."""
    interval = _interval_words(stand)
    if not isinstance(stand, SweepStand) or not has_points(stand):
        return interval
    points = count_words(stand.points, "point")
    if is_picked(stand):
        return NO_SAMPLE.format(points=points)
    varied = "" if interval in (NO_CHANCE, ONE) else NO_PART
    return MEAN_OF.format(points=points, interval=interval, varied=varied)


def is_picked(stand: Stand) -> bool:
    """Say whether a folder holds a sweep of picked points, over which no mean is told."""
    return isinstance(stand, SweepStand) and stand.whole is None


def short_words(stand: Stand) -> str:
    """Say in few words what a difference of a folder is, where it is a mean: ``mean of eight points``."""
    if not isinstance(stand, SweepStand) or not has_points(stand) or is_picked(stand):
        return ""
    return f"mean of {count_words(stand.points, 'point')}"


def _interval_words(stand: Stand) -> str:
    experiment = stand.footing.experiment
    if experiment.draws:
        return OF_DRAWS.format(draws=count_words(experiment.draws, "draw"))
    if stand.manifest.engine == STOCKS:
        return NO_CHANCE
    # A run counts where all points have it, so those of the point with the fewest.
    count, _ = stand.counts
    return ONE if count == 1 else OF_REPLICATIONS.format(replications=count_words(count, "replication"))
