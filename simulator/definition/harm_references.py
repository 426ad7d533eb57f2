"""What harms and consequences refer to is there, and their parts fit together."""

from collections.abc import Iterator

from simulator.definition.admissions import admitting_activities
from simulator.definition.consequences import WAYS, WHATS, Consequence
from simulator.definition.harms import (
    BY_CLOCK,
    BY_DAYS,
    BY_OCCUPANCY,
    DOSES,
    OUTCOMES,
    Amount,
    Dose,
    Harm,
    fits,
)
from simulator.definition.known import Complaint, Known, part
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE

ASKED = {
    BY_CLOCK: 'points, such as [["6 hours", "1 per 82"], ["8 hours", "1 per 72"]]',
    BY_OCCUPANCY: "a plain number: how many more of each stay where beds are wholly full than where empty",
}
RATE_ASKED = 'a rate, such as "0.01 per year" of the time spent'
QUALITY_ASKED = "a plain number: the quality of life lost meanwhile, such as 0.18"


def complaints_of_harms(model: Model, known: Known) -> Iterator[Complaint]:
    """Say what is wrong with harms and consequences."""
    for name, harm in model.harms.items():
        yield from _of_harm(name, harm, known=known)
    for name, one in model.consequences.items():
        yield from _of_consequence(name, one, known=known)


def _of_harm(name: str, harm: Harm, *, known: Known) -> Iterator[Complaint]:
    way = ("harms", name)
    dose = part(harm, "dose")
    becomes = part(harm, "becomes")
    if isinstance(becomes, str):
        yield from known.complain(becomes, "segments", way=(*way, "becomes"))
    said = {word: amount for word in OUTCOMES if isinstance(amount := part(harm, word), Amount)}
    if not said and not any(known.was_wrong((*way, word), harm) for word in OUTCOMES):
        yield way, f"says of no harm how much; it needs one of {', '.join(OUTCOMES)} at least."
    if ("expected_people" in said) != isinstance(becomes, str):
        yield way, "'expected_people' and 'becomes' go together: how many become what."
    if not isinstance(dose, Dose):
        return
    ways = dose.ways
    if len(ways) != 1:
        yield (*way, "dose"), f"a dose has exactly one of {', '.join(DOSES)}; found {_listed(ways)}."
        return
    yield from _of_dose(dose, ways[0], known=known, name=name)
    for word, amount in said.items():
        if not fits(word, amount, way=ways[0]):
            yield (*way, word), f"where the dose is '{ways[0]}' it is {_asked(ways[0], word)}."


def _of_dose(dose: Dose, way: str, *, known: Known, name: str) -> Iterator[Complaint]:
    at = ("harms", name, "dose")
    if dose.clock is not None:
        yield from known.complain(dose.clock, "clocks", way=(*at, "clock"))
    for field in (*BY_DAYS, "stays"):
        for place, one in enumerate(getattr(dose, field)):
            yield from known.complain(one, "activities", way=(*at, field, place))
    for place, one in enumerate(dose.occupancy):
        yield from known.complain(one.partition("@")[0], "resources", way=(*at, "occupancy", place))
    if (way == BY_OCCUPANCY) != bool(dose.stays):
        yield at, "'occupancy' and 'stays' go together: how full what is, and whose stays end the worse."
    if dose.above is not None and way != BY_OCCUPANCY:
        yield (*at, "above"), "goes with 'occupancy' only."
    if dose.of is None:
        return
    for place, group in enumerate(dose.of.groups):
        yield from known.complain(group, "groups", way=(*at, "of", "groups", place))
    if dose.of.admitted and way != BY_CLOCK:
        yield (*at, "of", "admitted"), "goes with 'clock' only."
    elif dose.of.admitted and not admitting_activities(known.model):
        yield (*at, "of", "admitted"), "nobody is admitted: no resident activity follows one whose queue is."


def _of_consequence(name: str, one: Consequence, *, known: Known) -> Iterator[Complaint]:
    way = ("consequences", name)
    after = part(one, "after")
    for place, activity in enumerate(after if isinstance(after, tuple) else ()):
        yield from known.complain(activity, "activities", way=(*way, "after", place))
    for words, all_of in ((WAYS, True), (WHATS, False)):
        said = [word for word in words if part(one, word) is not None]
        broken = any(known.was_wrong((*way, word), one) for word in words)
        if not broken and (len(said) != 1 if all_of else not said):
            count = "exactly one" if all_of else "one at least"
            yield way, f"needs {count} of {', '.join(words)}; found {_listed(said)}."
    for word in WAYS:
        for key in getattr(part(one, word), "by", {}):
            yield from known.complain(key, "groups", way=(*way, word, key), also=("otherwise",))
    if isinstance(part(one, "becomes"), str):
        yield from known.complain(str(one.becomes), "segments", way=(*way, "becomes"))
    payer = part(one, "payer")
    if isinstance(payer, str):
        yield from known.complain(payer, "organisations", way=(*way, "payer"), also=tuple(OUTSIDE))
    if (part(one, "cost") is None) != (payer is None) and not known.was_wrong((*way, "cost"), one):
        yield way, "'cost' and 'payer' go together: what is spent, and by whom."


def _asked(way: str, word: str) -> str:
    if way in ASKED:
        return ASKED[way]
    return QUALITY_ASKED if word == OUTCOMES[-1] else RATE_ASKED


def _listed(words: list[str]) -> str:
    return " and ".join(words) or "none"
