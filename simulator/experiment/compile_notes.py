"""What compiling noted, told once each with the scenarios in which it holds."""

from collections.abc import Mapping

from simulator.compiler.notes import Note, Notes
from simulator.definition.experiment import BASELINE, Experiment

Where = tuple[str, ...]


def compile_notes(experiment: Experiment, notes: Mapping[str, Notes]) -> tuple[str, ...]:
    """Write the notes of all scenarios; where one does not hold in all, it says in which it does.

    Notes that end alike and hold in the same scenarios are told in one: a place may have dozens.
    """
    found: dict[Note, list[str]] = {}
    for scenario, told in notes.items():
        for note in told:
            found.setdefault(note, []).append(scenario)
    alike: dict[tuple[object, Where], list[Note]] = {}
    for note, scenarios in found.items():
        alike.setdefault((note.ending or note, tuple(scenarios)), []).append(note)
    return tuple(
        f"{_said(together)}{_where(experiment, scenarios, of=len(notes))}"
        for (_, scenarios), together in alike.items()
    )


def _said(notes: list[Note]) -> str:
    """Write one note with its path, or several under the ending that they share."""
    if len(notes) == 1:
        return f"{notes[0].path}: {notes[0].text}"
    ending = notes[0].ending
    return f"{'; '.join(note.text.removesuffix(ending) for note in notes)}{ending}"


def _where(experiment: Experiment, scenarios: Where, *, of: int) -> str:
    """Name the scenarios, unless it is all of them."""
    if len(scenarios) == of:
        return ""
    return f" (In {', '.join(_title(experiment, name) for name in scenarios)}.)"


def _title(experiment: Experiment, name: str) -> str:
    """Name a scenario as its file does."""
    return "the baseline" if name == BASELINE else f"'{experiment.scenarios[name].title or name}'"
