"""Whether what the checks of a model speak of is there: the values they set, the measures they read."""

from collections.abc import Iterator

from simulator.definition.loading import set_otherwise
from simulator.definition.model import Model
from simulator.definition.positions import Position
from simulator.definition.settings import settings_of
from simulator.definition.slow_dynamics import Check
from simulator.definition.systems import reads_measures, system_of
from simulator.equations.tree import names_in
from simulator.errors import DefinitionError, Fault
from simulator.experiment.measure_names import CONTRACT_WHATS, MeasureName, Vocabulary, read_name
from simulator.experiment.stock_files import with_settings

BESIDE_ANOTHER = (
    "is what contracts and refill make of a scenario beside a baseline, and a check runs one world alone. "
    "Ask for resources_per_year here, or for this in [measures] of an experiment."
)


def faults_of_checks(model: Model, *, known: Vocabulary | None = None) -> list[Fault]:
    """List what checks set that is not there or cannot be so, and measures they read that nobody knows.

    Without a vocabulary those checks that read measures are left alone.
    """
    found: list[Fault] = []
    for name, check in model.checks.items():
        if known is None and reads_measures(check):
            continue
        found += _of_settings(name, check, model=model)
        if known is not None and check.expect.tree is not None:
            for text in (one for one in names_in(check.expect.tree) if "." in one):
                try:
                    measure_of_check(text, model, check=name, known=known)
                except DefinitionError as wrong:
                    found += wrong.faults
    return list(dict.fromkeys(found))


def refuse_broken_checks(model: Model, *, known: Vocabulary | None = None) -> None:
    """Raise :class:`DefinitionError` with all that checks speak of and is not there."""
    if faults := faults_of_checks(model, known=known):
        raise DefinitionError(faults)


def measure_of_check(text: str, model: Model, *, check: str, known: Vocabulary) -> MeasureName:
    """Read a measure that a check speaks of. Raises :class:`DefinitionError` where it stands."""
    where = f"checks.{check}.expect"
    try:
        found = read_name(text, known)
    except DefinitionError as fault:
        raise DefinitionError(model.origin.fault(where, str(fault))) from None
    if found.what in CONTRACT_WHATS:
        raise DefinitionError(model.origin.fault(where, f"'{text}' {BESIDE_ANOTHER}"))
    return found


def settings_of_check(check: Check) -> list[str]:
    """Give what a check sets as settings."""
    return [setting_text(path, value) for path, value in check.set.items()]


def setting_text(path: str, value: object) -> str:
    """Write what a check sets as a setting."""
    return f"{path}={_value(value)}"


def _of_settings(name: str, check: Check, *, model: Model) -> Iterator[Fault]:
    of_fields = {path: value for path, value in check.set.items() if "." in path or reads_measures(check)}
    for path, value in of_fields.items():
        try:
            set_otherwise(model, settings_of({path: value}, _place(model, name, path=path)))
        except DefinitionError as wrong:
            yield from wrong.faults
    for path, value in check.set.items():
        if path not in of_fields:
            yield from _of_stocks(setting_text(path, value), model, way=("checks", name, "set", path))


def _of_stocks(setting: str, model: Model, *, way: tuple[str, ...]) -> Iterator[Fault]:
    from simulator.engines.stocks.given import prepared

    try:
        system, given = with_settings(system_of(model), [setting])
        prepared(system, tuple(given))
    except DefinitionError as wrong:
        for one in wrong.faults:
            yield model.origin.positions.fault(way, one.message.removeprefix("--set: "))


def _place(model: Model, name: str, *, path: str) -> Position:
    return model.origin.positions.of(("checks", name, "set", path))


def _value(value: object) -> str:
    return (
        f'"{value}"'
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
