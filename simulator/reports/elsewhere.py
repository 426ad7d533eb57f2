"""Where cases went instead: by intervention, from where, instead of what, and whether there was a place."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.went_elsewhere import DIVERTED, WentElsewhere
from simulator.reports.blocks import Block, simple_table
from simulator.reports.titles import lower_first, scenario_title, title_of
from simulator.reports.wording import level

A_YEAR = "cases a year"


def elsewhere_blocks(comparison: Comparison, scenario: str) -> tuple[Block, ...]:
    """Show where cases went instead in a scenario; nothing where none did."""
    found = [one for one in comparison.went_elsewhere if one.scenario == scenario]
    if not found:
        return ()
    return (
        simple_table(
            f"Where they went instead: {scenario_title(comparison, scenario)}, a year",
            columns=("By", "From", "Instead of", "To", "Were to go", "Found a place there and then"),
            rows=tuple(_row(comparison, one) for one in found),
            texts=("By", "From", "Instead of", "To"),
        ),
    )


def _row(comparison: Comparison, one: WentElsewhere) -> tuple[str, ...]:
    model = comparison.results.model
    at, instead_of, to = (title_of(model, "activity", id=name) for name in (one.at, one.instead_of, one.to))
    rest = instead_of if one.kind == DIVERTED else f"the rest of the stay in {lower_first(instead_of)}"
    rest += ", or going home" if one.or_home else ""
    by = title_of(model, "intervention", id=one.intervention)
    return by, at, rest, to, level(one.offered, A_YEAR), level(one.went, A_YEAR)
