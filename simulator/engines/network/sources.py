"""Where cases begin: rates of first routes, gathered by cell and profile."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.grid import Grid
from simulator.engines.network.kernels.books import comes
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.nodes import Nodes
from simulator.units import SECONDS_A_YEAR

POISSON, RENEWAL, SCRIPTED = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """``cell`` and ``profile`` by source; ``of`` (firsts, H + 1) the source of a first route, or -1; ``pace``
    (rows, steps): a grid's, and a row for each referral that is written out."""

    cell: Ints
    profile: Ints
    of: Ints
    pace: Floats


def lay_sources(program: Program, nodes: Nodes, *, lanes: Lanes, grid: Grid) -> Sources:
    """Gather first routes into sources."""
    pace, row_of_referral = _paces(program, grid), rows_of_referrals(program)
    clock = len(program.names.profiles)
    profile = np.append(program.needs.profile, 0)[nodes.first_need]
    profile = np.where(profile == ABSENT, clock, profile)
    referral = nodes.first_referral >= 0
    profile[referral] = row_of_referral[nodes.first_referral[referral]]
    first, home = np.nonzero(lanes.first_cell >= 0)
    keys = np.stack([lanes.first_cell[first, home], profile[first]], axis=1)
    found, place = np.unique(keys, axis=0, return_inverse=True)
    of = np.full(lanes.first_cell.shape, -1, dtype=np.int64)
    of[first, home] = place.ravel()
    return Sources(
        cell=found[:, 0].astype(np.int64).copy(),
        profile=found[:, 1].astype(np.int64).copy(),
        of=of,
        pace=pace,
    )


def _paces(program: Program, grid: Grid) -> Floats:
    """Give the rows of pace."""
    referrals, rows = program.referrals, [grid.pace]
    for place in np.flatnonzero(referrals.kind == SCRIPTED).tolist():
        at = referrals.at_second[referrals.at_first[place] : referrals.at_first[place + 1]]
        step = np.searchsorted(grid.second, at[at < grid.second[-1]], side="right") - 1
        rows.append(np.bincount(step, minlength=len(grid.kind)).astype(np.float64)[None])
    return np.concatenate(rows)


def rows_of_referrals(program: Program) -> Ints:
    """Say which row of pace each referral follows."""
    referrals, clock = program.referrals, len(program.names.profiles)
    follows = np.where((referrals.kind == RENEWAL) | (referrals.profile == ABSENT), clock, referrals.profile)
    is_written = referrals.kind == SCRIPTED
    return np.asarray(np.where(is_written, clock + np.cumsum(is_written), follows), dtype=np.int64)


def referral_rates(program: Program, rates: Floats) -> Floats:
    """Give what each referral brings for each second of its pace, from ``rates`` (Q) a year.

    Of one that is written out it is what each arrival brings.
    """
    referrals, mean = program.referrals, program.laws.mean
    found = []
    for place, kind in enumerate(referrals.kind.tolist()):
        rate = 1.0
        if kind == POISSON:
            rate = float(rates[place]) / SECONDS_A_YEAR
        elif kind == RENEWAL:
            rate = 1.0 / float(mean[referrals.between_law[place]])
        batch = int(referrals.batch_law[place])
        found.append(rate if batch == ABSENT else rate * float(mean[batch]))
    return np.array(found, dtype=np.float64)


def first_rates(
    nodes: Nodes,
    *,
    needs: Floats,
    referrals: Floats,
    share: Floats,
    sources: tuple[Ints, Floats] | None = None,
) -> Floats:
    """Give the rate a second of each first route at each home (firsts, H + 1).

    ``needs`` (N, S, H) a second, ``referrals`` (Q), ``share`` (firsts, H + 1) of the routes now; ``sources``:
    which source each first route is of, and their rates, which are set.
    """
    found = np.empty((len(nodes.first_node), needs.shape[2] + 1))
    of, rates = sources or (np.full(found.shape, -1, dtype=np.int64), np.empty(0))
    firsts = (nodes.first_need, nodes.first_segment, nodes.first_referral)
    comes((needs, referrals), firsts, share, of, found, rates)
    return found
