"""The names of measures: what may be asked of an experiment, and how a name is read.

``<family>.<id>[.by.<dimension>.<value>]….<what>``: ``activity.ae.by.segment.frail.wait_mean_days``; see the
vocabulary of the model file.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.harm_arrays import Harms
from simulator.compiler.harm_clocks import is_shown
from simulator.compiler.program import Program
from simulator.definition.outside import OUTSIDE
from simulator.definition.words import nearest
from simulator.errors import DefinitionError
from simulator.units import parse_quantity, shown

ACTIVITY_WHATS = (
    "arrivals_per_day",
    "starts_per_day",
    "ends_per_day",
    "wait_mean_days",
    "queue_time_mean_days",
    "ended_wait_mean_days",
    "wait_p50_days",
    "wait_p90_days",
    "wait_p95_days",
    "waits_over.<time>_share",
    "waited_share",
    "refused_share",
    "gave_up_share",
    "helped_per_day",
    "time_mean_days",
    "kept_mean_days",
    "in_progress_mean",
    "waiting_mean",
    "present_mean",
)
RESOURCE_WHATS = (
    "occupancy_mean",
    "in_use_mean",
    "kept_mean",
    "turnaround_mean",
    "queue_mean",
    "free_share",
    "full_share",
)
CLOCK_WHATS = ("mean", "p50", "p92", "p95", "within.<target>", "open_over.<target>")
NEED_WHATS = ("per_year", "averted_per_year", "induced_per_year", "displaced_per_year")
COUNT_WHATS = ("mean", "sd", "p90", "p95")
MONEY_WHATS = ("resources_per_year",)
# Read from the books, two of them under the contract in force after refill; of whole organisations, or all.
RELEASED = "released_per_year"  # place-days of wards freed against the baseline
TRANSFERS, NET = "transfers_per_year", "net_per_year"
CONTRACT_WHATS = (TRANSFERS, NET, RELEASED)
SCHEME_WHATS = (
    "enrolled_mean",
    "resources_per_year",
    "set_up_per_year",
    "places_per_year",
    "enrolments_per_year",
)
STOCK_WHATS = ("mean", "at_end")
WHOLE = ("deaths_per_year", "exits_per_day", "time_in_system_mean_days")
# Outcomes of harms, in the order of ``compiler/harm_arrays.py``; at their values, or at an interval's ends.
HARM_FAMILIES = (
    "expected_deaths_per_year",
    "expected_readmissions_per_year",
    "expected_people_per_year",
    "lost_qalys_per_year",
)
AT_LOW, AT_HIGH = "at_low", "at_high"
DISCOUNTED = ("discounted_1_5", "discounted_3_5")
NET_BENEFIT = "net_benefit_per_year"
# What a QALY is taken to be worth in pounds, and the yearly rate at which health is discounted: the NHS's own
# money spent elsewhere (qaly_dhsc_opportunity), NICE from 2026 (wtp_nice_2026; its reference case beside it),
# society (qaly_greenbook).
NET_BENEFITS: Mapping[str, tuple[float, float]] = {
    "at_15000": (15_000.0, 0.015),
    "at_25000": (25_000.0, 0.015),
    "at_25000_health_3_5": (25_000.0, 0.035),
    "at_70000": (70_000.0, 0.015),
}

WHATS: Mapping[str, tuple[str, ...]] = {
    "activity": ACTIVITY_WHATS,
    "resource": RESOURCE_WHATS,
    "clock": CLOCK_WHATS,
    "need": NEED_WHATS,
    "count": COUNT_WHATS,
    "organisation": (*MONEY_WHATS, *CONTRACT_WHATS),
    "system": (*MONEY_WHATS, RELEASED),
    "intervention": SCHEME_WHATS,
    "people": ("",),
    "stock": STOCK_WHATS,
    "consequence": ("per_year",),
    **dict.fromkeys(HARM_FAMILIES, ("", AT_LOW, AT_HIGH)),
    **{whole: ("",) for whole in WHOLE},
    "qalys_per_year": ("", *DISCOUNTED),
    NET_BENEFIT: tuple(NET_BENEFITS),
}
NAMELESS = ("system", *WHOLE, "qalys_per_year", NET_BENEFIT)

PLACES = ("locality", "quintile", "site")
GROUPS = ("segment", "need", "class")
CUTS: Mapping[str, tuple[str, ...]] = {
    "activity": (*GROUPS, *PLACES),
    "clock": (*GROUPS, *PLACES),
    "need": ("segment", *PLACES),
    "organisation": (*GROUPS, *PLACES),
    "system": (*GROUPS, *PLACES),
    "people": PLACES,
    "deaths_per_year": ("segment",),
    "consequence": ("segment", *PLACES),
    **dict.fromkeys(HARM_FAMILIES, (*GROUPS, *PLACES)),
    "qalys_per_year": ("segment", *PLACES),
}
CLOCK_CENTILES = ("p50", "p92", "p95")
# Kept by segment and class, not by home.
NOT_BY_PLACE = {"need": ("averted_per_year",), "clock": CLOCK_CENTILES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The part of the people or cases that a measure is confined to."""

    dimension: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureName:
    """A measure's name, read; ``seconds`` is the time in ``within.<target>`` and its like."""

    text: str
    family: str
    subject: str
    what: str
    cuts: tuple[Cut, ...] = ()
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The ids that measures may name: ``subjects`` by family, ``values`` by cut, ``targets`` by clock.

    ``helped`` are activities that partners may do for each other: only of these is that listed unasked.
    ``idle`` are outside accounts that pay for nothing, ``unknown`` measures of quality of life where that of
    some segment is not said: they may be asked for, and are not listed unasked.
    ``uncertain`` are the outcomes of harms, (family, id), that have an interval.
    """

    subjects: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, tuple[int, ...]]
    idle: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    uncertain: frozenset[tuple[str, str]] = frozenset()
    helped: frozenset[str] = frozenset()


def vocabulary(programs: Iterable[Program]) -> Vocabulary:
    """Collect the ids that occur in any scenario's program."""
    programs = tuple(programs)
    found = [program.names for program in programs]
    quintiles = {int(one) for program in programs for one in program.people.locality_quintile if one > 0}
    return Vocabulary(
        subjects={
            "activity": _merged(names.activities for names in found),
            "resource": _merged((*names.resources, *map(family_of, names.resources)) for names in found),
            "clock": _merged(filter(is_shown, names.clocks) for names in found),
            "need": _merged(names.needs for names in found),
            "count": _merged(names.counts for names in found),
            "people": _merged(names.segments for names in found),
            "organisation": _merged(names.organisations for names in found),
            "intervention": _merged(names.interventions for names in found),
            "consequence": _merged(
                one.consequences.names for one in programs if one.consequences is not None
            ),
            **{family: _merged(_with_outcome(programs, place)) for place, family in enumerate(HARM_FAMILIES)},
            "stock": _merged(one.exchange.stocks for one in programs if one.exchange is not None),
        },
        values={
            "segment": _merged(names.segments for names in found),
            "need": _merged(names.needs for names in found),
            "class": _merged(names.classes for names in found),
            "locality": _merged(filter(None, names.localities) for names in found),
            "quintile": tuple(map(str, sorted(quintiles))),
            "site": _merged(names.homes for names in found if names.homes != names.localities),
        },
        targets=_targets(programs),
        idle=frozenset(OUTSIDE).difference(*map(_paying, programs)),
        helped=frozenset(name for program in programs for name in _helped(program)),
        unknown=frozenset(_without_quality(programs)),
        uncertain=frozenset(_uncertain(programs)),
    )


def _with_outcome(programs: Iterable[Program], outcome: int) -> Iterator[list[str]]:
    """List the harms that have an outcome, program by program."""
    for program in programs:
        if (harms := program.harms) is not None:
            has = [np.isfinite(one[:, outcome, 0]).any() for one in _by_harm(harms)]
            yield [name for name, there in zip(harms.names, has, strict=True) if there]


def _uncertain(programs: Iterable[Program]) -> Iterator[tuple[str, str]]:
    """List the outcomes of harms that have an interval."""
    for program in programs:
        if (harms := program.harms) is not None:
            for name, amount in zip(harms.names, _by_harm(harms), strict=True):
                for outcome in np.flatnonzero((amount[:, :, 1] < amount[:, :, 2]).any(axis=0)).tolist():
                    yield HARM_FAMILIES[outcome], name


def _by_harm(harms: Harms) -> list[NDArray[np.float64]]:
    """Give the amounts (bands, outcomes, 3) of each harm."""
    return np.split(harms.amount, harms.band_first[1:-1])


def _without_quality(programs: Iterable[Program]) -> tuple[str, ...]:
    """Name the measures that ask for the quality of life of every segment, where some do not say it."""
    known = [one.people.quality_of_life for one in programs]
    return (
        () if all(one.size and np.isfinite(one).all() for one in known) else ("qalys_per_year", NET_BENEFIT)
    )


def _helped(program: Program) -> Iterator[str]:
    """Name the activities that may be done in places of partners."""
    if program.pacts is not None:
        yield from (program.names.activities[int(index)] for index in set(program.pacts.cell_activity.flat))


def _paying(program: Program) -> Iterator[str]:
    """Name who pays for some activity, leads an intervention, or has overheads."""
    for index in {
        *program.prices.payer.flat,
        *program.interventions.lead.flat,
        *program.prices.overhead_owner.flat,
        *np.flatnonzero(program.prices.contact_shares.any(axis=0)),
        *np.flatnonzero(program.prices.day_shares.any(axis=(0, 1))),
    }:
        if index >= 0:
            yield program.names.organisations[int(index)]


def family_of(resource: str) -> str:
    """Name what one resource of each site or locality came from: ``gp_slots@north_road``, ``gp_slots``."""
    return resource.partition("@")[0]


def read_name(text: str, known: Vocabulary) -> MeasureName:
    """Read a measure's name; raise ``DefinitionError`` that says what is allowed and may have been meant."""
    words = text.split(".")
    family, rest = _one_of(words[0], tuple(WHATS), where=f"'{text}'", kind="measure"), words[1:]
    subject = ""
    if family not in NAMELESS:
        subject = _one_of(_head(rest, text), known.subjects[family], where=f"'{text}'", kind=_noun(family))
        rest = rest[1:]
    cuts, rest = _read_cuts(rest, text, family=family, known=known)
    what, seconds = _read_what(rest, text, family=family)
    found = MeasureName(text=text, family=family, subject=subject, what=what, cuts=cuts, seconds=seconds)
    _refuse_what_is_not_recorded(found, known)
    return found


def _noun(family: str) -> str:
    """Say what the subjects of a family are."""
    return "harm with this outcome" if family in HARM_FAMILIES else family


def time_word(seconds: int) -> str:
    """Write a time as in a measure's name: hours below three days, then days, or weeks from six of them."""
    for name, size, least in (
        ("weeks", 604_800, 6 * 604_800),
        ("days", 86_400, 3 * 86_400),
        ("hours", 3_600, 3_600),
        ("minutes", 60, 60),
    ):
        if seconds >= least and seconds % size == 0:
            count = seconds // size
            return f"{count}_{name if count > 1 else name[:-1]}"
    return f"{seconds}_seconds"


def _read_cuts(
    rest: list[str], text: str, *, family: str, known: Vocabulary
) -> tuple[tuple[Cut, ...], list[str]]:
    """Read the cuts at the head of what is left of a name."""
    cuts: list[Cut] = []
    while rest and rest[0] == "by":
        allowed = CUTS.get(family, ())
        if not allowed:
            raise DefinitionError(f"'{text}': {family} cannot be cut by group.")
        dimension = _one_of(_head(rest[1:], text), allowed, where=f"'{text}'", kind="cut")
        value = _one_of(_head(rest[2:], text), known.values[dimension], where=f"'{text}'", kind=dimension)
        cuts.append(Cut(dimension=dimension, value=value))
        rest = rest[3:]
    return tuple(cuts), rest


def _read_what(rest: list[str], text: str, *, family: str) -> tuple[str, int | None]:
    """Read what is asked, and the time in it, if any."""
    what = ".".join(rest)
    allowed = WHATS[family]
    if len(rest) == 2 and any(one.startswith(f"{rest[0]}.") for one in allowed):
        suffix = "_share" if rest[0] == "waits_over" else ""
        if not rest[1].endswith(suffix):
            raise DefinitionError(
                f"'{text}': '{rest[1]}' must end in '_share', as in waits_over.4_hours_share."
            )
        return rest[0], _seconds(rest[1].removesuffix(suffix), text)
    return _one_of(what, allowed, where=f"'{text}'", kind=f"measure of {family}"), None


def _refuse_what_is_not_recorded(name: MeasureName, known: Vocabulary) -> None:
    """Refuse targets that a clock does not have, and cuts of what is recorded whole."""
    if name.family == "clock" and name.seconds is not None:
        targets = known.targets.get(name.subject, ())
        if name.seconds not in targets:
            allowed = ", ".join(map(time_word, targets)) or "none"
            raise DefinitionError(
                f"'{name.text}': clock '{name.subject}' has no such target; it has {allowed}."
            )
    dimensions = [cut.dimension for cut in name.cuts]
    whole = name.what in NOT_BY_PLACE.get(name.family, ()) and bool({*dimensions} & {*PLACES})
    whole |= name.what in ("open_over", *CONTRACT_WHATS, *DISCOUNTED)
    if name.cuts and whole:
        raise DefinitionError(f"'{name.text}': {name.what} is not recorded by {', '.join(dimensions)}.")


def _seconds(word: str, text: str) -> int:
    """Read the time in a measure's name."""
    try:
        value: Fraction = parse_quantity(word.replace("_", " "))[0]
    except DefinitionError as fault:
        raise DefinitionError(
            f"'{text}': '{word}' is no time; write it as in 4_hours or 18_weeks."
        ) from fault
    return int(value)


def _head(rest: list[str], text: str) -> str:
    """Give the next word of a name that must have one."""
    if not rest:
        raise DefinitionError(f"'{text}': the name ends too early.")
    return rest[0]


def _one_of(word: str, allowed: tuple[str, ...], *, where: str, kind: str) -> str:
    """Give the word back if it is allowed; else say what is, and what may have been meant."""
    if word in allowed:
        return word
    there = ", ".join(filter(None, allowed)) or "none"
    raise DefinitionError(
        f"{where}: no {kind} is called {shown(word)}; there is {there}.{nearest(word, allowed)}"
    )


def _merged(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Merge names, each once, in order."""
    return tuple(sorted({name for group in groups for name in group}))


def _targets(programs: tuple[Program, ...]) -> Mapping[str, tuple[int, ...]]:
    """Collect the targets, in seconds, that each clock has in every scenario."""
    found: dict[str, tuple[int, ...]] = {}
    for program in programs:
        rows = itertools.pairwise(program.clocks.target_first)
        for clock, (first, last) in zip(program.names.clocks, rows, strict=True):
            if not is_shown(clock):
                continue
            targets = tuple(map(int, program.clocks.target_seconds[first:last]))
            found[clock] = tuple(one for one in found.get(clock, targets) if one in targets)
    return found
