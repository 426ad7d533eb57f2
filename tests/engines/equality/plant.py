"""A plant: one subtle defect, to see that the comparison of the engines is not blind."""

from dataclasses import dataclass

from pairs import ENGINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One defect: in ``room`` (below ``simulator/engines``), ``new`` instead of ``old``.

    ``rule`` is the test of a rule that finds it where it takes a rare meeting of rules, so that perhaps no
    generated model does. ``found_by`` is the generated model that found it first when it was last planted.
    """

    room: str
    defect: str
    old: str
    new: str
    found_by: str
    rule: str = ""

    @property
    def engine(self) -> str:
        """Name the engine that the room belongs to."""
        return "readable" if self.room.startswith("readable/") else ENGINE

    def in_text(self, text: str) -> str:
        """Put the defect into the text of the room; raises ``ValueError`` where it cannot be planted."""
        if text.count(self.old) != 1:
            raise ValueError(
                f"{self.room}: {self.old!r} stands there {text.count(self.old)} times, not once."
            )
        return text.replace(self.old, self.new)
