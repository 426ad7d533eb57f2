"""The sentence that stands on every page on which something rests on how organisations work together."""

from collections.abc import Iterable

from simulator.definition.model import Model
from simulator.reports.blocks import Notice
from simulator.reports.numbers import listed

HYPOTHESIS = (
    "How organisations come to work together is a structured hypothesis of ours here, grade E, and no "
    "finding: nobody has measured these rates. Read what follows as ‘if partnerships worked so’."
)


def hypothesis_notice(names: Iterable[str]) -> tuple[Notice, ...]:
    """Say on the first screen which scenarios rest on the hypothesis; nothing where none does."""
    found = list(dict.fromkeys(names))
    return (Notice(word="Hypothesis", text=f"{HYPOTHESIS} It is in: {listed(found)}."),) if found else ()


def rests_on_it(model: Model, on: Iterable[str]) -> bool:
    """Say whether how strong any of these interventions is follows from a collaboration."""
    return any(id in model.interventions and model.interventions[id].collaboration is not None for id in on)
