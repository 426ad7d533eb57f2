"""Sources in a reader's words: ids of evidence become citations, the ids themselves small print."""

import re
from collections.abc import Iterable

from simulator.definition.evidence import Evidence
from simulator.definition.model import Model
from simulator.reports.blocks import Cell, Cited, Table, simple_table
from simulator.reports.numbers import count_words
from simulator.reports.titles import clean

NO_GRADE = "not graded"
NO_SOURCE = "not given"
TOKEN = re.compile(r"\b[a-z][a-z0-9_]*\b")
BETWEEN = re.compile(r"[,;]")
SAYS_LITTLE = ("derived", "judgement", "default", "")
COLUMNS = ("Source", "Who was studied", "Grade", "What was found")


def source_cell(model: Model, source: str | None, *, note: str | None) -> Cell:
    """Write where a number comes from: ids of evidence as what they cite, with their grade; then the note."""
    ids = cited_ids(model, [source or ""])
    parts = [part for part in (BETWEEN.split(source) if source else ()) if part.strip()]
    if ids and all(part.strip() in ids for part in parts):
        said = "; ".join(_said(model, id) for id in ids)
    else:
        said = TOKEN.sub(lambda found: _said(model, found[0]) if found[0] in ids else found[0], source or "")
    text = "; ".join(clean(part) for part in (said, note) if part) or NO_SOURCE
    return Cited(text=text, small=", ".join(ids)) if ids else text


def cited_ids(model: Model, sources: Iterable[str]) -> tuple[str, ...]:
    """List the evidence that some sources name, each once, in their order.

    A word without an underscore is taken for an id only where it stands alone between commas.
    """
    found: dict[str, None] = {}
    for source in sources:
        alone = {part.strip() for part in BETWEEN.split(source)}
        for id in TOKEN.findall(source):
            if id in model.evidence and ("_" in id or id in alone):
                found[id] = None
    return tuple(found)


def citation(found: Evidence) -> str:
    """Say what a finding is cited as: its source, and what it is about where the source says little."""
    source, title = clean(found.source or "").strip(), clean(found.title or "").strip()
    if source.lower() in SAYS_LITTLE and title:
        return f"{source.lower()}: {title}" if source else title
    return source or NO_SOURCE


def evidence_table(model: Model, ids: Iterable[str], *, caption: str) -> Table:
    """Set out findings, a row each, folded."""
    rows = tuple(_row(model.evidence[id], id) for id in ids)
    return simple_table(
        caption,
        columns=COLUMNS,
        rows=rows,
        texts=COLUMNS[1:],
        folded=f"Show the evidence: {count_words(len(rows), 'finding')}",
    )


def _row(found: Evidence, id: str) -> tuple[Cell, ...]:
    is_dated = found.year is None or str(found.year) in (found.source or "")
    said = ": ".join(clean(part) for part in (found.title, found.note) if part)
    return (
        Cited(text=citation(found) + ("" if is_dated else f" ({found.year})"), small=id),
        clean(found.population or "").strip(" ,") or "not said",
        found.grade or NO_GRADE,
        said or "not said",
    )


def _said(model: Model, id: str) -> str:
    found = model.evidence[id]
    return f"{citation(found)} ({f'finding of grade {found.grade}' if found.grade else NO_GRADE})"
