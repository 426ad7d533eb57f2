"""Who has reason to leave an alliance of localities, or the scheme that it shares, in sentences."""

from collections.abc import Iterator

from simulator.analysis.alliances import Membership
from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts import Contracts
from simulator.reports.blocks import Paragraph
from simulator.reports.numbers import listed, sentence
from simulator.reports.titles import title_of
from simulator.reports.verdicts import POUNDS, contract_title, organisation_title
from simulator.reports.wording import change


def by_alliance(
    comparison: Comparison, contracts: Contracts, *, scenario: str | None = None
) -> list[tuple[str, list[Membership]]]:
    """Give the members of each alliance, scenario by scenario or in one, under the alliance's title."""
    found: dict[tuple[str, str], list[Membership]] = {}
    for one in contracts.alliances:
        if scenario in (None, one.scenario):
            found.setdefault((one.scenario, one.alliance), []).append(one)
    return [(_title(comparison, members[0], contracts=contracts), members) for members in found.values()]


def who_leaves(comparison: Comparison, members: list[Membership]) -> str:
    """Say who is surely left with a loss by the care, and who surely pays the others."""
    touched = [one for one in members if not (one.gained.is_nought and one.moved.is_nought)]
    if not touched:
        return "nothing is gained, lost or shared"
    loses = [_left(comparison, one) for one in touched if one.leaves_scheme]
    pays = [_paid(comparison, one) for one in touched if one.leaves_alliance]
    said = [f"reason to leave the scheme: {'; '.join(loses)}"] if loses else []
    said += [f"reason to leave the alliance: {'; '.join(pays)}"] if pays else []
    return ". ".join(map(sentence, said)) or "nobody surely loses by it"


def partings(comparison: Comparison, scenario: str) -> tuple[Paragraph, ...]:
    """Say in an answer who has reason to leave what; nothing where no alliance of localities is touched."""
    if comparison.contracts is None:
        return ()
    told = list(_told(comparison, comparison.contracts, scenario=scenario))
    return (Paragraph(lead="Who has reason to leave, £ a year:", text=" ".join(told)),) if told else ()


def _told(comparison: Comparison, contracts: Contracts, *, scenario: str) -> Iterator[str]:
    for title, members in by_alliance(comparison, contracts, scenario=scenario):
        leaves = [one for one in members if one.leaves_scheme or one.leaves_alliance]
        if leaves:
            yield f"{sentence(title)}: {who_leaves(comparison, members)}."


def _left(comparison: Comparison, one: Membership) -> str:
    return f"{organisation_title(comparison, one.organisation)} {change(one.left, POUNDS)}"


def _paid(comparison: Comparison, one: Membership) -> str:
    who = organisation_title(comparison, one.organisation)
    return f"{who} {change(one.moved, POUNDS)} by sharing, {change(one.left, POUNDS)} with the care itself"


def _title(comparison: Comparison, one: Membership, *, contracts: Contracts) -> str:
    """Name an alliance by whose it is; by its contract too, where two are of the same people."""
    where = listed(title_of(comparison.results.model, "locality", id=id) for id in one.localities)
    several = {other.alliance for other in contracts.alliances if other.localities == one.localities}
    under = f" under ‘{contract_title(comparison, one.alliance)}’" if len(several) > 1 else ""
    return f"alliance of {where}{under}"
