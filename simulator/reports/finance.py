"""What stays empty after refill, and the finance director's page."""

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta

from simulator.analysis.cash import ALL, Cash, Freed, Funding, Purse
from simulator.analysis.cash_tables import PURSE
from simulator.analysis.comparison import Comparison
from simulator.experiment.results import Results
from simulator.reports.blocks import Block, Group, Items, Notice, Paragraph, Section, Table, simple_table
from simulator.reports.chance import has_intervals
from simulator.reports.gains import own_contracts
from simulator.reports.ledger import ledger_tables, refilled_tables
from simulator.reports.numbers import A_PENNY, count_words, per_cent, probability
from simulator.reports.sameness import is_no_money
from simulator.reports.titles import scenario_title, title_of
from simulator.reports.window import last_day
from simulator.reports.wording import change, level

POUNDS = "£"
A_YEAR = "£ a year"
DAYS = "bed-days a year"
BROKEN_EVEN = "First broken even"
FREED_FIRST = (
    "Freed bed-days are capacity, not money, and stand in a book of their own: they are never added to "
    "pounds. Whoever takes a freed bed costs what a day and a stay in it cost in the scenario, and contracts "
    "pay for it, so only what stays empty spares anything. A ward is released when, over its notice, over "
    "the last whole winter and over what has passed of a present one, as many places as it has stayed empty. "
    "Several shares of refill are shown beside each other because no evaluation has settled which is right."
)
FINANCE_FIRST = (
    "Pounds in each year, scenario less baseline, over the same people. Set-up, recurrent cost and more care "
    "are costs; what is released, transfers, net and the sum so far are gains above nought, and net is "
    "released and transfers less the three costs. More care is each activity (ward, sum that stands) that "
    "costs its payer more than in the baseline over the whole time, on average, after freed beds have filled "
    "again; released is what all others cost less. Peak funding is what is out when the mean sum so far is "
    "lowest, looked at after setting up and at each year’s end, with the interval of the sum at that moment."
)
NAIVE_FIRST = (
    "A naive case prices every start that is saved at the average cost, most of which nobody can stop "
    "spending, and takes off what schemes cost and what care that has no average cost costs more. A sum that "
    "stands and falls, as with a shared back office, is no start: it is in ours alone. A dash: nothing is "
    "spent, or no start with an average cost is saved."
)


def finance_sections(comparison: Comparison) -> tuple[Section, ...]:
    """Show freed capacity and cash; nothing where the model has no money beyond activity cost."""
    cash = comparison.cash
    if cash is None or not comparison.others:
        return ()
    blocks: list[Block] = [
        Notice(word="Read this first", text=FINANCE_FIRST),
        *own_contracts(comparison),
        Items(items=tuple(Paragraph(text=line) for line in _sentences(comparison, cash))),
        _by_refill(comparison, cash),
        _years(comparison, cash),
        *_naive(comparison, cash),
        *ledger_tables(comparison),
    ]
    finance = Section(
        id="finance", title="The finance director’s page", short="Finance", blocks=tuple(blocks)
    )
    return (*_capacity(comparison, cash), finance)


def _capacity(comparison: Comparison, cash: Cash) -> tuple[Section, ...]:
    """Show bed-days freed and what stays empty, wards released, and carers' hours."""
    blocks: list[Block] = []
    if cash.freed:
        blocks += [Notice(word="Read this first", text=FREED_FIRST), _freed(comparison, cash)]
        blocks += refilled_tables(comparison)
    if any(one.hours.mean for one in cash.own_time):
        blocks.append(_own_time(comparison, cash))
    if not blocks:
        return ()
    title = "What is freed, and what stays empty"
    return (Section(id="released", title=title, short="Freed capacity", blocks=tuple(blocks)),)


def _freed(comparison: Comparison, cash: Cash) -> Table:
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                _freed_row(comparison, cash, one=one) for one in cash.freed if one.scenario == scenario
            ),
        )
        for scenario in comparison.others
    )
    return Table(
        caption="Bed-days freed a year against the baseline, what of them stays empty, and wards released",
        columns=(
            "Scenario",
            "Beds",
            "Freed",
            *(f"Stay empty at a refill of {_share(cash, one)}" for one in cash.refills),
            *(f"Wards released at {_share(cash, one)}" for one in cash.refills),
        ),
        groups=groups,
    )


def _freed_row(comparison: Comparison, cash: Cash, *, one: Freed) -> tuple[str, ...]:
    name = title_of(comparison.results.model, "resource", id=one.resource)
    empty = [change(one.empty.get(share), DAYS) for share in cash.refills]
    wards = [change(one.wards.get(share), "wards") for share in cash.refills]
    return (name, change(one.days, DAYS), *empty, *wards)


def _own_time(comparison: Comparison, cash: Cash) -> Table:
    model = comparison.results.model
    rows = tuple(
        (
            scenario_title(comparison, one.scenario),
            f"{title_of(model, 'organisation', id=one.account)}: "
            f"{title_of(model, 'activity', id=one.activity)}",
            level(one.hours, "hours a year"),
            "–" if one.change is None else change(one.change, "hours a year"),
            level(one.pounds, A_YEAR),
        )
        for one in cash.own_time
    )
    return simple_table(
        "Hours of carers and others whom nobody pays: a line of its own, in no sum of money",
        columns=("Scenario", "Whose, on what", "Hours a year", "Change", "What they would cost to replace"),
        rows=rows,
        texts=("Whose, on what",),
    )


def _sentences(comparison: Comparison, cash: Cash) -> Iterator[str]:
    """Say of each scenario what all together gain by the end, at each share of refill, and how surely."""
    for scenario in comparison.others:
        parts = []
        for share in cash.refills:
            last = cash.years(scenario, ALL, refill=share)[-1]
            broken = last.breaks_even
            runs = "" if broken is None else f", {_has_broken_even(comparison.results, broken)}"
            spoken = _spoken(cash, share, scenario=scenario)
            parts.append(f"{spoken}, {change(last.cumulative, POUNDS)} by the end{runs}")
        asked = cash.asked(scenario, ALL, refill=cash.given[scenario])
        out = "" if asked is None else f" Out at most: {level(asked.peak, POUNDS)}."
        yield f"{scenario_title(comparison, scenario)}, all together: {'; '.join(parts)}.{out}"


def _spoken(cash: Cash, share: float, *, scenario: str) -> str:
    """Say a share of refill in words."""
    if cash.nothing_fills:
        return "nothing fills again in this model"
    given = ", as the model has it" if share == cash.given[scenario] else ""
    return {0.0: "if nothing fills again", 1.0: "if all fills again"}.get(
        share, f"if {per_cent(share)} of freed bed-days fill again{given}"
    )


def _has_broken_even(results: Results, share: float) -> str:
    """Say in what share of runs it has broken even; of the one run without chance whether it has."""
    if not has_intervals(results):
        return "has broken even" if share else "has not broken even"
    return f"broken even in {_of_runs(share, draws=results.draws)}"


def _of_runs(share: float, *, draws: int) -> str:
    runs = "draws" if draws else "replications"
    if share in (0.0, 1.0):
        return f"all {runs}" if share else f"none of the {runs}"
    if draws and math.isclose(share * draws, round(share * draws)):
        return f"{count_words(round(share * draws))} of {count_words(draws, 'draw')}"
    return f"{probability(share) if draws else per_cent(share)} of {runs}"


def _by_refill(comparison: Comparison, cash: Cash) -> Table:
    """Set what each purse has by the end at each share of refill beside each other."""
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                (
                    _who(comparison, name),
                    *(_end(cash, scenario, name=name, share=share) for share in cash.refills),
                    *_funding_cells(cash.asked(scenario, name, refill=cash.given[scenario])),
                    _broken_even(comparison, cash.years(scenario, name, refill=cash.given[scenario])),
                )
                for name in (ALL, *cash.organisations)
                if _is_touched(cash, scenario, name=name)
            ),
        )
        for scenario in comparison.others
    )
    return Table(
        caption="Sum over the years shown, discounted at 3.5%, after transfers, by the share of freed beds "
        "that fill again; peak funding, and the day by which the mean has first broken even, at the refill "
        "as given",
        columns=(
            "Scenario",
            "Whose purse",
            *(f"At a refill of {_share(cash, one)}" for one in cash.refills),
            "Peak funding",
            BROKEN_EVEN,
        ),
        groups=groups,
    )


def _end(cash: Cash, scenario: str, *, name: str, share: float) -> str:
    return change(cash.years(scenario, name, refill=share)[-1].cumulative, POUNDS)


def _broken_even(comparison: Comparison, years: Sequence[Purse]) -> str:
    """Say at which year's end the mean sum so far is nought or more for the first time, if at any."""
    ends = [one.starts - timedelta(days=1) for one in years[1:]] + [last_day(comparison.results)]
    # Before anything has changed there is nothing to break even from.
    begun = [(one, end) for one, end in zip(years, ends, strict=True) if one.breaks_even is not None]
    is_even = [(one.cumulative.mean or 0.0) > -A_PENNY / 2 for one, _ in begun]
    if not any(is_even):
        return "not within the window"
    place = is_even.index(True)
    end = begun[place][1]
    again = "" if all(is_even[place:]) else ", and below nought again later"
    return f"{end.day} {end:%B %Y}{again}"


def _funding_cells(asked: Funding | None) -> tuple[str]:
    return ("–" if asked is None else level(asked.peak, POUNDS),)


def _years(comparison: Comparison, cash: Cash) -> Table:
    """List every year of every purse that is touched, at the model's own share of refill."""
    rows = tuple(
        _year_row(comparison, one)
        for scenario in comparison.others
        for name in (ALL, *cash.organisations)
        if _is_touched(cash, scenario, name=name)
        for one in cash.years(scenario, name, refill=cash.given[scenario])
    )
    return simple_table(
        f"Year by year, pounds in that year, at a refill of {_given(cash)}",
        columns=(
            "Scenario",
            "Whose purse",
            "Year from",
            "Set-up cost",
            "Recurrent cost",
            "Cost of more care",
            "Released",
            "Transfers",
            "Net",
            "Sum so far, discounted",
            "Probability of break-even",
        ),
        rows=rows,
        texts=("Whose purse", "Year from"),
        folded="Show the years: costs of schemes and of more care, released, transfers, net and sum",
    )


def _year_row(comparison: Comparison, one: Purse) -> tuple[str, ...]:
    return (
        scenario_title(comparison, one.scenario),
        _who(comparison, one.organisation),
        f"{one.starts.day} {one.starts:%B %Y}",
        *(change(getattr(one, word), POUNDS) for word in PURSE),
        "–" if one.breaks_even is None else per_cent(one.breaks_even),
    )


def _naive(comparison: Comparison, cash: Cash) -> tuple[Block, ...]:
    """Set what a business case would claim beside ours, and what one would have to believe."""
    if not any(line.average is not None for line in comparison.results.model.costs.values()):
        return ()
    rows = tuple(
        (
            scenario_title(comparison, scenario),
            _who(comparison, name),
            change(asked.naive, A_YEAR),
            *(_ours(cash, scenario, name=name, share=share) for share in cash.refills),
            belief(asked),
        )
        for scenario in comparison.others
        for name in (ALL, *cash.organisations)
        if _is_touched(cash, scenario, name=name)
        and (asked := cash.asked(scenario, name, refill=cash.given[scenario])) is not None
    )
    table = simple_table(
        "The naive business case (average cost of every start saved, less what schemes and more care cost) "
        "beside ours, before transfers; and what part of the average cost must be released to break even",
        columns=(
            "Scenario",
            "Whose purse",
            "Naive",
            *(f"Ours at a refill of {_share(cash, one)}" for one in cash.refills),
            "One would have to believe",
        ),
        rows=rows,
        texts=("Whose purse",),
    )
    return Paragraph(text=NAIVE_FIRST), table


def _ours(cash: Cash, scenario: str, *, name: str, share: float) -> str:
    asked = cash.asked(scenario, name, refill=share)
    return "–" if asked is None else change(asked.ours, A_YEAR)


def belief(asked: Funding) -> str:
    """Say what part of the average cost must be released to break even, and where none could."""
    if asked.must_release is None:
        return "–"
    if asked.must_release > 1:
        return f"{per_cent(asked.must_release)} of the average cost: no release could break even"
    return f"{per_cent(asked.must_release)} of the average cost"


def _is_touched(cash: Cash, scenario: str, *, name: str) -> bool:
    """Say whether anything of a purse differs from the baseline."""
    words = ("set_up", "recurrent", "more_care", "releasing", "transfers")
    years = [one for share in cash.refills for one in cash.years(scenario, name, refill=share)]
    found = (getattr(one, word) for one in years for word in words)
    return any(not is_no_money(one) for one in found)


def _who(comparison: Comparison, name: str) -> str:
    return "All together" if name == ALL else title_of(comparison.results.model, "organisation", id=name)


def _share(cash: Cash, share: float) -> str:
    """Write a share of refill, the model's own marked; where scenarios set their own, each that one gives."""
    given = set(cash.given.values())
    if share not in given or len(cash.refills) == 1:
        return f"{share:g}"
    return f"{share:g} (as given)" if len(given) == 1 else f"{share:g} (as given in some scenarios)"


def _given(cash: Cash) -> str:
    """Name the share of refill that each scenario's model has."""
    given = set(cash.given.values())
    return _share(cash, *given) if len(given) == 1 else "what each scenario gives"
