"""From what a file says of a law (mean, spread, quantiles, shapes) to the one law of scipy that has them."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from simulator.definition.law_names import CONTINUOUS, DISCRETE
from simulator.definition.laws import Law
from simulator.errors import DefinitionError
from simulator.units import Dimension

CLOSE = 1e-7
SMALLEST, LARGEST, GRID = 1e-4, 1e4, 161
STARTS = (0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing a law must have: ``what`` (mean, sd, cv, or quantile of ``chance``) equal to ``value``."""

    what: str
    value: float
    chance: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A family, what is given of it, what is looked for, and what it must come to."""

    name: str
    family: Any
    shapes: tuple[str, ...]
    given: dict[str, float]
    conditions: tuple[Condition, ...]
    said: str

    @property
    def free(self) -> tuple[str, ...]:
        """List the shapes to be found."""
        return tuple(shape for shape in self.shapes if shape not in self.given)

    @property
    def spare(self) -> int:
        """Count what is said beyond what shapes and scale take."""
        return len(self.conditions) - len(self.free) - ("scale" not in self.given)

    @property
    def may_move(self) -> bool:
        """Say whether the law has no natural beginning, so that loc may be told from what is said."""
        bottom, top = self.family.a, self.family.b
        begins = self.name in DISCRETE or (np.isfinite(bottom) and not np.isfinite(top))
        return "loc" not in self.given and not begins

    @property
    def moves(self) -> bool:
        """Say whether loc is told from what is said."""
        return self.may_move and self.spare > 0

    @property
    def is_overdrawn(self) -> bool:
        """Say whether more is said than there are numbers to find."""
        return self.spare > self.moves

    @property
    def has_only_quantiles(self) -> bool:
        """Say whether all that is said is quantiles."""
        return all(condition.what == "quantile" for condition in self.conditions)

    def refuse(self, why: str) -> DefinitionError:
        """Make the error that names the law."""
        return DefinitionError(f"'{self.name}' with {self.said or 'nothing said'} {why}.")


class Frozen:
    """A law of ``scipy.stats`` with its shapes, place and scale: what the library's own freezing gives, which
    writes the family's documentation anew each time."""

    def __init__(self, family: Any, shapes: Sequence[float], placing: Mapping[str, float]) -> None:
        self._family, self._shapes, self._placing = family, tuple(shapes), dict(placing)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Give a function of the law: ``mean``, ``ppf``, ``support`` …"""
        function = getattr(self._family, name)
        return lambda *values: function(*values, *self._shapes, **self._placing)


def fit(law: Law) -> Frozen:
    """Return the frozen law of ``scipy.stats`` with what the file says of it.

    Raises ``DefinitionError`` naming the law where there is none, or where it has no finite mean.
    """
    task = task_of(law)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        shapes = found_shapes(task)
        loc, scale = placed(task, shapes)
        frozen = frozen_law(task, shapes, loc=loc, scale=scale)
        if not np.isfinite(frozen.mean()):
            raise task.refuse("has no finite mean")
        check_met(task, frozen)
    return frozen


def task_of(law: Law) -> Task:
    """Read what a law says into a task, the words of the logarithm of a lognorm included."""
    from scipy import stats

    given = {name: float(value) for name, value in law.arguments}
    quantiles = [(float(chance), float(value)) for chance, value in law.quantiles]
    if "median" in given:
        quantiles.insert(0, (0.5, given.pop("median")))
    conditions = [Condition(what="mean", value=given.pop("mean"))] if "mean" in given else []
    conditions += [Condition(what="quantile", value=value, chance=chance) for chance, value in quantiles]
    conditions += [Condition(what=what, value=given.pop(what)) for what in ("sd", "cv") if what in given]
    if "log_sd" in given:
        given["s"] = given.pop("log_sd")
    if "log_mean" in given:
        given["scale"] = given.get("scale", 1.0) * float(np.exp(given.pop("log_mean")))
    return Task(
        name=law.name,
        family=getattr(stats, law.name),
        shapes=CONTINUOUS[law.name] if law.name in CONTINUOUS else DISCRETE[law.name],
        given=with_unit_scale(law, given, is_free=not conditions),
        conditions=tuple(conditions),
        said=said_of(law),
    )


def with_unit_scale(law: Law, given: dict[str, float], *, is_free: bool) -> dict[str, float]:
    """Give counts, and plain numbers of which only shapes are said, a scale of one."""
    if law.is_discrete:
        return given | {"scale": 1.0}
    if is_free and "scale" not in given and law.dimension is Dimension.NUMBER:
        return given | {"scale": 1.0}
    return given


def said_of(law: Law) -> str:
    """Write what a file says of a law."""
    words = [f"{name} {float(value):g}" for name, value in law.arguments]
    words += [f"quantile {float(chance):g} at {float(value):g}" for chance, value in law.quantiles]
    unit = " (in seconds)" if law.dimension is Dimension.TIME and words else ""
    return ", ".join(words) + unit


def found_shapes(task: Task) -> dict[str, float]:
    """Find the shapes that the file leaves open."""
    known = {shape: task.given[shape] for shape in task.shapes if shape in task.given}
    if task.spare < 0:
        missing = ", ".join(task.free) or "a mean, a median, an sd or a scale"
        raise task.refuse(f"says too little: {missing} cannot be told from it")
    if task.is_overdrawn and not task.has_only_quantiles:
        raise task.refuse("says too much; keep as many things as the law has shapes and a scale")
    if not task.free:
        return known
    if len(task.free) == 1 and not task.is_overdrawn:
        return known | one_shape(task, known)
    return known | several_shapes(task, known)


def placed(task: Task, shapes: dict[str, float]) -> tuple[float, float]:
    """Find loc and scale, which enter mean, sd and quantiles linearly; the nearest where too much is said."""
    loc, scale = task.given.get("loc", 0.0), task.given.get("scale")
    if scale is not None and not task.moves:
        return loc, scale
    wanted = int(task.moves) + int(scale is None)
    rows = np.array(linear_rows(task, shapes)[: None if task.is_overdrawn else wanted])
    if not np.all(np.isfinite(rows)):
        raise task.refuse("is not possible: there is no such law")
    right = rows[:, 2] - (0.0 if task.moves else loc) * rows[:, 0] - (scale or 0.0) * rows[:, 1]
    left = rows[:, [column for column, is_open in enumerate((task.moves, scale is None)) if is_open]]
    answer = np.linalg.lstsq(left, right, rcond=None)[0].tolist()
    if task.moves:
        loc = answer.pop(0)
    return loc, scale if scale is not None else require_positive(task, answer[0])


def require_positive(task: Task, scale: float) -> float:
    """Refuse a law that would have to run backwards."""
    if not (np.isfinite(scale) and scale > 0.0):
        raise task.refuse("is not possible: there is no such law")
    return float(scale)


def linear_rows(task: Task, shapes: dict[str, float]) -> list[tuple[float, float, float]]:
    """Write each condition as loc × first + scale × second = third."""
    arguments = [shapes[shape] for shape in task.shapes]
    mean, variance = (float(moment) for moment in task.family.stats(*arguments, moments="mv"))
    rows = []
    for condition in task.conditions:
        if condition.what == "mean":
            rows.append((1.0, mean, condition.value))
        elif condition.what == "sd":
            rows.append((0.0, variance**0.5, condition.value))
        elif condition.what == "cv":
            rows.append((condition.value, condition.value * mean - variance**0.5, 0.0))
        else:
            rows.append((1.0, float(task.family.ppf(condition.chance, *arguments)), condition.value))
    return rows


def frozen_law(task: Task, shapes: dict[str, float], *, loc: float, scale: float) -> Frozen:
    """Freeze a law of the family."""
    placing = {"loc": loc} if task.name in DISCRETE else {"loc": loc, "scale": scale}
    return Frozen(task.family, [shapes[shape] for shape in task.shapes], placing)


def misses(task: Task, frozen: Frozen) -> list[float]:
    """Measure how far a law is from each condition, relatively."""
    found = []
    for condition in task.conditions:
        if condition.what == "mean":
            value = frozen.mean()
        elif condition.what == "sd":
            value = frozen.std()
        elif condition.what == "cv":
            value = frozen.std() / frozen.mean()
        else:
            value = frozen.ppf(condition.chance)
        found.append(float(value - condition.value) / (abs(condition.value) or 1.0))
    return found


def check_met(task: Task, frozen: Frozen) -> None:
    """Refuse a law that is not what was asked for; more quantiles than shapes are met as nearly as can be."""
    if task.is_overdrawn or (task.name in DISCRETE and task.has_only_quantiles):
        return
    if not all(abs(miss) < CLOSE for miss in misses(task, frozen)):
        raise task.refuse("is not possible: there is no such law")


def one_shape(task: Task, known: dict[str, float]) -> dict[str, float]:
    """Find the only open shape: a change of sign on a wide grid, then Brent's method."""
    from scipy.optimize import brentq

    (shape,) = task.free
    direct = closed_form(task)
    if direct is not None:
        return {shape: direct}

    def miss(value: float) -> float:
        return last_miss(task, known | {shape: value})

    grid = shape_grid(task)
    heights = [miss(value) for value in grid]
    for (low, at_low), (high, at_high) in pairwise(zip(grid, heights, strict=True)):
        if at_low == 0.0:
            return {shape: low}
        if (
            np.isfinite(at_low)
            and np.isfinite(at_high)
            and at_low * at_high < 0.0
            and abs(at_high - at_low) < 1e6
        ):
            return {shape: float(brentq(miss, low, high, xtol=1e-14, rtol=1e-14, maxiter=300))}
    raise task.refuse("is not possible: there is no such law")


def closed_form(task: Task) -> float | None:
    """Give the shape of a common law where it follows at once from the mean or the cv."""
    said = {condition.what: condition.value for condition in task.conditions}
    if task.name in ("poisson", "geom") and "loc" not in task.given and said.get("mean", 0.0) >= 1.0:
        return said["mean"] if task.name == "poisson" else 1.0 / said["mean"]
    if "loc" in task.given or "scale" in task.given or not ("cv" in said or {"mean", "sd"} <= said.keys()):
        return None
    cv = said["cv"] if "cv" in said else said["sd"] / said["mean"]
    if task.name == "lognorm":
        return float(np.sqrt(np.log1p(cv * cv)))
    return 1.0 / (cv * cv) if task.name in ("gamma", "erlang") and cv > 0 else None


def shape_grid(task: Task) -> list[float]:
    """List shapes to try: small to large, on both sides of nought, and through the unit interval."""
    wide = np.geomspace(SMALLEST, LARGEST, GRID)
    narrow = np.linspace(0.0, 1.0, GRID)
    return sorted({*wide.tolist(), *narrow.tolist(), *(-wide).tolist()})


def last_miss(task: Task, shapes: dict[str, float]) -> float:
    """Measure how far the last condition is off once loc and scale meet the others."""
    arguments = [shapes[shape] for shape in task.shapes]
    if not bool(task.family._argcheck(*arguments)):
        return np.nan
    try:
        loc, scale = placed(task, shapes)
        return misses(task, frozen_law(task, shapes, loc=loc, scale=scale))[-1]
    except (DefinitionError, ValueError, ArithmeticError, IndexError):
        return np.nan


def several_shapes(task: Task, known: dict[str, float]) -> dict[str, float]:
    """Find open shapes, or the nearest to more quantiles than shapes, by least squares."""
    from scipy.optimize import least_squares

    def off(logs: np.ndarray) -> list[float]:
        shapes = known | dict(zip(task.free, np.exp(logs).tolist(), strict=True))
        return finite_misses(task, shapes)

    best: Any = None
    for start in STARTS:
        found = least_squares(off, np.full(len(task.free), np.log(start)), xtol=1e-15, ftol=1e-15, gtol=1e-15)
        if best is None or found.cost < best.cost:
            best = found
    return dict(zip(task.free, np.exp(best.x).tolist(), strict=True))


def finite_misses(task: Task, shapes: dict[str, float]) -> list[float]:
    """Measure how far each condition is off; a law that there is not is very far off."""
    arguments = [shapes[shape] for shape in task.shapes]
    far = [1e3] * len(task.conditions)
    try:
        if not bool(task.family._argcheck(*arguments)):
            return far
        loc, scale = placed(task, shapes)
        found = misses(task, frozen_law(task, shapes, loc=loc, scale=scale))
    except (DefinitionError, ValueError, ArithmeticError, IndexError):
        return far
    return [miss if np.isfinite(miss) else 1e3 for miss in found]
