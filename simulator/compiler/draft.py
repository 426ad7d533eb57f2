"""What the rooms of the compiler share while a program is being drawn up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.compiler.choices import Choices
from simulator.compiler.groups import Groups
from simulator.compiler.homes import Homes
from simulator.compiler.names import Index
from simulator.compiler.notes import Findings
from simulator.compiler.shelf import LawShelf
from simulator.compiler.window import Window
from simulator.definition.model import Model

if TYPE_CHECKING:
    from simulator.compiler.fidelity import Fidelity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A model with only the interventions that are on, its names in order, and what has been gathered so far.

    ``laws`` and ``choices`` grow while the rooms are built, in a fixed order; ``findings`` takes the
    faults and notes. ``brought_elsewhere`` are the activities to which any intervention of the file takes
    cases, on or off. ``fidelities`` are those of the collaborations in use.
    """

    model: Model
    window: Window
    index: Index
    homes: Homes
    groups: Groups
    laws: LawShelf
    choices: Choices
    findings: Findings
    brought_elsewhere: tuple[str, ...]
    fidelities: Mapping[str, Fidelity]
