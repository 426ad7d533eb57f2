"""Who does what: the interventions switched on in each scenario, and what is known of their effects."""

from collections.abc import Iterator, Mapping
from datetime import date

from simulator.analysis.comparison import Comparison
from simulator.definition.effects import Effect
from simulator.definition.experiment import Scenario
from simulator.definition.interventions import Intervention
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.reports.amounts import amount, multiplier, multiplier_range, range_of
from simulator.reports.assumptions import NO_GRADE
from simulator.reports.blocks import Block, Heading, Items, Paragraph, Section, simple_table
from simulator.reports.numbers import count_words, listed
from simulator.reports.titles import as_words, clean, lower_first, scenario_title, title_of

FAMILIES = {
    "needs": "need",
    "activities": "activity",
    "resources": "resource",
    "segments": "people",
    "costs": "activity",
}
FIELDS = {
    "rate": "how often",
    "duration": "how long",
    "becomes": "chance of becoming",
    "routes": "share going to",
}
Row = tuple[str, str, str, str, str]


def switches_section(comparison: Comparison) -> Section:
    """Tell what each scenario switches on; then each intervention, with its effects and evidence."""
    results = comparison.results
    scenarios = results.experiment.scenarios
    lines = [
        Paragraph(
            lead=f"{scenario_title(comparison, name)}:",
            text=_scenario_words(results.model, scenarios.get(name, Scenario())),
        )
        for name in comparison.scenarios
    ]
    used = {id for scenario in scenarios.values() for id in scenario.on}
    blocks: list[Block] = [Items(items=tuple(lines))]
    for id in sorted(used):
        if id in results.model.interventions:
            blocks += _intervention(results.model, id)
    return Section(id="switches", title="Who does what", short="Who does what", blocks=tuple(blocks))


def _scenario_words(model: Model, scenario: Scenario) -> str:
    parts = []
    if scenario.on:
        parts.append(f"switched on: {listed(title_of(model, 'intervention', id) for id in scenario.on)}")
    for path, value in sorted(scenario.set.items()):
        parts.append(f"set otherwise: {_path_words(model, path)} is {_setting(value)}")
    if not parts:
        return "nothing switched on; the place goes on as it is."
    said = "; ".join(parts)
    note = f" {clean(scenario.note)}" if scenario.note else ""
    return f"{said}.{note}"


def _setting(value: object) -> str:
    if isinstance(value, Mapping) and "value" in value:
        return clean(str(value["value"]))
    return clean(str(value))


def _intervention(model: Model, id: str) -> Iterator[Block]:
    one = model.interventions[id]
    yield Heading(text=title_of(model, "intervention", id))
    yield Paragraph(text=_who(model, one))
    if costs := _costs(one):
        yield Paragraph(
            text=f"Besides care, it costs {listed(costs)}. The activity cost below leaves this out."
        )
    rows = tuple(row for effect in one.effects for row in _effect_rows(model, effect))
    if rows:
        yield simple_table(
            f"What {title_of(model, 'intervention', id)} is assumed to do",
            columns=("Effect", "Size", "80% range", "Grade", "Source"),
            rows=rows,
            texts=("Grade", "Source"),
        )
        yield from _crossing(one)
    known = [model.evidence[name] for name in one.evidence if name in model.evidence]
    if known:
        yield simple_table(
            f"The evidence behind {title_of(model, 'intervention', id)}",
            columns=("Source", "Who was studied", "Grade", "What was found"),
            rows=tuple(
                (
                    clean(found.source or "not given"),
                    clean(found.population or "").strip(" ,") or "not said",
                    found.grade or NO_GRADE,
                    clean(found.note or found.title or "not said"),
                )
                for found in known
            ),
            texts=("Who was studied", "Grade", "What was found"),
            folded=f"Show the evidence: {count_words(len(known), 'finding')}",
        )


def _who(model: Model, one: Intervention) -> str:
    parts = []
    if one.lead:
        partners = [title_of(model, "organisation", id) for id in one.partners]
        with_them = f", with {listed(partners)}" if partners else ""
        parts.append(f"Led by {title_of(model, 'organisation', one.lead)}{with_them}.")
    kind = listed(word for word in (one.what, one.depth) if word)
    if kind:
        parts.append(f"Kind: {kind} collaboration.")
    parts.append(f"Begins {_moment(one.starts)}{f', ends {_moment(one.ends)}' if one.ends else ''}.")
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
                f"{lower_first(title_of(model, 'resource', added.resource))}."
            )
        if added.need and added.rate:
            whom = "each person enrolled" if added.for_ == "enrolled" else "each person"
            parts.append(
                f"It brings work of its own: {lower_first(title_of(model, 'need', added.need))}, "
                f"{amount(added.rate)} for {whom}."
            )
    return " ".join(parts)


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
        groups = (lower_first(title_of(model, "people", id)) for id in one.eligible.segments)
        asked.append(f"people in: {listed(groups, last='or')}")
    if one.eligible.localities:
        asked.append(f"living in {listed((as_words(id) for id in one.eligible.localities), last='or')}")
    if (use := one.eligible.recent_use) is not None:
        needs = listed((lower_first(title_of(model, "need", id)) for id in use.needs), last="or")
        asked.append(f"with {amount(use.at_least)} or more of {needs} within {amount(use.within)}")
    return f"Open to {', '.join(asked)}." if asked else ""


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


def _costs(one: Intervention) -> list[str]:
    if one.cost is None:
        return []
    known = (
        (one.cost.set_up, "once to set it up"),
        (one.cost.place_year, "a place and year"),
        (one.cost.enrolment, "an enrolment"),
    )
    return [f"{amount(cost)} {what}{_in_brackets(cost)}" for cost, what in known if cost is not None]


def _in_brackets(parameter: Parameter) -> str:
    found = range_of(parameter)
    return f" ({found})" if found else ""


def _effect_rows(model: Model, effect: Effect) -> Iterator[Row]:
    if effect.times is not None or effect.plus is not None:
        yield from _rate_rows(model, effect)
    if effect.diverts is not None:
        at, source, to = (
            lower_first(title_of(model, "activity", id))
            for id in (effect.diverts.at, effect.diverts.from_, effect.diverts.to)
        )
        yield _row(
            f"Of those leaving {at} for {source}, share sent to {to} if a place is free",
            effect.diverts.share,
            effect,
        )
        if effect.substitution is not None:
            yield _row(
                f"Of those sent to {to}, share who would else have gone to {source}",
                effect.substitution,
                effect,
            )
    if effect.step_down is not None:
        source, to = (
            lower_first(title_of(model, "activity", id))
            for id in (effect.step_down.from_, effect.step_down.to)
        )
        yield _row(
            f"Of those going home from {source}, share who leave early for {to}",
            effect.step_down.share,
            effect,
        )
        yield _row(f"How much earlier they leave {source}", effect.step_down.last, effect)


def _rate_rows(model: Model, effect: Effect) -> Iterator[Row]:
    whom = (
        f", for {effect.for_ if isinstance(effect.for_, str) else listed(effect.for_)}" if effect.for_ else ""
    )
    what = f"{_path_words(model, effect.path)}{clean(whom).replace('_', ' ')}"
    for year, value in effect.by_year or ():
        since = "of the scheme" if effect.since == "scheme" else "of enrolment"
        yield _row(f"{what}: at the end of year {year} {since}", value, effect)
    if effect.value is not None:
        yield _row(what, effect.value, effect)


def _row(what: str, parameter: Parameter, effect: Effect) -> Row:
    is_times = effect.times is not None
    size = multiplier(parameter) if is_times else amount(parameter)
    span = multiplier_range(parameter) if is_times else range_of(parameter)
    source = "; ".join(
        clean(part) for part in (parameter.source or effect.source, parameter.note or effect.note) if part
    )
    return (
        what,
        size,
        span or "none given",
        parameter.grade or effect.grade or NO_GRADE,
        source or "not given",
    )


def _crossing(one: Intervention) -> Iterator[Block]:
    """Say aloud that an effect may be nothing, or harm."""
    values = [
        value
        for effect in one.effects
        if effect.times
        for value in (effect.value, *(v for _, v in effect.by_year or ()))
        if value
    ]
    if any(
        value.low is not None and value.high is not None and value.low < 1 < value.high for value in values
    ):
        yield Paragraph(
            text="The range reaches from less to more: it may help, do nothing, or add to demand."
        )


def _path_words(model: Model, path: str) -> str:
    """Say what a dotted path of the model means: ``needs.illness.rate`` is ``Illness: how often``."""
    parts = path.split(".")
    if len(parts) < 3:
        return clean(path)
    family, id, field, *rest = parts
    title = title_of(model, FAMILIES[family], id) if family in FAMILIES else as_words(id)
    more = f" {clean(' '.join(rest)).replace('_', ' ')}" if rest else ""
    return f"{title}: {FIELDS.get(field, clean(field).replace('_', ' '))}{more}"
