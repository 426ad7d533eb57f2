"""Every measure: its value in an observation, its series, its unit, and which are standard."""

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.activity_measures import HELPED, activity_series, activity_value
from simulator.analysis.clock_measures import clock_series, clock_value
from simulator.analysis.consequence_measures import consequence_series, consequence_value
from simulator.analysis.count_measures import count_value
from simulator.analysis.harm_measures import harm_series, harm_value
from simulator.analysis.health_measures import net_benefit_value, qalys_series, qalys_value
from simulator.analysis.money_measures import money_series, money_value
from simulator.analysis.need_measures import need_series, need_value
from simulator.analysis.people_measures import (
    deaths_series,
    deaths_value,
    people_series,
    people_value,
)
from simulator.analysis.reading import Reading
from simulator.analysis.resource_measures import resource_series, resource_value
from simulator.analysis.scheme_measures import intervention_series, intervention_value
from simulator.analysis.stock_measures import stock_series, stock_value
from simulator.analysis.system_measures import system_series, system_value
from simulator.experiment.measure_names import (
    CONTRACT_WHATS,
    HARM_FAMILIES,
    NAMELESS,
    NET_BENEFIT,
    WHATS,
    MeasureName,
    Vocabulary,
    time_word,
)

Floats = NDArray[np.float64]

VALUES: Mapping[str, Callable[[Reading, MeasureName], float]] = {
    "activity": activity_value,
    "resource": resource_value,
    "clock": clock_value,
    "need": need_value,
    "count": count_value,
    "people": people_value,
    "organisation": money_value,
    "system": money_value,
    "intervention": intervention_value,
    "stock": stock_value,
    "consequence": consequence_value,
    **dict.fromkeys(HARM_FAMILIES, harm_value),
    "deaths_per_year": deaths_value,
    "qalys_per_year": qalys_value,
    NET_BENEFIT: net_benefit_value,
    "exits_per_day": system_value,
    "time_in_system_mean_days": system_value,
}
SERIES: Mapping[str, Callable[[Reading, MeasureName], Floats | None]] = {
    "activity": activity_series,
    "resource": resource_series,
    "clock": clock_series,
    "need": need_series,
    "people": people_series,
    "organisation": money_series,
    "system": money_series,
    "intervention": intervention_series,
    "stock": stock_series,
    "consequence": consequence_series,
    **dict.fromkeys(HARM_FAMILIES, harm_series),
    "deaths_per_year": deaths_series,
    "qalys_per_year": qalys_series,
    "exits_per_day": system_series,
    "time_in_system_mean_days": system_series,
}

UNITS = {
    "released_per_year": "bed-days a year",
    "within": "share",
    "open_over": "people",
    "per_year": "needs a year",
    "averted_per_year": "needs a year",
    "induced_per_year": "needs a year",
    "displaced_per_year": "needs a year",
    "waits_over": "share",
    "resources_per_year": "£ a year",
    "transfers_per_year": "£ a year",
    "net_per_year": "£ a year",
    "set_up_per_year": "£ a year",
    "places_per_year": "£ a year",
    "enrolments_per_year": "£ a year",
}
UNITS_OF_FAMILY = {
    "people": "people",
    "deaths_per_year": "deaths a year",
    "expected_deaths_per_year": "expected deaths a year",
    "expected_readmissions_per_year": "expected readmissions a year",
    "expected_people_per_year": "people a year",
    "lost_qalys_per_year": "QALYs a year",
    "qalys_per_year": "QALYs a year",
    NET_BENEFIT: "£ a year",
    "exits_per_day": "cases a day",
    "time_in_system_mean_days": "days",
    "clock": "days",
    "count": "places or people",
    "intervention": "people",
    "stock": "the stock's unit",
}


GROUPS = ("segment", "locality", "quintile")
PLACES = ("locality", "quintile")
CUT_BY = {
    "need": GROUPS,
    "activity": GROUPS,
    "clock": GROUPS,
    "people": PLACES,
    "consequence": GROUPS,
    **dict.fromkeys(HARM_FAMILIES, GROUPS),
    "qalys_per_year": GROUPS,
    "system": PLACES,
}
CUT_WHATS = {
    "need": ("per_year",),
    "activity": ("starts_per_day", "wait_mean_days"),
    "clock": ("within.<target>",),
    "people": ("",),
    "consequence": ("per_year",),
    **dict.fromkeys((*HARM_FAMILIES, "qalys_per_year"), ("",)),
    "system": ("resources_per_year",),
}


def value(reading: Reading, name: MeasureName) -> float | None:
    """Read a measure over the window; ``None`` where there is nothing to measure (nobody started to wait)."""
    found = VALUES[name.family](reading, name)
    return found if math.isfinite(found) else None


def series(reading: Reading, name: MeasureName) -> Floats | None:
    """Read a measure by period, not-a-number where absent; ``None`` if it is not kept by period."""
    read = SERIES.get(name.family)
    return None if read is None else read(reading, name)


def unit(name: MeasureName) -> str:
    """Say the unit of a measure in words."""
    if name.family == "consequence":
        return "people a year"
    if name.what in UNITS:
        return UNITS[name.what]
    if name.what.endswith("_days"):
        return "days"
    if name.what.endswith("_per_day"):
        return "cases a day"
    if name.what.endswith("_share") or name.what == "occupancy_mean":
        return "share"
    if name.family == "resource":
        return "people" if name.what == "queue_mean" else "places"
    return UNITS_OF_FAMILY.get(name.family, "people")


def least(name: MeasureName) -> float:
    """Say how low a measure can be: nought, but for money that may be lost, and stocks."""
    return -math.inf if name.what in CONTRACT_WHATS or name.family in ("stock", NET_BENEFIT) else 0.0


def most(name: MeasureName) -> float:
    """Say how high a measure can be."""
    return 1.0 if unit(name) == "share" else math.inf


def standard_names(known: Vocabulary) -> tuple[str, ...]:
    """List the measures that every experiment reports.

    All but those that need a time to be given, and what contracts come to, which has tables of its own.
    """
    found = []
    for family, whats in WHATS.items():
        for subject in ("",) if family in NAMELESS else known.subjects.get(family, ()):
            if (family == "organisation" and subject in known.idle) or family in known.unknown:
                continue
            stem = f"{family}.{subject}" if subject else family
            for what in (one for one in whats if _is_standard(family, one, subject=subject, known=known)):
                found += [f"{stem}.{one}" if one else stem for one in _with_times(what, subject, known=known)]
    return tuple(found)


def _is_standard(family: str, what: str, *, subject: str, known: Vocabulary) -> bool:
    """Say whether a measure is reported unasked: the ends of a harm's interval only where it has one."""
    if family in HARM_FAMILIES and what:
        return (family, subject) in known.uncertain
    return what not in CONTRACT_WHATS


def standard_cuts(known: Vocabulary) -> tuple[str, ...]:
    """List what every experiment reports by segment, locality and quintile of deprivation."""
    found = []
    for family, cuts in ((one, cuts) for one, cuts in CUT_BY.items() if one not in known.unknown):
        for subject in ("",) if family in NAMELESS else known.subjects.get(family, ()):
            for dimension in cuts:
                for group in known.values[dimension]:
                    stem = f"{family}.{subject}".removesuffix(".") + f".by.{dimension}.{group}"
                    for what in CUT_WHATS[family]:
                        found += [
                            f"{stem}.{one}" if one else stem
                            for one in _with_times(what, subject, known=known)
                        ]
    return tuple(found)


def _with_times(what: str, subject: str, *, known: Vocabulary) -> list[str]:
    """Write out a measure once for each target of its clock; never for a time of the reader's choice."""
    if what == HELPED and subject not in known.helped:
        return []
    if "<target>" in what:
        return [what.replace("<target>", time_word(seconds)) for seconds in known.targets.get(subject, ())]
    return [] if "<" in what else [what]
