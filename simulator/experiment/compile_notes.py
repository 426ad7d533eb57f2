"""What compiling noted, told once each with the scenarios in which it holds."""

from collections.abc import Mapping

from simulator.compiler.notes import Note, Notes

Where = tuple[str, ...]


def compile_notes(notes: Mapping[str, Notes], *, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Write the notes of all scenarios; where one does not hold in all, it says by title in which it does.

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
        f"{_said(together)}{_where([titles[name] for name in scenarios], of=len(notes))}"
        for (_, scenarios), together in alike.items()
    )


def _said(notes: list[Note]) -> str:
    """Write one note with its path, or those that share an ending and so name what they are about."""
    if not notes[0].ending:
        return f"{notes[0].path}: {notes[0].text}"
    ending = notes[0].ending
    said = "; ".join(note.text.removesuffix(ending) for note in notes)
    return f"{said[:1].upper()}{said[1:]}{ending}"


def _where(titles: list[str], *, of: int) -> str:
    """Name the scenarios, unless it is all of them."""
    return "" if len(titles) == of else f" (In {', '.join(titles)}.)"
