"""The checks that a model brings with it, run: with some values set, something must hold.

What speaks of measures is asked of one short run of people, on a part of the place where it is large; what
speaks of stocks alone must hold at every moment of a run of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from simulator.analysis.measures import value
from simulator.analysis.reading import Reading, frame
from simulator.compiler.compile import compile_model
from simulator.compiler.window import Window
from simulator.definition.experiments import load_experiment, model_path
from simulator.definition.files import read_draft
from simulator.definition.loading import load_model
from simulator.definition.model import Model
from simulator.definition.slow_dynamics import Check
from simulator.definition.systems import reads_measures
from simulator.definition.which_file import SIGNS_OF_EXPERIMENT
from simulator.engines.run import run
from simulator.equations.lowering import folded
from simulator.equations.tokens import Misread
from simulator.equations.tree import Name, Number, Tree, names_in, rebuilt
from simulator.errors import DefinitionError, RunFailed, SelfCheckFailed
from simulator.experiment.check_references import measure_of_check, settings_of_check
from simulator.experiment.measure_names import vocabulary
from simulator.experiment.observe import observe
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_runs import broken_checks, expectation_text
from simulator.units import SECONDS_A_WEEK

# A year to settle, since eligibility looks back on one, then a quarter that is measured.
WARM_UP_WEEKS, WEEKS = 52, 13
MOST_PEOPLE = 20_000
SEED = 20250401


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What became of one check: ``failure`` says what was found and what was expected; empty if it holds."""

    name: str
    failure: str = ""

    def __str__(self) -> str:
        """Say it in a line."""
        return f"checks.{self.name}: {self.failure or 'holds.'}"


def tell_checks(files: Iterable[Path], *, settings: tuple[str, ...], tell: Callable[[str], object]) -> None:
    """Run the checks of some models, or of the models of some experiments, and tell of those that hold.

    Raises ``SelfCheckFailed`` with all of a file that do not.
    """
    for path in files:
        found = run_checks(model_of(path), settings=settings)
        for one in found:
            if not one.failure:
                tell(str(one))
        raise_broken(path, found)


def model_of(path: Path) -> Path:
    """Give the model of an experiment file, or the file itself."""
    is_experiment = any(word in read_draft(path).raw for word in SIGNS_OF_EXPERIMENT)
    return model_path(load_experiment(path)) if is_experiment else path


def run_checks(path: Path, *, settings: Iterable[str] = ()) -> tuple[Checked, ...]:
    """Run all checks of a model file, in its order. Raises ``DefinitionError`` for what they do not say."""
    said = tuple(settings)
    model = load_model(path, settings=said)
    alone = [name for name, check in model.checks.items() if not reads_measures(check)]
    broken = _of_stocks(path, said) if alone else {}
    return tuple(
        Checked(name=name, failure=broken.get(name, ""))
        if name in alone
        else _of_measures(name, check, path=path, settings=said)
        for name, check in model.checks.items()
    )


def raise_broken(path: Path, found: Iterable[Checked]) -> None:
    """Raise ``SelfCheckFailed`` with every check that does not hold."""
    broken = [f"{path}: {one}" for one in found if one.failure]
    if broken:
        raise SelfCheckFailed("\n".join(broken))


def _of_stocks(path: Path, settings: tuple[str, ...]) -> Mapping[str, str]:
    """Give what is wrong with those checks that speak of stocks alone, by name."""
    lines = broken_checks(read_stocks(path, settings), settings=settings)
    return dict(line.removeprefix("checks.").split(": ", maxsplit=1) for line in lines)


def _of_measures(name: str, check: Check, *, path: Path, settings: tuple[str, ...]) -> Checked:
    """Run one check of what people measure."""
    model = load_model(path, settings=[*settings, *settings_of_check(check)])
    window = window_of(model)
    program = compile_model(model, window=window)
    known = vocabulary([program])
    tree = check.expect.tree
    assert tree is not None
    asked = {
        one: measure_of_check(one, model, check=name, known=known) for one in names_in(tree) if "." in one
    }
    try:
        seen = observe(run(program, seed=SEED, replication=0), program, scenario="baseline")
    except RunFailed as failed:
        return Checked(name=name, failure=f"the run failed: {failed}")
    reading = Reading(observation=seen, frame=frame(program))
    numbers = {one: value(reading, measure) for one, measure in asked.items()}
    return Checked(name=name, failure=_failure(tree, numbers, model=model, window=window, name=name))


def _failure(
    tree: Tree, numbers: Mapping[str, float | None], *, model: Model, window: Window, name: str
) -> str:
    held = _worked_out(tree, numbers)
    if held:
        return ""
    found = ", ".join(f"{one} is {_shown(number)}" for one, number in numbers.items())
    expected = expectation_text(model, name)
    why = "cannot be told" if held is None else "does not hold"
    part = "" if window.population_share == 1 else f" of {float(window.population_share):.3g} of the people"
    return f"{why}: {found} in {WEEKS} weeks after {WARM_UP_WEEKS} of warm-up{part}; expected {expected}."


def window_of(model: Model) -> Window:
    """Give a short window, on a part of the place where many people live in it."""
    if model.starts is None:
        fault = model.origin.fault("starts", "is missing; a model whose checks are run says when it starts.")
        raise DefinitionError(fault)
    people = sum((segment.people.value for segment in model.segments.values()), Fraction(0))
    share = min(Fraction(1), Fraction(MOST_PEOPLE) / people) if people else Fraction(1)
    return Window(
        starts=model.starts,
        warm_up_seconds=WARM_UP_WEEKS * SECONDS_A_WEEK,
        horizon_seconds=WEEKS * SECONDS_A_WEEK,
        period_seconds=SECONDS_A_WEEK,
        population_share=share,
    )


def _worked_out(tree: Tree, numbers: Mapping[str, float | None]) -> bool | None:
    """Say whether an expectation holds; nothing where a measure or a name in it has no value."""

    def change(one: Tree) -> Tree:
        if isinstance(one, Name):
            number = numbers.get(one.name)
            if number is None or number != number:
                raise LookupError(one.name)
            return Number(number)
        return folded(rebuilt(one, change))

    try:
        found = change(tree)
    except (LookupError, Misread):
        return None
    return found.value != 0 if isinstance(found, Number) else None


def _shown(number: float | None) -> str:
    return "not known" if number is None or number != number else f"{number:.6g}"
