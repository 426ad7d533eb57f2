"""Facts that a reader of a model wants to see: what a lognormal given by mean and sd implies."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from simulator.definition.groups import Keyed
from simulator.definition.laws import Law
from simulator.definition.model import Model
from simulator.definition.positions import dotted
from simulator.units import Dimension, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFact:
    """A lognormal law, where it stands, and what it implies, in seconds or plain numbers."""

    path: str
    dimension: Dimension
    mean: float
    sd: float
    median: float
    percentile_99: float

    def __str__(self) -> str:
        """Write the fact as one line."""
        names = ("mean", "sd", "median", "99th percentile")
        values = (self.mean, self.sd, self.median, self.percentile_99)
        said = ", ".join(f"{name} {self._shown(value)}" for name, value in zip(names, values, strict=True))
        return f"{self.path}: {said}"

    def _shown(self, value: float) -> str:
        return in_words(value) if self.dimension is Dimension.TIME else f"{value:.4g}"


def law_facts(model: Model) -> tuple[LawFact, ...]:
    """List every lognormal that is given by its own mean and sd (or cv), in order of path.

    With cv the coefficient of variation, σ² = ln(1 + cv²), median = mean ÷ √(1 + cv²) (Aitchison and Brown
    1957).
    """
    found = (fact for path, law in laws_of(model) for fact in _facts(path, law))
    return tuple(sorted(found, key=lambda fact: fact.path))


def laws_of(model: Model) -> Iterator[tuple[str, Law]]:
    """Yield every law of a model with the path where it stands."""
    for kind in Model.collections:
        for name, noun in getattr(model, kind).items():
            for field, value in noun.__dict__.items():
                yield from _laws_in((kind, name, field), value)


def _laws_in(way: tuple[str, ...], value: object) -> Iterator[tuple[str, Law]]:
    if isinstance(value, Law):
        yield dotted(way), value
        for place, inner in enumerate(value.parts):
            yield from _laws_in((*way, str(place)), inner)
    elif isinstance(value, Keyed):
        for keys, one in value.items():
            yield from _laws_in((*way, *keys), one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _laws_in((*way, key), one)


def _facts(path: str, law: Law) -> Iterator[LawFact]:
    mean, sd, cv = (law.argument(name) for name in ("mean", "sd", "cv"))
    if law.name != "lognorm" or mean is None or (sd is None and cv is None):
        return
    spread = float(sd.value / mean.value) if sd is not None else float(cv.value) if cv is not None else 0.0
    variance = math.log1p(spread**2)
    median = float(mean) * math.exp(-variance / 2)
    tail = median * math.exp(NormalDist().inv_cdf(0.99) * math.sqrt(variance))
    yield LawFact(
        path=path,
        dimension=law.dimension,
        mean=float(mean),
        sd=float(mean) * spread,
        median=median,
        percentile_99=tail,
    )
