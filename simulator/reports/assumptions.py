"""Assumptions: every number of the model that says where it comes from, with its range and grade."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as parts_of

from pydantic import BaseModel

from simulator.definition.groups import Keyed
from simulator.definition.model import Model
from simulator.definition.quantities import GRADES, Parameter
from simulator.definition.routes import Route
from simulator.reports.amounts import amount, range_of
from simulator.reports.blocks import Block, Cell, Group, Paragraph, Section, Table
from simulator.reports.calibration.section import calibration_blocks
from simulator.reports.citations import NO_GRADE, cited_ids, evidence_table, source_cell
from simulator.reports.numbers import count_words, listed
from simulator.reports.titles import as_words, clean, title_of

FAMILIES = {
    "organisations": "organisation",
    "localities": "locality",
    "segments": "people",
    "needs": "need",
    "resources": "resource",
    "activities": "activity",
    "interventions": "intervention",
}
USE_OF_CENTRAL_VALUES = (
    " The results use the central values; the ranges are not yet carried through to the intervals above."
)
LEFT_OUT = ("evidence", "measures", "schema_version")
UNSAID = ("single", "number", "share", "values", "arguments", "parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One number of a model: the kind and id of what it belongs to, what it is, and the number."""

    kind: str
    id: str
    what: tuple[str, ...]
    parameter: Parameter

    @property
    def is_told(self) -> bool:
        """Say whether the file tells where the number comes from, or how sure it is."""
        one = self.parameter
        return any(part is not None for part in (one.source, one.grade, one.note, one.low))


def assumptions(model: Model) -> tuple[Assumption, ...]:
    """List every number of a model in the order of the file's vocabulary."""
    found = []
    for kind in Model.collections:
        if kind in LEFT_OUT:
            continue
        nouns: Mapping[str, object] = getattr(model, kind)
        for id in sorted(nouns):
            found += [
                Assumption(kind=kind, id=id, what=what, parameter=parameter)
                for what, parameter in _walk(nouns[id], ())
            ]
    return tuple(found)


def assumptions_section(model: Model, *, has_results: bool = True) -> Section:
    """Tell every sourced number, by kind, folded; say how many there are of each grade."""
    found = assumptions(model)
    told = [one for one in found if one.is_told]
    blocks: list[Block] = [
        Paragraph(
            text=(
                f"The model holds {len(found):,} numbers. {_said_of(told)}Grade A: seen in the source "
                "itself. B: quoted by others. C: judgement, or a rough estimate. D and E: weaker still. A "
                "number may be graded below the finding it rests on, where it had to be carried over or "
                "worked out from it. The range is an 80% range: the truth is thought to lie outside it one "
                f"time in five.{USE_OF_CENTRAL_VALUES if has_results else ''}"
            )
        )
    ]
    blocks += calibration_blocks(model.calibration)
    for kind in Model.collections:
        of_kind = [one for one in told if one.kind == kind]
        if of_kind:
            blocks.append(_table(model, of_kind, kind=kind))
    if ids := cited_ids(model, [one.parameter.source or "" for one in told]):
        blocks.append(evidence_table(model, ids, caption="The evidence that the numbers rest on"))
    if not told:
        blocks.append(Paragraph(text="No number of this model says where it comes from."))
    return Section(
        id="assumptions",
        title="What is assumed, and how well it is known",
        short="Assumptions",
        blocks=tuple(blocks),
    )


def _said_of(told: list[Assumption]) -> str:
    if not told:
        return ""
    return f"{len(told):,} of them say where they come from or how sure they are: {_by_grade(told)}. "


def _by_grade(told: list[Assumption]) -> str:
    counts = {grade: sum(one.parameter.grade == grade for one in told) for grade in GRADES}
    words = [f"{count:,} of grade {grade}" for grade, count in counts.items() if count]
    bare = len(told) - sum(counts.values())
    return listed([*words, *([f"{bare:,} {NO_GRADE}"] if bare else [])]) or "none"


def _table(model: Model, found: list[Assumption], *, kind: str) -> Table:
    groups = []
    for id in dict.fromkeys(one.id for one in found):
        rows = [_row(model, one) for one in found if one.id == id]
        groups.append(Group(header=_title(model, id, kind=kind), rows=tuple(rows)))
    number = count_words(len(found), "number")
    return Table(
        caption=f"Assumptions: {as_words(kind).lower()}",
        columns=("Of", "What", "Value", "80% range", "Grade", "Source"),
        groups=tuple(groups),
        texts=("Grade", "Source"),
        folded=f"{as_words(kind)}: {number}",
    )


def _title(model: Model, id: str, *, kind: str) -> str:
    return title_of(model, FAMILIES[kind], id=id) if kind in FAMILIES else as_words(id)


def _row(model: Model, one: Assumption) -> tuple[Cell, ...]:
    parameter = one.parameter
    what = " · ".join(word for part in one.what if (word := clean(part).replace("_", " "))) or "value"
    return (
        what,
        amount(parameter),
        range_of(parameter) or "–",
        parameter.grade or NO_GRADE,
        source_cell(model, parameter.source, note=parameter.note),
    )


def _walk(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Parameter]]:
    """Find every parameter inside a noun, with the words that lead to it."""
    if isinstance(value, Parameter):
        yield tuple(part for part in path if part not in UNSAID), value
    elif isinstance(value, Keyed):
        for keys, inner in value.items():
            yield from _walk(inner, (*path, *keys))
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _walk(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Route):
        yield from _walk(value.share, (*path, value.name))
    elif is_dataclass(value):
        for part in parts_of(value):
            yield from _walk(getattr(value, part.name), (*path, part.name))
    elif isinstance(value, Mapping):
        for name in sorted(value, key=str):
            yield from _walk(value[name], (*path, str(name)))
    elif isinstance(value, tuple | list):
        yield from _walk_list(value, path)


def _walk_list(
    values: tuple[object, ...] | list[object], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Parameter]]:
    """Walk a list: its pairs by their first, the only one without a number, others by their place."""
    for place, one in enumerate(values, start=1):
        if isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str | int):
            name = f"year {one[0]}" if isinstance(one[0], int) else one[0]
            yield from _walk(one[1], (*path, name))
        else:
            is_named = len(values) == 1 or isinstance(one, Route)
            yield from _walk(one, path if is_named else (*path, str(place)))
