"""Who does what: the interventions switched on in each scenario, and what is known of their effects."""

from collections.abc import Collection, Iterator
from datetime import date

from simulator.analysis.comparison import Comparison
from simulator.definition.collaborations import presets
from simulator.definition.experiment import Scenario
from simulator.definition.interventions import Intervention
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.reports.amounts import amount, range_of
from simulator.reports.blocks import Block, Heading, Items, Paragraph, Section, simple_table
from simulator.reports.changed import setting_words
from simulator.reports.citations import evidence_table
from simulator.reports.effect_words import COLUMNS, effect_rows, path_words, reaches_both_ways
from simulator.reports.numbers import listed
from simulator.reports.schemes import PARTS, is_charged, prices, schemes
from simulator.reports.titles import as_words, clean, lower_first, scenario_title, title_of


def switches_section(comparison: Comparison) -> Section:
    """Tell what each scenario switches on; then each intervention, with its effects and evidence.

    One that scenarios have set otherwise is described once for each way it is.
    """
    results = comparison.results
    scenarios = results.experiment.scenarios
    lines = [
        Paragraph(
            lead=f"{scenario_title(comparison, name)}:",
            text=_scenario_words(
                results.models[name],
                scenarios.get(name, Scenario()),
                is_as_written=not results.experiment.set,
            ),
        )
        for name in comparison.scenarios
    ]
    blocks: list[Block] = [Items(items=tuple(lines))]
    for id, names in sorted(schemes(comparison).items()):
        blocks += _versions(comparison, id, names=names)
    return Section(id="switches", title="Who does what", short="Who does what", blocks=tuple(blocks))


def _scenario_words(model: Model, scenario: Scenario, *, is_as_written: bool) -> str:
    parts = []
    if scenario.on:
        parts.append(f"switched on: {listed(title_of(model, 'intervention', id=id) for id in scenario.on)}")
    for path, value in sorted(scenario.set.items()):
        leaves = (f"{path_words(model, leaf)} is {word}" for leaf, word in setting_words(path, value))
        parts.append(f"set otherwise: {', '.join(leaves)}")
    if scenario.contract and scenario.contract in model.contracts:
        title = title_of(model, "contract", id=scenario.contract)
        parts.append(f"under a contract of its own: ‘{title}’")
    if not parts and is_as_written:
        return "nothing switched on; the place goes on as it is."
    if not parts:
        return "nothing switched on; the place goes on with what is changed in every world (see the top)."
    said = "; ".join(parts)
    note = f" {clean(scenario.note)}" if scenario.note else ""
    return f"{said}.{note}"


def _versions(comparison: Comparison, id: str, *, names: tuple[str, ...]) -> Iterator[Block]:
    """Describe an intervention once for each way in which scenarios have it."""
    found: dict[tuple[Block, ...], list[str]] = {}
    for name in names:
        model = comparison.results.models[name]
        charged = [part for part in PARTS if is_charged(comparison, name, id=id, part=part)]
        found.setdefault(tuple(_intervention(model, id, charged=charged)), []).append(name)
    for blocks, where in found.items():
        title = title_of(comparison.results.models[where[0]], "intervention", id=id)
        among = listed(scenario_title(comparison, name) for name in where)
        yield Heading(text=title if len(found) == 1 else f"{title}, in: {among}")
        yield from blocks


def _intervention(model: Model, id: str, *, charged: Collection[str]) -> Iterator[Block]:
    one = model.interventions[id]
    yield Paragraph(text=who_words(model, one))
    if costs := cost_parts(model, id):
        yield Paragraph(
            text=f"Besides care, it costs {listed(costs.values())}{paid_by_words(model, one)}. "
            f"{_charged_words(costs, charged)}"
        )
    rows = effect_rows(model, one)
    if rows:
        yield simple_table(
            f"{title_of(model, 'intervention', id=id)}: what it is assumed to do",
            columns=COLUMNS,
            rows=rows,
            texts=("Grade", "Source"),
        )
        if reaches_both_ways(one):
            yield Paragraph(
                text="The range reaches from less to more: it may help, do nothing, or add to demand."
            )
    known = [name for name in one.evidence if name in model.evidence]
    if known:
        yield evidence_table(model, known, caption=f"{title_of(model, 'intervention', id=id)}: the evidence")


def who_words(model: Model, one: Intervention) -> str:
    """Say who leads an intervention, when it begins, whom it is for, what work it brings."""
    parts = []
    if one.lead:
        partners = [title_of(model, "organisation", id=id) for id in one.partners]
        with_them = f", with {listed(partners)}" if partners else ""
        parts.append(f"Led by {title_of(model, 'organisation', id=one.lead)}{with_them}.")
    if one.what:
        parts.append(f"Kind: {one.what}.")
    if one.depth:
        parts.append(f"Depth of collaboration: {one.depth}.")
    parts.append(f"Begins {_moment(one.starts)}{f', ends {_moment(one.ends)}' if one.ends else ''}.")
    if one.collaboration is not None:
        parts.append(
            f"How strong it is follows from a collaboration: {_collaboration(model, one.collaboration)}."
        )
    if one.feeds is not None:
        parts.append(f"It feeds a collaboration: {_collaboration(model, one.feeds.collaboration)}.")
    if one.ramp.span is not None:
        parts.append(f"It takes {amount(one.ramp.span)} to reach full strength.")
    elif one.ramp.points:
        parts.append("It reaches full strength by steps.")
    if one.eligible is not None:
        parts.append(_eligible(model, one))
    if one.enrols:
        parts.append(_enrolment(one))
    for added in one.adds:
        if added.resource and added.capacity:
            parts.append(
                f"It adds {amount(added.capacity)} to "
                f"{lower_first(title_of(model, 'resource', id=added.resource))}."
            )
        if added.need and added.rate:
            whom = "each person enrolled" if added.for_ == "enrolled" else "each person"
            parts.append(
                f"It brings work of its own: {lower_first(title_of(model, 'need', id=added.need))}, "
                f"{amount(added.rate)} for {whom}."
            )
    return " ".join(parts)


def _collaboration(model: Model, id: str) -> str:
    """Say which collaboration, and in which way its members work together."""
    one = model.collaborations[id]
    preset = presets()[one.preset].title or one.preset
    return f"{clean(one.title) if one.title else as_words(id)} ({preset}; a structured hypothesis of ours)"


def _moment(moment: Parameter | date | None) -> str:
    if isinstance(moment, date):
        return f"on {moment.day} {moment:%B %Y}"
    if moment is None or moment.value == 0:
        return "on the first day that counts"
    return f"{amount(moment)} after the first day that counts"


def _eligible(model: Model, one: Intervention) -> str:
    assert one.eligible is not None
    asked = []
    if one.eligible.segments:
        groups = (lower_first(title_of(model, "people", id=id)) for id in one.eligible.segments)
        asked.append(f"in: {listed(groups, last='or')}")
    if one.eligible.localities:
        asked.append(f"living in {listed((as_words(id) for id in one.eligible.localities), last='or')}")
    if (use := one.eligible.recent_use) is not None:
        needs = listed((lower_first(title_of(model, "need", id=id)) for id in use.needs), last="or")
        asked.append(f"with {amount(use.at_least)} or more of {needs} within {amount(use.within)}")
    return f"Open to people {', '.join(asked)}." if asked else ""


def _enrolment(one: Intervention) -> str:
    parts = []
    if one.places is not None:
        parts.append(f"{amount(one.places)} places")
    if one.enrolments is not None:
        parts.append(f"{amount(one.enrolments)} may join")
    if one.uptake is not None:
        parts.append(f"{float(one.uptake.value):.0%} of those asked accept")
    first = "most recent use first" if one.enrolment_order == "most_use" else "by lot"
    return f"People are enrolled {first}: {listed(parts)}." if parts else f"People are enrolled {first}."


def paid_by_words(model: Model, one: Intervention) -> str:
    """Say who pays for an intervention, where it has a lead."""
    return f", paid by {title_of(model, 'organisation', id=one.lead)}" if one.lead else ""


def cost_parts(model: Model, id: str) -> dict[str, str]:
    """Say what it costs, by the part of its cost that this comes to."""
    whats = dict(zip(PARTS, ("once to set it up", "a place and year", "an enrolment"), strict=True))
    return {
        part: f"{amount(price)} {whats[part]}{_in_brackets(price)}"
        for part, price in prices(model, id).items()
    }


def _charged_words(costs: Collection[str], charged: Collection[str]) -> str:
    """Say which parts of what it costs have lines in the costs, and which came to nothing."""
    shown = [PARTS[part] for part in costs if part in charged]
    nothing = [PARTS[part] for part in costs if part not in charged]
    if not nothing:
        return "The costs below have this in lines of its own."
    less = f"For {listed(nothing)} nothing came to be charged in the years shown"
    return f"{less}; {listed(shown)} {_are(shown)} in the costs below." if shown else f"{less}."


def _are(names: Collection[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _in_brackets(parameter: Parameter) -> str:
    found = range_of(parameter)
    return f" ({found})" if found else ""
