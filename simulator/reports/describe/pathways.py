"""What is done for people: the pathway diagram, every activity, every route by group, the resources."""

from simulator.definition.activities import LEAVES, NO_RESOURCE, PREVIOUS, Activity
from simulator.definition.model import Model
from simulator.reports.amounts import amount
from simulator.reports.blocks import Chart, Group, Paragraph, Section, Table, simple_table
from simulator.reports.describe.people import HOW_TO_READ_SHARES
from simulator.reports.describe.values import (
    NOTHING,
    amounts_by_group,
    by_group,
    capacity_words,
    group_words,
    law_words,
    laws_range,
    routes_range,
    routes_words,
)
from simulator.reports.diagrams.pathway import ACTIVITY, NEED, REFERRAL, pathway_diagram, ways_of
from simulator.reports.numbers import count_words, listed
from simulator.reports.titles import as_words, lower_first, title_of

PAGE_WIDTH = 1_040
HOW_TO_READ = (
    "Blue names on the left are needs and referrals; boxes are activities. An arrow leads where cases may go "
    "next, the wider the larger its share in any group; a dashed one to what is offered only where the first "
    "is full. Leaving and dying are in the tables and not drawn. Point at a name to see where people go."
)


def pathways_section(model: Model) -> Section:
    """Draw the pathways and list the activities."""
    diagram = pathway_diagram(model, hovers=_hovers(model))
    wide = " (scroll sideways to see all of it)" if diagram.width > PAGE_WIDTH else ""
    chart = Chart(
        id="pathway-diagram",
        caption=f"Pathways: {_counts(model)}{wide}",
        alternative=f"Pathway diagram of {_counts(model)}. The tables below say where each activity leads.",
        figure=diagram.figure,
        height=round(diagram.height),
        width=round(diagram.width),
        table=_routes_table(model),
    )
    return Section(
        id="pathways",
        title="What is done for them",
        short="Pathways",
        blocks=(
            Paragraph(text=f"{HOW_TO_READ} {HOW_TO_READ_SHARES}"),
            chart,
            _activities(model),
            *(one for one in (_durations(model),) if one.groups),
        ),
    )


def resources_section(model: Model) -> Section:
    """List the resources."""
    rows = []
    for id, one in model.resources.items():
        users = [
            lower_first(title_of(model, "activity", id=name))
            for name, activity in model.activities.items()
            if activity.resource == id
        ]
        said = [f"one in each {one.each}"] if one.each else []
        said += [f"room for {amount(one.room)} who wait"] if one.room is not None else []
        owner = title_of(model, "organisation", id=one.owner) if one.owner else "nobody named"
        places = capacity_words(one.capacity)
        rows.append(
            (
                title_of(model, "resource", id=id),
                owner,
                places,
                listed(users) or NOTHING,
                "; ".join(said) or NOTHING,
            )
        )
    table = simple_table(
        "Resources: places, staff and rooms that activities use",
        columns=("Resource", "Whose", "Places", "Used by", "More"),
        rows=tuple(rows),
        texts=("Whose", "Places", "Used by", "More"),
    )
    return Section(
        id="resources",
        title="What it takes",
        short="Resources",
        blocks=(table,) if rows else (Paragraph(text="Nothing limits the activities."),),
    )


def _counts(model: Model) -> str:
    counted = (
        (len(model.needs), "need", ""),
        (len(model.referrals), "referral", ""),
        (len(model.activities), "activity", "activities"),
        (len(list(ways_of(model))), "way between them", "ways between them"),
    )
    return listed(count_words(count, noun, plural=plural) for count, noun, plural in counted if count)


def _activities(model: Model) -> Table:
    rows = []
    for id, one in model.activities.items():
        used = one.resource
        resource = title_of(model, "resource", id=used) if used != NO_RESOURCE else NOTHING
        rows.append(
            (
                title_of(model, "activity", id=id),
                resource if one.holds != PREVIOUS else "the place already held",
                laws_range(one.duration),
                routes_range(model, one.routes),
                _cost(model, one),
                _more(model, one),
            )
        )
    return simple_table(
        "Activities",
        columns=("Activity", "Uses", "Takes", "Then", "Costs", "More"),
        rows=tuple(rows),
        texts=("Uses", "Takes", "Then", "Costs", "More"),
    )


def _durations(model: Model) -> Table:
    """List how long activities take for each group, of those in which it differs."""
    groups = []
    for id, one in model.activities.items():
        items = one.duration.items()
        if len({law_words(law) for _, law in items}) > 1:
            rows = tuple((group_words(keys), law_words(law)) for keys, law in items)
            groups.append(Group(header=title_of(model, "activity", id=id), rows=rows))
    return Table(
        caption="How long activities take, by group, where that differs",
        columns=("Activity", "Group", "Takes"),
        groups=tuple(groups),
        texts=("Takes",),
        folded="Show how long activities take by group",
    )


def _routes_table(model: Model) -> Table:
    groups = []
    for kind, nouns in ((NEED, model.needs), (REFERRAL, model.referrals)):
        for id, noun in nouns.items():
            rows = [(group_words(keys), routes_words(model, table)) for keys, table in noun.starts_at.items()]
            groups.append(Group(header=f"{title_of(model, 'need', id=id)} ({kind})", rows=tuple(rows)))
    for id, activity in model.activities.items():
        rows = [(group_words(keys), routes_words(model, table)) for keys, table in activity.routes.items()]
        groups.append(Group(header=title_of(model, "activity", id=id), rows=tuple(rows)))
    return Table(
        caption="Where cases go next, by group",
        columns=("From", "Group", "To"),
        groups=tuple(groups),
        texts=("To",),
        folded="Show every route by group",
    )


def _cost(model: Model, one: Activity) -> str:
    if one.cost is None:
        return NOTHING
    priced = (("a contact", one.cost.contact), ("a day", one.cost.day))
    said = [f"{amounts_by_group(price)} {what}" for what, price in priced if price is not None]
    owner = model.resources[one.resource].owner if one.resource in model.resources else None
    payer = one.cost_payer or owner
    paid = f", paid by {title_of(model, 'organisation', id=payer)}" if payer and said else ""
    return f"{listed(said)}{paid}" if said else NOTHING


def _more(model: Model, one: Activity) -> str:
    said = []
    if one.resident:
        said.append("people are resident in it")
    if one.priority is not None:
        said.append(f"priority {by_group(one.priority, amount)}")
    if one.patience is not None:
        said.append(f"some give up: {by_group(one.patience, law_words)}")
    if one.if_full:
        others = listed((lower_first(title_of(model, "activity", id=id)) for id in one.if_full), last="or")
        said.append(f"if full: {others}")
    keeps = [value for value in one.keeps_place_until_next.values() if value != LEAVES]
    if keeps:
        said.append("the place is kept until the next is had")
    if one.ends_at:
        said.append(f"ends as {as_words(one.ends_at).lower()}")
    return "; ".join(said) or NOTHING


def _hovers(model: Model) -> dict[str, str]:
    found = {}
    for kind, nouns in ((NEED, model.needs), (REFERRAL, model.referrals)):
        for id, noun in nouns.items():
            found[f"{kind}.{id}"] = f"starts at {routes_range(model, noun.starts_at)}"
    for id, activity in model.activities.items():
        found[f"{ACTIVITY}.{id}"] = f"then {routes_range(model, activity.routes)}"
    return found
