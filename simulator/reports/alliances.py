"""Alliances of localities: what each member gains by the people there, what is shared, and who walks away."""

from collections.abc import Iterator

from simulator.analysis.alliances import Membership
from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts import Contracts
from simulator.reports.blocks import Block, Group, Items, Paragraph, Table
from simulator.reports.numbers import listed, per_cent
from simulator.reports.titles import scenario_title, title_of
from simulator.reports.verdicts import POUNDS, contract_title, organisation_title
from simulator.reports.wording import chance, change

READ = (
    "Each alliance of localities is about the people who live there: what their care costs and is paid for, "
    "and their part, by people, of the schemes that they may join. What stands for the whole place, and what "
    "is nobody’s, is in none of them. A member surely left with a loss has reason to walk away; one that "
    "surely pays the others more than it is paid has reason to leave the alliance, though it gains."
)


def alliance_blocks(comparison: Comparison, contracts: Contracts) -> tuple[Block, ...]:
    """Show alliances of localities; nothing where no contract is one."""
    if not contracts.alliances:
        return ()
    lines = tuple(Paragraph(text=line) for line in _sentences(comparison, contracts))
    return Paragraph(text=READ), Items(items=lines), _table(comparison, contracts)


def _sentences(comparison: Comparison, contracts: Contracts) -> Iterator[str]:
    """Say for each scenario and alliance who has reason to walk away, and who pays for the others."""
    for header, members in _by_alliance(comparison, contracts):
        touched = [one for one in members if not (one.gained.is_nought and one.moved.is_nought)]
        leaves = _named(comparison, [one for one in touched if one.walks_away])
        pays = _named(comparison, [one for one in touched if one.pays_for_others and not one.walks_away])
        said = [f"reason to walk away: {leaves}"] if leaves else ["nobody is surely left with a loss"]
        said += [f"pays for the others: {pays}"] if pays else []
        yield f"{header}: {'; '.join(said) if touched else 'nothing is gained, lost or shared'}."


def _named(comparison: Comparison, members: list[Membership]) -> str:
    return listed(organisation_title(comparison, one.organisation) for one in members)


def _table(comparison: Comparison, contracts: Contracts) -> Table:
    """List what each member gains, is paid and has left."""
    groups = tuple(
        Group(
            header=header,
            rows=tuple(
                (
                    organisation_title(comparison, one.organisation),
                    change(one.gained, POUNDS),
                    change(one.moved, POUNDS),
                    change(one.left, POUNDS),
                    chance(one.left),
                    per_cent(one.loses_share),
                )
                for one in members
            ),
        )
        for header, members in _by_alliance(comparison, contracts)
    )
    runs = "draws and replications" if comparison.results.draws else "replications"
    return Table(
        caption="Alliances of localities: each member’s change from the baseline, a year, 95% intervals",
        columns=(
            "Scenario and alliance",
            "Member",
            "Gained by the people there",
            "Paid by the alliance, less paid to it",
            "Left",
            "Probability that it loses",
            f"Share of {runs} in which it loses",
        ),
        groups=groups,
    )


def _by_alliance(comparison: Comparison, contracts: Contracts) -> list[tuple[str, list[Membership]]]:
    """Give the members of each alliance in each scenario, under a heading."""
    found: dict[tuple[str, str], list[Membership]] = {}
    for one in contracts.alliances:
        found.setdefault((one.scenario, one.alliance), []).append(one)
    return [(_header(comparison, members[0]), members) for members in found.values()]


def _header(comparison: Comparison, one: Membership) -> str:
    model = comparison.results.model
    where = listed(title_of(model, "locality", id=id) for id in one.localities)
    alliance = contract_title(comparison, one.alliance)
    return f"{scenario_title(comparison, one.scenario)}: {alliance} ({where})"
