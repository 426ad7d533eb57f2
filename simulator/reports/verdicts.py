"""Who gains and who loses, in sentences: under the contract in force, and in how many of the others."""

from collections.abc import Iterator, Mapping

from simulator.analysis.cash import ALL, Cash
from simulator.analysis.comparison import Comparison
from simulator.analysis.contracts import Contracts, Outcome
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Paragraph
from simulator.reports.chance import has_chance
from simulator.reports.numbers import listed, sentence
from simulator.reports.of_a_part import in_a_part
from simulator.reports.other_contracts import Under, under_the_others
from simulator.reports.sameness import is_no_money
from simulator.reports.titles import scenario_title, title_of
from simulator.reports.wording import NO_INTERVAL, change

POUNDS = "£ a year"
SURE = 0.975  # both ends of a 95% interval on one side of nought
A_POUND = 1.0  # what is less comes of the order in which stocks are added up
COUNTED = " (counted as stocks, with no chance in this engine and no intervals)"
UNTOUCHED, GAINS, LOSES, EITHER = "untouched", "gains", "loses", "either"
SAID = {
    GAINS: "better off: {}",
    LOSES: "worse off: {}",
    EITHER: "not to be told: {}",
    UNTOUCHED: "untouched: {}",
}


def verdict_on(one: Outcome, *, by_chance: bool = True) -> str:
    """Say whether an organisation gains or loses, as far as its 95% interval tells; by the sign alone where
    nothing is ``by_chance`` and one run is all there is."""
    loses, low, high = one.net.probability_of_reduction, one.net.low, one.net.high
    if one.net.is_nought or is_no_money(one.net):
        return UNTOUCHED
    if not by_chance and one.net.n == 1 and one.net.mean is not None:
        if abs(one.net.mean) < A_POUND:
            return UNTOUCHED
        return LOSES if one.net.mean < 0 else GAINS
    if loses is None or 1 - SURE < loses < SURE:
        return EITHER
    if one.net.draws and (low is None or high is None or low <= 0 <= high):
        return EITHER
    return LOSES if loses >= SURE else GAINS


def verdict_sentences(comparison: Comparison, contracts: Contracts) -> Iterator[str]:
    """Say for each scenario who is surely better off, who is worse off, and of whom it cannot be told."""
    for scenario in comparison.others:
        name = contract_title(comparison, contracts.in_force[scenario])
        found = _by_verdict(comparison, contracts.of(scenario))
        parts = (
            SAID[verdict].format(listed(organisation_title(comparison, one.organisation) for one in who))
            for verdict, who in found.items()
        )
        yield f"{scenario_title(comparison, scenario)}, under ‘{name}’{_how(comparison)}: {'; '.join(parts)}."


def purses(comparison: Comparison, scenario: str) -> tuple[Paragraph, ...]:
    """Say in an answer whose purse gains and whose loses; nothing where no money is touched."""
    contracts = comparison.contracts
    if contracts is None:
        return _without_contracts(comparison, scenario)
    if not _by_verdict(comparison, contracts.of(scenario)).keys() - {UNTOUCHED}:
        return ()
    name = contract_title(comparison, contracts.in_force[scenario])
    told = [
        _in_force(comparison, contracts.of(scenario)),
        *_all_together(comparison, scenario),
        *_elsewhere(comparison, contracts, scenario=scenario),
    ]
    lead = f"Who gains and who loses, a year, under ‘{name}’{_how(comparison)}{in_a_part(comparison)}:"
    return (Paragraph(lead=lead, text=" ".join(told)),)


def organisation_title(comparison: Comparison, name: str) -> str:
    """Give an organisation's title, or its name in words."""
    return title_of(comparison.results.model, "organisation", id=name)


def contract_title(comparison: Comparison, name: str) -> str:
    """Give a contract's title, or its name in words."""
    return title_of(comparison.results.model, "contract", id=name)


def _by_chance(comparison: Comparison) -> bool:
    """Say whether another run would have come out otherwise, or another draw."""
    return has_chance(comparison.results) or comparison.results.draws > 0


def _how(comparison: Comparison) -> str:
    return "" if _by_chance(comparison) else COUNTED


def _change(comparison: Comparison, one: Estimate, *, unit: str = POUNDS) -> str:
    """Write a sum; that it has no interval is said once for all where nothing has."""
    said = change(one, unit)
    return said if _by_chance(comparison) else said.removesuffix(f" {NO_INTERVAL}")


def _by_verdict(comparison: Comparison, outcomes: list[Outcome]) -> Mapping[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {verdict: [] for verdict in SAID}
    by_chance = _by_chance(comparison)
    for one in outcomes:
        found[verdict_on(one, by_chance=by_chance)].append(one)
    return {verdict: who for verdict, who in found.items() if who}


def _in_force(comparison: Comparison, outcomes: list[Outcome]) -> str:
    """Say who is better and worse off by how much, and of whom it cannot be told."""
    found = _by_verdict(comparison, outcomes)
    told = []
    for verdict in (GAINS, LOSES):
        sums = [
            f"{organisation_title(comparison, one.organisation)} {_change(comparison, one.net)}"
            for one in found.get(verdict, ())
        ]
        told += [SAID[verdict].format("; ".join(sums))] if sums else []
    unsure = [organisation_title(comparison, one.organisation) for one in found.get(EITHER, ())]
    told += [SAID[EITHER].format(listed(unsure))] if unsure else []
    return " ".join(f"{sentence(one)}." for one in told)


def _without_contracts(comparison: Comparison, scenario: str) -> tuple[Paragraph, ...]:
    """Say what each has by the end where nobody pays anybody; nothing where no freed bed fills again."""
    cash = comparison.cash
    if cash is None or cash.nothing_fills:
        return ()
    by_end = {name: _by_the_end(cash, scenario, organisation=name) for name in cash.organisations}
    told = [
        f"{organisation_title(comparison, name)} {_change(comparison, one, unit='£')}"
        for name, one in by_end.items()
        if one is not None and not one.is_nought
    ]
    if not told:
        return ()
    text = " ".join([*_all_together(comparison, scenario), f"Of that: {'; '.join(told)}."])
    return (Paragraph(lead=f"Gain or loss{in_a_part(comparison)}:", text=text),)


def _all_together(comparison: Comparison, scenario: str) -> Iterator[str]:
    """Say what all come to by the end, as the finance director's page has it."""
    cash = comparison.cash
    if cash is not None and (by_end := _by_the_end(cash, scenario, organisation=ALL)) is not None:
        refill = "" if cash.nothing_fills else "freed beds filled again, "
        come_to = _change(comparison, by_end, unit="£")
        yield f"All together, by the end, {refill}discounted at 3.5%: {come_to}."


def _by_the_end(cash: Cash, scenario: str, *, organisation: str) -> Estimate | None:
    """Give the discounted sum of one purse over all years, at the refill that the scenario has."""
    years = cash.years(scenario, organisation, refill=cash.given[scenario])
    return years[-1].cumulative if years else None


def _elsewhere(comparison: Comparison, contracts: Contracts, *, scenario: str) -> Iterator[str]:
    """Say under how many of the other contracts, over the same care, each is better or worse off."""
    others = [one for one in comparison.results.model.contracts if one != contracts.in_force[scenario]]
    if not others:
        return
    by_contract = {
        contract_title(comparison, name): _by_verdict(comparison, contracts.of(scenario, contract=name))
        for name in others
    }
    found = {
        organisation_title(comparison, who): Under(
            gains=_contracts_with(by_contract, GAINS, who=who),
            loses=_contracts_with(by_contract, LOSES, who=who),
        )
        for who in contracts.organisations
    }
    surely = "surely " if _by_chance(comparison) else ""
    yield under_the_others(found, titles=list(by_contract), surely=surely)


def _contracts_with(
    by_contract: Mapping[str, Mapping[str, list[Outcome]]], verdict: str, *, who: str
) -> tuple[str, ...]:
    """List the contracts, by title, under which an organisation has a verdict."""
    return tuple(
        title
        for title, found in by_contract.items()
        if any(one.organisation == who for one in found.get(verdict, ()))
    )
