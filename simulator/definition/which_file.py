"""Whether a file is a model, an experiment or a design over stocks; what is said where another is wanted."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from simulator.definition.experiment import Experiment
from simulator.definition.faults import Path as Way
from simulator.definition.model import Model
from simulator.errors import DefinitionError, Fault
from simulator.units import shown

Complaint = tuple[Way, str]
SIGNS_OF_EXPERIMENT = ("model", "horizon", "scenarios", "replications")
SIGNS_OF_DESIGN = ("vary", "design")
SIGNS_OF_MODEL = ("include", *(word for word in Model.collections if word not in Experiment.model_fields))


def is_stock_design(raw: Mapping[str, object]) -> bool:
    """Say whether a file is a design over stocks alone: it varies, and is of no model that it names."""
    return any(word in raw for word in SIGNS_OF_DESIGN) and not any(
        word in raw for word in (*SIGNS_OF_EXPERIMENT, *SIGNS_OF_MODEL)
    )


def refuse_model(raw: Mapping[str, object], path: Path) -> None:
    """Raise where a file is plainly a model: nothing of an experiment, and what only models have.

    So does a design over stocks alone, which has nothing of an experiment but what it varies.
    """
    if is_stock_design(raw):
        said = (
            "names no model, and an experiment is wanted. If it is a design over stocks alone: downstream "
            f'stocks MODEL.toml --vary {path.name}; if it is an experiment, write model = "place.toml" and a '
            "horizon."
        )
        raise DefinitionError(Fault(message=said, file=str(path)))
    if any(word in raw for word in SIGNS_OF_EXPERIMENT) or not any(word in raw for word in SIGNS_OF_MODEL):
        return
    said = f'model = "{path.name}", a warm_up, a horizon, a seed, replications and [scenarios]'
    message = f"is a model, and an experiment is wanted: a file that says {said}."
    raise DefinitionError(Fault(message=message, file=str(path)))


def refuse_model_as_design(raw: Mapping[str, object], path: Path) -> None:
    """Raise where a design over stocks is wanted and a file is plainly a model."""
    if any(word in raw for word in SIGNS_OF_DESIGN) or not any(word in raw for word in SIGNS_OF_MODEL):
        return
    said = (
        "is a model, and a design over stocks is wanted: a file with seed, [vary], [design] and [measures]. "
        f"The model stands first: downstream stocks {path.name} --vary DESIGN.toml"
    )
    raise DefinitionError(Fault(message=said, file=str(path)))


def refuse_other_than_model(raw: Mapping[str, object], path: Path) -> None:
    """Raise where a file is plainly a design over stocks, or an experiment: it says which model it is of."""
    if is_stock_design(raw):
        said = (
            "is a design over stocks, and a model is wanted: downstream stocks MODEL.toml --vary " + path.name
        )
        raise DefinitionError(Fault(message=said, file=str(path)))
    if "model" in raw:
        said = f"is an experiment, and a model is wanted: its model is {shown(str(raw['model']))}."
        raise DefinitionError(Fault(message=said, file=str(path)))


def with_tables_of_models(complaints: Iterable[Complaint], raw: Mapping[str, object]) -> Iterator[Complaint]:
    """Say of each word of a model that stands in an experiment where it belongs, in place of what is said."""
    for way, said in complaints:
        yield way, _belongs(str(way[0]), raw) if len(way) == 1 and _is_of_models(way[0]) else said


def misplaced(raw: Mapping[str, object], table: str) -> tuple[str, ...]:
    """List what an experiment writes down that belongs in its model: it is told already, and not missing."""
    things = raw.get(table)
    return tuple(things) if isinstance(things, Mapping) else ()


def _is_of_models(word: object) -> bool:
    return word in Model.model_fields and word not in Experiment.model_fields


def _belongs(word: str, raw: Mapping[str, object]) -> str:
    model = raw.get("model")
    name = Path(model).name if isinstance(model, str) else "place.toml"
    own = f'include = ["{name}"]' + (f" and [{word}]" if word in Model.collections else f" and {word}")
    return (
        f"'{word}' belongs in the model file, not in an experiment. To leave {name} as it is, write a model "
        f"of your own beside it that says schema_version = 1, {own}, and name that one as the model."
    )
