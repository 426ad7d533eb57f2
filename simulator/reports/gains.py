"""Who gains and who loses: money between organisations, under the contract in force and under the others."""

from collections.abc import Callable

from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts import Contracts, Outcome
from simulator.reports.alliances import alliance_blocks
from simulator.reports.amounts import amount
from simulator.reports.blocks import Block, Group, Items, Notice, Paragraph, Section, Table, simple_table
from simulator.reports.chance import has_intervals
from simulator.reports.numbers import per_cent, scale_of, with_unit
from simulator.reports.of_a_part import part_notice
from simulator.reports.sameness import is_no_money
from simulator.reports.titles import scenario_title
from simulator.reports.verdicts import POUNDS, contract_title, organisation_title, verdict_sentences
from simulator.reports.wording import chance, change

READ_FIRST = (
    "Payments move money between organisations and make none; what care and schemes really cost is another "
    "book, and the two are never added up. The net of an organisation is what it is paid, less what it pays "
    "and less what care, schemes and its standing lines cost it; "
    "buildings, teams and wards cost the same until somebody closes or reassigns them. Where contracts are "
    "set beside each other, each is taken as in force in both worlds, over the same people and care: in "
    "those tables no contract changes what anybody does."
)
AFTER_REFILL = (
    " Costs and payments here, as on the finance director’s page, are after freed beds have filled again by "
    "the share that the model gives; activity costs above are what the runs themselves spent, before that: "
    "a hospital that frees beds spares less here than there."
)
OWN_FIRST = (
    "{} has a contract of its own, ‘{}’; the baseline is under ‘{}’. What changing the contract moves by "
    "itself is in its figures, here and on the finance director’s page; only the tables that set every "
    "contract beside the others leave it out."
)


def gains_sections(comparison: Comparison) -> tuple[Section, ...]:
    """Show who gains and who loses; nothing where the model has no contracts."""
    contracts = comparison.contracts
    if contracts is None:
        return ()
    blocks: tuple[Block, ...] = (
        Notice(word="Read this first", text=f"{READ_FIRST}{_after_refill(comparison)}"),
        *part_notice(comparison),
        *own_contracts(comparison),
        Items(items=tuple(Paragraph(text=line) for line in verdict_sentences(comparison, contracts))),
        _in_force(comparison, contracts),
        *_under_each(comparison, contracts),
        *alliance_blocks(comparison, contracts),
        _smallest_transfers(comparison, contracts),
        _years(comparison, contracts),
        _spends(comparison, contracts),
    )
    return (Section(id="gains", title="Who gains and who loses", short="Gains and losses", blocks=blocks),)


def _after_refill(comparison: Comparison) -> str:
    """Say that costs and payments are after refill, where there is any: those of other sections are not."""
    cash = comparison.cash
    return AFTER_REFILL if cash is not None and any(cash.given.values()) else ""


def own_contracts(comparison: Comparison) -> tuple[Notice, ...]:
    """Say which scenarios have another contract than the baseline."""
    contracts = comparison.contracts
    if contracts is None:
        return ()
    return tuple(
        Notice(
            word="Another contract",
            text=OWN_FIRST.format(
                scenario_title(comparison, scenario),
                *(contract_title(comparison, name) for name in contracts.under(scenario)),
            ),
        )
        for scenario in comparison.others
        if contracts.differ(scenario)
    )


def _all_in_force(comparison: Comparison, contracts: Contracts) -> str:
    """Name the contract in force, where it is one."""
    names = dict.fromkeys(contracts.in_force.values())
    if len(names) > 1:
        return "the contract in force in each world"
    return f"‘{contract_title(comparison, *names)}’, the contract in force"


def _in_force(comparison: Comparison, contracts: Contracts) -> Table:
    """Set what each organisation spends, is paid and has left beside each other."""
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                (
                    organisation_title(comparison, one.organisation),
                    change(one.resources, POUNDS),
                    change(one.received, POUNDS),
                    change(one.net, POUNDS),
                    _at_80(one),
                    chance(one.net),
                )
                for one in contracts.of(scenario)
            ),
        )
        for scenario in comparison.others
    )
    return Table(
        caption=f"Under {_all_in_force(comparison, contracts)}: change from the baseline, a year, 95% "
        "intervals where nothing else is said",
        columns=(
            "Scenario",
            "Organisation",
            "Spent on care and schemes",
            "Paid by others, less paid to them",
            "Net",
            "Net, 80% interval",
            "Probability that it loses",
        ),
        groups=groups,
    )


def _at_80(one: Outcome) -> str:
    """Write the 80% interval of a net alone; a dash where it has none."""
    _, opened, ends = change(one.net.at_80, POUNDS).partition(" (")
    return ends.removesuffix(")") if opened and one.net.low_80 is not None else "–"


def _under_each(comparison: Comparison, contracts: Contracts) -> tuple[Table, Table]:
    """Set the nets of all organisations under every contract beside each other, and how likely each loses."""
    net = _by_contract(
        comparison,
        contracts,
        caption="The same care under every contract: change of each organisation’s net, a year",
        cell=lambda one: change(one.net, POUNDS),
    )
    loses = _by_contract(
        comparison,
        contracts,
        caption="The same care under every contract: the probability that each organisation loses by it",
        cell=lambda one: chance(one.net),
    )
    return net, loses


def _by_contract(
    comparison: Comparison, contracts: Contracts, *, caption: str, cell: Callable[[Outcome], str]
) -> Table:
    touched = _touched(comparison, contracts)
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                (
                    contract_title(comparison, name),
                    *(
                        cell(one)
                        for one in contracts.of(scenario, contract=name)
                        if one.organisation in touched
                    ),
                )
                for name in comparison.results.model.contracts
            ),
        )
        for scenario in comparison.others
    )
    who = [organisation_title(comparison, name) for name in touched]
    return Table(caption=caption, columns=("Scenario", "Contract", *who), groups=groups)


def _touched(comparison: Comparison, contracts: Contracts) -> list[str]:
    """List the organisations that gain or lose anything under any contract; all if none does."""
    outcomes = [
        one
        for scenario in comparison.others
        for name in comparison.results.model.contracts
        for one in contracts.of(scenario, contract=name)
    ]
    found = {one.organisation for one in outcomes if not is_no_money(one.net)}
    return [name for name in contracts.organisations if name in found or not found]


def _smallest_transfers(comparison: Comparison, contracts: Contracts) -> Table:
    """List the smallest payments that would leave nobody worse off on average, and what would be missing."""
    rows = []
    for scenario, found in contracts.mending.items():
        title = scenario_title(comparison, scenario)
        pays, gets = found.paid.sum(axis=1), found.paid.sum(axis=0)
        for place, name in enumerate(contracts.organisations):
            if pays[place] > 0 or gets[place] > 0:
                given, got = (_pounds(one) if one > 0 else "–" for one in (pays[place], gets[place]))
                rows.append((title, organisation_title(comparison, name), given, got))
        if found.short > 0:
            rows.append((title, "Nobody: all together lose that much", _pounds(found.short), "–"))
    return simple_table(
        "The smallest payments, besides the contract in force, that would leave nobody worse off on average; "
        "where all together lose, as far as the gains go",
        columns=("Scenario", "Organisation", "Pays, a year", "Receives, a year"),
        rows=tuple(rows),
        texts=("Organisation",),
    )


def _years(comparison: Comparison, contracts: Contracts) -> Table:
    """List the years of the place as a whole and of each organisation, as a finance director reads them."""
    rows = tuple(
        (
            scenario_title(comparison, one.scenario),
            organisation_title(comparison, one.organisation) if one.organisation else "All together",
            f"{one.starts.day} {one.starts:%B %Y}",
            change(one.net, POUNDS),
            change(one.cumulative, POUNDS),
            _broken_even(comparison, one.breaks_even),
        )
        for one in contracts.years
    )
    return simple_table(
        "Year by year under the contract in force: net in the year, and the sum so far, discounted at 3.5%",
        columns=(
            "Scenario",
            "Organisation",
            "Year from",
            "Net in the year",
            "Sum so far",
            _broken_even_heading(comparison),
        ),
        rows=rows,
        texts=("Organisation", "Year from"),
        folded="Show the years, as a finance director would ask for them",
    )


def _broken_even(comparison: Comparison, share: float | None) -> str:
    """Write the share of runs that have broken even; of the one run without chance whether it has."""
    if share is None:
        return "–"
    return per_cent(share) if has_intervals(comparison.results) else "yes" if share else "no"


def _broken_even_heading(comparison: Comparison) -> str:
    if not has_intervals(comparison.results):
        return "Has broken even"
    return f"{'Draws' if comparison.results.draws else 'Replications'} that have broken even"


def _spends(comparison: Comparison, contracts: Contracts) -> Table:
    """Set each organisation's yearly spend beside what of it the model follows."""
    model = comparison.results.model
    rows = tuple(
        (organisation_title(comparison, name), amount(spend), _rest(rest))
        for name, rest in contracts.unexplained.items()
        if (spend := model.organisations[name].yearly_spend) is not None
    )
    return simple_table(
        "The baseline beside each organisation’s yearly spend",
        columns=(
            "Organisation",
            "Yearly spend of the whole place, as stated",
            "Of the part that was run, in no line here: fixed, or not modelled (below nought: the lines come "
            "to more than is spent)",
        ),
        rows=rows,
        folded="Show what of each organisation’s yearly spend is followed here",
    )


def _rest(pounds: float) -> str:
    """Say what of a stated spend is in no line; in words where the lines come to more than is stated."""
    if pounds >= 0:
        return _pounds(pounds)
    return f"nothing: what is followed comes to {_pounds(-pounds)} more than is stated"


def _pounds(value: float) -> str:
    return with_unit(value, scale_of(POUNDS, (value,)))
