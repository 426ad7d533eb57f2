"""In what folders differ besides their scenarios: baselines, chances, models, time, engines, draws."""

from collections.abc import Iterator, Sequence

from simulator.analysis.folders.apart import ABOUT, models_apart
from simulator.analysis.folders.stands import RunStand, Stand, SweepStand, sweeps_among
from simulator.definition.experiment import BASELINE, starts_of
from simulator.units import in_words

HOLD_DOUBT = (
    " An interval of a folder with draws holds doubt about values; of one without it holds chance alone."
)
DRAWN = (
    "The folders have the same baseline as it is written, but not in figures: with draws it is a mean over "
    "values that were drawn. Each difference is from the baseline of its folder."
)
SWEPT = (
    "The folders have the same baseline as it is written{seed}; a sweep varies values of it, and each of its "
    "differences is from the baseline of the same point."
)
SWEPT_APART = (
    "The folders have baselines of their own, and a sweep one at each point: each difference is from the "
    "baseline of its folder and point."
)
OTHER_SEED = ", with other chances (another seed)"


def differences_of(stands: Sequence[Stand]) -> Iterator[str]:
    """Say in what the folders differ besides their scenarios."""
    yield _baselines(stands)
    yield from models_apart([one.footing.model for one in stands], names=[one.name for one in stands])
    for word, values in _facts(stands):
        if len(set(values)) > 1:
            pairs = "; ".join(f"{one.name}: {value}" for one, value in zip(stands, values, strict=True))
            yield f"Not the same {word}: {pairs}."
    draws = [one.footing.experiment.draws for one in stands]
    if len(set(draws)) > 1:
        pairs = "; ".join(f"{one.name}: {count or 'none'}" for one, count in zip(stands, draws, strict=True))
        yield f"Not the same draws: {pairs}.{HOLD_DOUBT if not all(draws) else ''}"
    yield from _scenarios_apart(stands)
    for one in sweeps_among(stands):
        if failed := len(one.estimates.results.failed):
            yield (
                f"Runs that failed are missing from every figure of {one.name}: {failed:,} "
                "(tables/failed_runs)."
            )


def _baselines(stands: Sequence[Stand]) -> str:
    """Say whether the folders have the same baseline, and the same people."""
    runs = [one for one in stands if isinstance(one, RunStand)]
    are_runs = len(runs) == len(stands)
    written = [_program(one) for one in runs] if are_runs else [_as_written(one) for one in stands]
    is_same = all(one == written[0] for one in written)
    seeds = {one.manifest.seed for one in stands}
    if any(one.points > 1 for one in sweeps_among(stands)):
        return SWEPT.format(seed=OTHER_SEED if len(seeds) > 1 else "") if is_same else SWEPT_APART
    if is_same and len({one.footing.experiment.draws for one in stands}) > 1:
        return DRAWN
    if is_same and len(seeds) == 1:
        return "All folders have the same baseline: the same people with the same needs."
    if is_same:
        return "The folders have the same baseline with other chances (another seed)."
    return "The folders have baselines of their own: each difference is from the baseline of its folder."


def _program(stand: RunStand) -> object:
    """Give the fingerprint of what a baseline came to, however it was written."""
    return stand.manifest.fingerprints.get(stand.scenarios[0])


def _as_written(stand: Stand) -> object:
    """Give what the files say of a baseline, for a sweep keeps no fingerprints."""
    experiment, model = stand.footing.experiment, stand.footing.model
    return (
        {word: one for word, one in model.origin.resolved.items() if word not in ABOUT},
        starts_of(experiment, model.starts),
        experiment.warm_up.value,
        experiment.horizon.value,
        experiment.population_share,
        experiment.scenarios[stand.scenarios[0]].on,
        experiment.scenarios[stand.scenarios[0]].set,
    )


def _facts(stands: Sequence[Stand]) -> tuple[tuple[str, list[str]], ...]:
    footings = [one.footing for one in stands]
    written = [one.experiment for one in footings]
    return (
        ("engine", [one.manifest.engine for one in stands]),
        ("place", [one.model.title or one.experiment.model for one in footings]),
        ("first day", [f"{starts_of(one.experiment, one.model.starts):%-d %B %Y}" for one in footings]),
        ("time that counts", [in_words(float(one.horizon.value)) for one in written]),
        ("warm-up", [in_words(float(one.warm_up.value)) for one in written]),
        ("part of the place", [f"{float(one.population_share):.3g}" for one in written]),
        ("replications", [_counts(one) for one in stands]),
        ("contract in force", [_contract(one) for one in stands]),
        ("price base", [one.model.price_base or "not said" for one in footings]),
        ("number of points", [f"{one.points:,}" if isinstance(one, SweepStand) else "1" for one in stands]),
    )


def _counts(stand: Stand) -> str:
    least, most = stand.counts
    return str(most) if least == most else f"{least:,} to {most:,}"


def _contract(stand: Stand) -> str:
    """Name the contract of a run; a sweep settles none."""
    if isinstance(stand, RunStand):
        return stand.footing.experiment.contract or "none"
    return "none"


def _scenarios_apart(stands: Sequence[Stand]) -> Iterator[str]:
    """Name scenarios of one id that have other things on, or set, where sweeps are set beside by scenario."""
    if not sweeps_among(stands):
        return
    for id in dict.fromkeys(name for one in stands for name in one.scenarios if name != BASELINE):
        there = [one for one in stands if id in one.scenarios]
        said = [one.footing.experiment.scenarios[id] for one in there]
        if any((set(one.on), one.set) != (set(said[0].on), said[0].set) for one in said):
            names = ", ".join(one.name for one in there)
            yield f"The scenario {id} has other things on, or set, in these folders: {names}."
