"""Results folders read together: which measures mean the same in all of them, and what else differs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.folders.apart import models_apart
from simulator.analysis.folders.meaning import why_not_the_same
from simulator.definition.experiment import starts_of
from simulator.errors import DefinitionError
from simulator.experiment.run import load_results
from simulator.units import in_words

LEAST = 2
HOLD_DOUBT = (
    " An interval of a folder with draws holds doubt about values; of one without it holds chance alone."
)
DRAWN = (
    "The folders have the same baseline as it is written, but not in figures: with draws it is a mean over "
    "values that were drawn. Each difference is from the baseline of its folder."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One results folder: what it is called here, what its files call measures, and its comparison."""

    name: str
    comparison: Comparison
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Folders side by side.

    ``measures`` are full names that mean the same in all folders, primary ones first; ``left_out`` says of
    the others that at least one folder asks for by name why they are not compared. ``notes`` say what else
    differs between the folders.
    """

    stands: tuple[Stand, ...]
    measures: tuple[str, ...]
    primary: tuple[str, ...]
    left_out: Mapping[str, str]
    notes: tuple[str, ...]


def read_together(folders: Sequence[Path]) -> Together:
    """Read finished results of ``downstream run``; raise ``OutputError`` where one cannot be read.

    Raises ``DefinitionError`` for fewer than two folders, or one named twice.
    """
    if len(folders) < LEAST:
        raise DefinitionError("name two results folders or more; one has a report of its own.")
    if len({folder.resolve() for folder in folders}) < len(folders):
        raise DefinitionError("a results folder is named twice.")
    return together([(folder, compare(load_results(folder))) for folder in folders])


def together(found: Sequence[tuple[Path, Comparison]]) -> Together:
    """Set comparisons side by side."""
    names = _names([folder for folder, _ in found])
    stands = tuple(
        Stand(
            name=name,
            comparison=comparison,
            shown={one.text: shown for shown, one in reversed(list(comparison.names.items()))},
        )
        for name, (_, comparison) in zip(names, found, strict=True)
    )
    every = list(dict.fromkeys(text for one in stands for text in one.shown))
    primary = list(
        dict.fromkeys(
            one.comparison.names[first.name].text for one in stands for first in one.comparison.primary
        )
    )
    reasons = {text: why_not_the_same(text, stands=[one.comparison for one in stands]) for text in every}
    asked = {
        one.comparison.names[id].text
        for one in stands
        for id in one.comparison.names
        if id in one.comparison.results.model.measures or id in one.comparison.results.experiment.measures
    }
    return Together(
        stands=stands,
        measures=tuple(text for text in dict.fromkeys((*primary, *every)) if not reasons[text]),
        primary=tuple(text for text in primary if not reasons[text]),
        left_out={text: reasons[text] for text in every if reasons[text] and text in asked},
        notes=tuple(_differences(stands)),
    )


def _names(folders: Sequence[Path]) -> list[str]:
    """Name folders by their last part, or by more of it where two would be the same."""
    for length in range(1, 8):
        names = ["/".join(folder.resolve().parts[-length:]) for folder in folders]
        if len(set(names)) == len(names):
            return names
    return [str(folder.resolve()) for folder in folders]


def _differences(stands: Sequence[Stand]) -> Iterator[str]:
    """Say in what the folders differ besides their scenarios."""
    results = [one.comparison.results for one in stands]
    baselines = {one.manifest.fingerprints.get(one.scenarios[0]) for one in results}
    seeds, drawn = {one.manifest.seed for one in results}, {one.experiment.draws for one in results}
    if len(baselines) == 1 and len(drawn) > 1:
        yield DRAWN
    elif len(baselines) == 1 and len(seeds) == 1:
        yield "All folders have the same baseline: the same people with the same needs."
    elif len(baselines) == 1:
        yield "The folders have the same baseline with other chances (another seed)."
    else:
        yield "The folders have baselines of their own: each difference is from the baseline of its folder."
    yield from models_apart([one.model for one in results], names=[one.name for one in stands])
    facts = (
        ("engine", [one.manifest.engine for one in results]),
        ("place", [one.model.title or one.experiment.model for one in results]),
        ("first day", [f"{starts_of(one.experiment, one.model.starts):%-d %B %Y}" for one in results]),
        ("time that counts", [in_words(float(one.experiment.horizon.value)) for one in results]),
        ("warm-up", [in_words(float(one.experiment.warm_up.value)) for one in results]),
        ("part of the place", [f"{float(one.experiment.population_share):.3g}" for one in results]),
        ("replications", [str(len(one.replications)) for one in results]),
        ("contract in force", [one.experiment.contract or "none" for one in results]),
        ("price base", [one.model.price_base or "not said" for one in results]),
    )
    for word, values in facts:
        if len(set(values)) > 1:
            pairs = "; ".join(f"{one.name}: {value}" for one, value in zip(stands, values, strict=True))
            yield f"Not the same {word}: {pairs}."
    draws = [one.experiment.draws for one in results]
    if len(set(draws)) > 1:
        pairs = "; ".join(f"{one.name}: {count or 'none'}" for one, count in zip(stands, draws, strict=True))
        yield f"Not the same draws: {pairs}.{HOLD_DOUBT if not all(draws) else ''}"
