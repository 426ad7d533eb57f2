"""Beside what decides: what a scenario costs, and what else was seen to differ."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from simulator.analysis.comparison import Comparison
from simulator.experiment.measure_names import AT_HIGH, AT_LOW, DISCOUNTED, NET_BENEFITS
from simulator.reports.blocks import Paragraph
from simulator.reports.numbers import count_words, scale_of, step_for, with_unit
from simulator.reports.tables import finding
from simulator.reports.titles import named_measures
from simulator.reports.wording import Finding, change

COST = "system.resources_per_year"
SET_UP = "set_up_per_year"
OF_MONEY = ("system", "organisation", "intervention")
# Ends of intervals, the same health once more discounted, and what it is worth: the section on harm has them.
OF_HEALTH = (AT_LOW, AT_HIGH, *DISCOUNTED, *NET_BENEFITS)
OF_CAUSES = ("averted_per_year", "induced_per_year", "displaced_per_year")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The difference in cost, if anything is spent, and those seen among ``looked_at`` other measures."""

    cost: Finding | None
    seen: tuple[Finding, ...]
    looked_at: int

    @property
    def items(self) -> tuple[Paragraph, ...]:
        """Say in a line what else was seen to differ, or nothing where nothing was."""
        if not self.seen:
            return ()
        named = "; ".join(
            f"{one.title}: {change(one.difference, one.unit)}" for one in self.seen[:MOST_NAMED]
        )
        more = len(self.seen) - MOST_NAMED
        rest = f"; and {count_words(more)} more, in the tables below" if more > 0 else ""
        looked_at = f"{self.looked_at:,} measures looked at here"
        luck = f"Of the {looked_at}, one in twenty would look so by chance alone."
        text = f"{named}{rest}. {luck if self.seen[0].has_chance else f'These are of {looked_at}.'}"
        return (Paragraph(lead="Also seen to differ (95% intervals):", text=text),)


def beside(comparison: Comparison, scenario: str, *, deciding: Collection[str]) -> Beside:
    """Find the cost, and every other measure whose interval excludes no difference, the surest first.

    Those that the files name go before all others.
    """
    cost = None if COST in deciding else finding(comparison, scenario, name=COST)
    named = named_measures(comparison)
    found = {
        name: one
        for name in _others(comparison, but=deciding)
        if (one := finding(comparison, scenario, name=name)) is not None and one.difference.low is not None
    }
    seen = sorted(
        (name for name, one in found.items() if one.is_seen),
        key=lambda name: (name not in named, -_surety(found[name])),
    )
    return Beside(
        cost=cost if cost is not None and _is_spent(comparison, scenario) else None,
        seen=tuple(found[name] for name in seen),
        looked_at=len(found),
    )


def paid_once(comparison: Comparison, scenario: str) -> str:
    """Say how much of a yearly cost is setting schemes up, which no later year pays again; or nothing."""
    found = [
        comparison.difference(scenario, name.text)
        for name in comparison.names.values()
        if name.family == "intervention" and name.what == SET_UP and not name.cuts
    ]
    a_year = sum(one.mean for one in found if one is not None and one.mean is not None)
    if not a_year:
        return ""
    scale = scale_of("£ a year", (a_year,))
    said = with_unit(a_year, scale, step=step_for(None, value=a_year * scale.factor))
    drawn = " (mean of the draws)" if comparison.results.draws else ""
    return f"This holds {said} a year{drawn} for setting up, paid once and spread over the years shown."


def _others(comparison: Comparison, *, but: Collection[str]) -> Iterator[str]:
    """Name the measures that decide nothing: not money, which has a line of its own, nor causes."""
    for name in {one.text: one for one in comparison.names.values()}.values():
        is_whole = not name.cuts and "@" not in name.subject
        if (
            is_whole
            and name.family not in OF_MONEY
            and name.what not in (*OF_CAUSES, *OF_HEALTH)
            and name.text not in but
        ):
            yield name.text


def _is_spent(comparison: Comparison, scenario: str) -> bool:
    levels = (comparison.measure(one, COST) for one in (comparison.scenarios[0], scenario))
    return any(one is not None and one.mean for one in levels)


def _surety(one: Finding) -> float:
    """Give how many half-widths of its interval a difference lies from nought."""
    difference = one.difference
    assert difference.mean is not None
    assert difference.low is not None
    half = difference.mean - difference.low
    return abs(difference.mean) / half if half > 0 else float("inf")
