"""Where cases went instead: by intervention, from where, instead of what, and whether there was a place."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.ways import DIVERTED, NEED_STARTED, REFERRAL_STARTED, STEPPED_DOWN
from simulator.analysis.went_elsewhere import WentElsewhere
from simulator.definition.routes import DIED, EXIT
from simulator.reports.blocks import Block, simple_table
from simulator.reports.titles import as_words, lower_first, scenario_title, title_of
from simulator.reports.wording import level

A_YEAR = "cases a year"
FOUND_A_PLACE, WENT = "Found a place there and then", "Went there"
OF_MOVES = (DIVERTED, STEPPED_DOWN)
STARTED = {NEED_STARTED: "need", REFERRAL_STARTED: "referral"}


def elsewhere_blocks(comparison: Comparison, scenario: str) -> tuple[Block, ...]:
    """Show where cases went instead in a scenario; nothing where none did."""
    mine = [one for one in comparison.went_elsewhere if one.scenario == scenario]
    title = scenario_title(comparison, scenario)
    moved = [one for one in mine if one.kind in OF_MOVES]
    sent = [one for one in mine if one.kind not in OF_MOVES]
    blocks: list[Block] = []
    if moved:
        blocks.append(
            simple_table(
                f"Where they went instead: {title}, a year",
                columns=("By", "From", "Instead of", "To", "Were to go", FOUND_A_PLACE),
                rows=tuple((*_words(comparison, one), *_numbers(one)) for one in moved),
                texts=("By", "From", "Instead of", "To"),
            )
        )
    if sent:
        blocks.append(
            simple_table(
                f"Who was sent another way, be a place free there or not: {title}, a year",
                columns=("By", "From", "Instead of", "To", WENT),
                rows=tuple((*_words(comparison, one), level(one.went, A_YEAR)) for one in sent),
                texts=("By", "From", "Instead of", "To"),
            )
        )
    return tuple(blocks)


def _numbers(one: WentElsewhere) -> tuple[str, str]:
    return level(one.offered, A_YEAR), level(one.went, A_YEAR)


def _words(comparison: Comparison, one: WentElsewhere) -> tuple[str, str, str, str]:
    model = comparison.results.model
    family = STARTED.get(one.kind, "activity")
    at = title_of(model, family, id=one.at)
    instead_of, to = (_place(comparison, name) for name in (one.instead_of, one.to))
    rest = f"the rest of the stay in {lower_first(instead_of)}" if one.kind == STEPPED_DOWN else instead_of
    rest += ", or going home" if one.or_home else ""
    begins = f"{at}, as it begins" if family != "activity" else at
    return title_of(model, "intervention", id=one.intervention), begins, rest, to


def _place(comparison: Comparison, name: str) -> str:
    """Say where a way leads: to an activity, home, to death, or by a route that leads to several."""
    model = comparison.results.model
    if name in model.activities:
        return title_of(model, "activity", id=name)
    return {EXIT: "Going home", DIED: "Death"}.get(name, as_words(name))
