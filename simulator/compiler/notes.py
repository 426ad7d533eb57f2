"""What a check has to say: faults that stop a model from being compiled, and notes that do not."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing worth knowing about a model: where, and what.

    ``ending`` is the end of a text that many notes share, so that they may be told in one breath.
    """

    path: str
    text: str
    ending: str = ""


Notes = tuple[Note, ...]


@dataclass(slots=True)
class Findings:
    """Faults and notes gathered while a model is compiled, so that all are told in one pass."""

    faults: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def fault(self, path: str, text: str) -> None:
        """Add what stops the model from being compiled; the same words in one place are said once."""
        add_once(self.faults, Note(path=path, text=text))

    def note(self, path: str, text: str, *, ending: str = "") -> None:
        """Add what a planner should know, though the model runs."""
        add_once(self.notes, Note(path=path, text=text + ending, ending=ending))


def add_once(notes: list[Note], note: Note) -> None:
    """Add a note unless it is there already."""
    if note not in notes:
        notes.append(note)
