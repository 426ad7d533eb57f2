"""Captions and headings of figures that have no interval: they promise none."""

import re
from dataclasses import replace

from simulator.experiment.results import Results
from simulator.reports.blocks import Block, Chart, Section, Table
from simulator.reports.chance import has_intervals

PROMISE = re.compile(
    r" \(95% intervals?\)"
    r"|(?:,? with(?: its)?|[,;]) 95% intervals?"
    r"(?: over replications where they differ| where nothing else is said)?(?=$|[:;,.])"
)
DOTS = re.compile("^Dots with intervals")


def as_sure(section: Section, results: Results) -> Section:
    """Give a section as it is, or, where no figure has an interval, without the promise of any."""
    if has_intervals(results):
        return section
    return replace(section, blocks=tuple(_block(one) for one in section.blocks))


def _block(one: Block) -> Block:
    if isinstance(one, Chart):
        table = None if one.table is None else _table(one.table)
        said = DOTS.sub("Dots", one.alternative)
        return replace(one, caption=_without(one.caption), alternative=said, table=table)
    return _table(one) if isinstance(one, Table) else one


def _table(one: Table) -> Table:
    return replace(
        one,
        caption=_without(one.caption),
        columns=tuple(_without(column) for column in one.columns),
        texts=tuple(_without(column) for column in one.texts),
    )


def _without(text: str) -> str:
    return PROMISE.sub("", text)
