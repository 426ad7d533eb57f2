"""What a choice and a confirmation ask of their experiment: chance, something to choose among, stocks."""

from collections.abc import Iterator

from simulator.definition.confirm import Confirm
from simulator.definition.experiment import BASELINE, STOCKS, Experiment, UntilPrecise
from simulator.definition.seek import DIFFERENCE
from simulator.definition.select import LEAST_FIRST, Select
from simulator.definition.variations import Complaint, is_meant
from simulator.definition.words import nearest
from simulator.units import shown


def complaints_of_choice(experiment: Experiment) -> Iterator[Complaint]:
    """List what is wrong with ``[select]`` and ``[confirm]`` of an experiment whose model is right."""
    said = experiment.__dict__
    select, confirm = said.get("select"), said.get("confirm")
    for word, one in (("select", select), ("confirm", confirm)):
        for other in ("seek", "calibrate"):
            if one is not None and said.get(other) is not None:
                yield (word,), f"belongs to a sweep, and [{other}] is another question; keep one of the two."
    if select is not None:
        yield from _of_select(experiment, select)
    if confirm is not None:
        yield from _of_confirm(experiment, confirm)


def _of_select(experiment: Experiment, select: Select) -> Iterator[Complaint]:
    said = experiment.__dict__
    known = list(said.get("scenarios", ()))
    for place, name in enumerate(select.among):
        if name not in known:
            yield ("select", "among", place), f"no scenario is called {shown(name)}.{nearest(name, known)}"
        elif name == BASELINE and select.of == DIFFERENCE:
            yield ("select", "among", place), "the baseline does not differ from itself; take it out."
    if select.of == DIFFERENCE and len(known) < 2:
        yield ("select", "of"), "there is no scenario whose difference could be chosen; add one."
    if said.get("draws"):
        yield (
            ("select",),
            "chooses over replications, not over draws; take draws out, or [select] (what knowing is worth "
            "says which scenario is best over draws).",
        )
    if said.get("engine") == STOCKS:
        return
    first = first_stage(experiment)
    if first is not None and first < LEAST_FIRST:
        are = f"{first} are" if "replications" in experiment.model_fields_set else "are not said, and one is"
        yield ("replications",), f"{are} too few to choose by; write {LEAST_FIRST} or more."
    if first is not None and select.at_most < first:
        yield (
            ("select", "at_most"),
            f"{select.at_most} are fewer than the {first} replications to begin with.",
        )


def first_stage(experiment: Experiment) -> int | None:
    """Say with how many replications a choice begins: those that every point has."""
    said = experiment.__dict__.get("replications")
    return said.at_least if isinstance(said, UntilPrecise) else said


def _of_confirm(experiment: Experiment, confirm: Confirm) -> Iterator[Complaint]:
    said = experiment.__dict__
    if said.get("engine") not in (None, STOCKS):
        yield (
            ("confirm",),
            'runs by people what was swept as stocks; write engine = "stocks", or take it out.',
        )
    if confirm.best is not None and said.get("select") is None:
        yield ("confirm", "best"), "does not say best by what; write [select] too, or even = …, points = […]."
    draws = said.get("draws", 0)
    if confirm.draws is not None and confirm.draws > draws:
        told = f"there are {draws:,} draws" if draws else "nothing is drawn"
        yield ("confirm", "draws"), f"{confirm.draws:,} are more than there are: {told}."
    is_sweep = any(said.get(word) is not None or is_meant(experiment, word) for word in ("design", "select"))
    if not draws and not is_sweep:
        yield ("confirm",), "there is no sweep to confirm; write [vary] and [design], or draws = …."
