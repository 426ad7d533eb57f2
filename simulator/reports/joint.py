"""What is bought together: the price as others join, and the saving of each buyer."""

from collections.abc import Iterable

from simulator.analysis.comparison import Comparison
from simulator.analysis.joint_buying import Buyer, CurvePoint, joint_buyers, price_curve
from simulator.reports.blocks import Group, Notice, Section, Table
from simulator.reports.numbers import plain, scale_of, with_unit
from simulator.reports.titles import as_words, clean, scenario_title, title_of

READ_FIRST = (
    "What buying together comes to by the model file, at its full strength and for whole organisations: "
    "nothing here is simulated, and the curve is an assumption. Whoever buys little alone gains most for "
    "each; whether that pays for agreeing with so many is in the last column."
)


def joint_sections(comparison: Comparison) -> tuple[Section, ...]:
    """Show the buyers and the curve; nothing where nothing is bought together."""
    found = tuple(joint_buyers(comparison.results))
    if not found:
        return ()
    blocks = (
        Notice(word="Read this first", text=READ_FIRST),
        _buyers(comparison, found),
        _curve(comparison, price_curve(comparison.results)),
    )
    return (Section(id="joint", title="What is bought together", short="Joint buying", blocks=blocks),)


def _buyers(comparison: Comparison, found: Iterable[Buyer]) -> Table:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for one in found:
        rows.setdefault(_heading(comparison, one.scenario, cost=one.cost), []).append(
            (
                _who(comparison, one),
                plain(one.bought, step=1.0),
                _pounds(one.price_alone),
                _pounds(one.price_together),
                _pounds(one.saving),
                _pounds(one.negotiation),
                _paid_back(one),
            )
        )
    return Table(
        caption="Price and saving of each buyer, a year at full strength",
        columns=(
            "Scenario",
            "Buyer",
            "Buys",
            "Price alone",
            "Price together",
            "Saves a year",
            "Pays once to agree",
            "Paid back after",
        ),
        groups=tuple(Group(header=header, rows=tuple(those)) for header, those in rows.items()),
    )


def _curve(comparison: Comparison, found: Iterable[CurvePoint]) -> Table:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for one in found:
        rows.setdefault(_heading(comparison, one.scenario, cost=one.cost), []).append(
            (plain(float(one.buyers), step=1.0), plain(one.volume, step=1.0), _pounds(one.price))
        )
    return Table(
        caption="The price curve: what the first buyer of the place pays as others join, the largest first",
        columns=("Scenario", "Buyers", "Bought together", "Price of one for a year"),
        groups=tuple(Group(header=header, rows=tuple(those)) for header, those in rows.items()),
    )


def _heading(comparison: Comparison, scenario: str, *, cost: str) -> str:
    line = comparison.results.models[scenario].costs[cost]
    return f"{scenario_title(comparison, scenario)}: {clean(line.title or as_words(cost))}"


def _who(comparison: Comparison, one: Buyer) -> str:
    if one.is_of_the_place:
        return title_of(comparison.results.model, "organisation", id=one.name)
    return as_words(one.name)


def _pounds(value: float) -> str:
    return with_unit(value, scale_of("£", (value,)))


def _paid_back(one: Buyer) -> str:
    if one.saving <= 0:
        return "never"
    return f"{one.negotiation / one.saving:.1f} years"
