"""Who is in a model and what they come to need: organisations, homes, segments, needs, referrals."""

from collections.abc import Mapping

from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.reports.amounts import amount
from simulator.reports.blocks import Group, Paragraph, Section, Table, simple_table
from simulator.reports.describe.values import NOTHING, amounts_range, group_words, law_words, routes_range
from simulator.reports.numbers import listed, per_cent, plain
from simulator.reports.titles import as_words, clean, lower_first, title_of

DEAD = "dead"
HOW_TO_READ_SHARES = "Where something differs by group, its range over the groups is given."


def people_section(model: Model) -> Section:
    """Say who there is."""
    tables = (_organisations(model), _segments(model), _homes(model), _traits(model))
    return Section(
        id="who",
        title="Who is there",
        short="Who is there",
        blocks=tuple(one for one in tables if one.groups) or (Paragraph(text="Nobody is named."),),
    )


def needs_section(model: Model) -> Section:
    """Say what people come to need, and where each need starts."""
    tables = (_needs(model), _rates(model), _referrals(model))
    return Section(
        id="needs",
        title="What people come to need",
        short="Needs",
        blocks=(Paragraph(text=HOW_TO_READ_SHARES), *(one for one in tables if one.groups)),
    )


def _organisations(model: Model) -> Table:
    rows = [
        (
            title_of(model, "organisation", id=id),
            as_words(one.sector) if one.sector else "not said",
            amount(one.yearly_spend) if one.yearly_spend else "not said",
        )
        for id, one in model.organisations.items()
    ]
    return simple_table(
        "Organisations",
        columns=("Organisation", "Sector", "Spends a year"),
        rows=tuple(rows),
        texts=("Sector",),
    )


def _segments(model: Model) -> Table:
    rows = []
    for id, one in model.segments.items():
        joiners = amount(one.joiners) if one.joiners.value else NOTHING
        people = plain(float(one.people.value), step=1.0)
        rows.append((title_of(model, "people", id=id), people, joiners, _becomes(model, one.becomes)))
    total = plain(float(sum(one.people.value for one in model.segments.values())), step=1.0)
    return simple_table(
        f"Groups of people: {total} in all",
        columns=("Segment", "People", "Joiners", "Becomes, outside hospital"),
        rows=tuple(rows),
        texts=("Becomes, outside hospital",),
    )


def _becomes(model: Model, hazards: Mapping[str, Parameter]) -> str:
    said = []
    for id, rate in hazards.items():
        target = DEAD if id == DEAD else lower_first(title_of(model, "people", id=id))
        said.append(f"{target} {amount(rate)}")
    return ", ".join(said) or NOTHING


def _homes(model: Model) -> Table:
    sites: dict[str, list[str]] = {}
    for id, site in model.sites.items():
        sites.setdefault(site.locality or "", []).append(clean(site.name or as_words(id)))
    rows = [
        (
            clean(one.name or as_words(id)),
            per_cent(float(one.share.value)),
            str(one.quintile or "not said"),
            listed(sites.get(id, ())) or NOTHING,
        )
        for id, one in model.localities.items()
    ]
    return simple_table(
        "Where people live (quintile 1 is the most deprived)",
        columns=("Locality", "Share of people", "Quintile", "Sites"),
        rows=tuple(rows),
        texts=("Sites",),
    )


def _traits(model: Model) -> Table:
    rows = [(as_words(id), law_words(one.law), amount(one.persistence)) for id, one in model.traits.items()]
    return simple_table(
        "How unevenly people are struck",
        columns=("Trait", "Law of a person’s factor, scaled to mean one", "Correlation from year to year"),
        rows=tuple(rows),
        texts=("Law of a person’s factor, scaled to mean one",),
    )


def _needs(model: Model) -> Table:
    rows = []
    for id, one in model.needs.items():
        said = [f"uneven by {as_words(one.trait).lower()}"] if one.trait else []
        said += [f"over the day and week as {as_words(one.profile).lower()}"] if one.profile else []
        said += ["no second one while one is open"] if one.one_at_a_time else []
        title, rate = title_of(model, "need", id=id), amounts_range(one.rate)
        rows.append((title, rate, routes_range(model, one.starts_at), "; ".join(said) or NOTHING))
    return simple_table(
        "Needs: how often for each person, and where they start",
        columns=("Need", "Rate for a person", "Starts at", "More"),
        rows=tuple(rows),
        texts=("Rate for a person", "Starts at", "More"),
    )


def _rates(model: Model) -> Table:
    """List how often each need befalls a person of each group, of those in which it differs."""
    groups = []
    for id, one in model.needs.items():
        items = one.rate.items()
        if len({rate.value for _, rate in items}) > 1:
            rows = tuple((group_words(keys), amount(rate)) for keys, rate in items)
            groups.append(Group(header=title_of(model, "need", id=id), rows=rows))
    return Table(
        caption="How often each need befalls a person, by group",
        columns=("Need", "Group", "Rate for a person"),
        groups=tuple(groups),
        folded="Show how often, by group",
    )


def _referrals(model: Model) -> Table:
    rows = []
    for id, one in model.referrals.items():
        when = amount(one.rate) if one.rate is not None else ""
        when = when or (f"gaps: {law_words(one.between)}" if one.between is not None else "at stated times")
        batch = f"batches: {law_words(one.batch)}" if one.batch is not None else NOTHING
        rows.append((title_of(model, "need", id=id), when, routes_range(model, one.starts_at), batch))
    return simple_table(
        "Referrals: arrivals with no population behind them",
        columns=("Referral", "How often", "Starts at", "More"),
        rows=tuple(rows),
        texts=("How often", "Starts at", "More"),
    )
