"""Which activity, group and home each record row stands for, and which rows a cut keeps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Program

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The record rows of a program.

    ``activity``, ``group``, ``home`` (rows): the last home is nobody's. ``segment`` and ``klass`` (G): the
    segment after the last is nobody's. ``locality`` and ``quintile`` (H + 1): ``NOWHERE`` for nobody's
    home. ``payer`` (rows): the organisation that pays, or -1.
    """

    activity: Ints
    group: Ints
    home: Ints
    segment: Ints
    klass: Ints
    locality: Ints
    quintile: Ints
    payer: Ints


def layout(program: Program) -> Layout:
    """Lay out the record rows of a program."""
    homes, classes = len(program.names.homes), len(program.names.classes)
    activity, group, home = (np.full(program.rows, NOWHERE, dtype=np.int64) for _ in range(3))
    places = np.argwhere(program.activities.row >= 0)
    first = program.activities.row[places[:, 0], places[:, 1]]
    for step in range(homes + 1):
        activity[first + step], group[first + step], home[first + step] = places[:, 0], places[:, 1], step
    groups = np.arange(program.activities.row.shape[1])
    locality = np.append(program.people.home_locality, NOWHERE)
    return Layout(
        activity=activity,
        group=group,
        home=home,
        segment=groups // classes,
        klass=groups % classes,
        locality=locality,
        quintile=_quintile(program, locality),
        payer=program.prices.payer[activity, program.activities.resource[activity, home]],
    )


def groups_kept(found: Layout, *, dimension: str, index: int) -> Flags:
    """Say which groups a cut by ``segment`` or ``class`` keeps; every group for the other dimensions."""
    by = {"segment": found.segment, "class": found.klass}.get(dimension)
    return np.ones(found.segment.size, dtype=np.bool_) if by is None else np.asarray(by == index)


def homes_kept(found: Layout, *, dimension: str, index: int) -> Flags:
    """Say which homes a cut by ``locality``, ``quintile`` or ``site`` keeps; every home for the others."""
    sites = np.arange(found.locality.size)
    by = {"locality": found.locality, "quintile": found.quintile, "site": sites}.get(dimension)
    return np.ones(found.locality.size, dtype=np.bool_) if by is None else np.asarray(by == index)


def _quintile(program: Program, locality: Ints) -> Ints:
    """Give each home's deprivation quintile by its locality."""
    of_locality = np.append(program.people.locality_quintile, NOWHERE)
    return np.asarray(np.where(locality >= 0, of_locality[locality], NOWHERE), dtype=np.int64)
