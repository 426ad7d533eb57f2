"""How cases come and go on: by routes as they are written, as they now are, or if all that is shut opened."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import DONE, Nodes

OPENED_SWEEPS = 60
# How many would go a way that nobody goes, of those who could.
A_FEW = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Cases as they come and go on: the rates of ``first`` routes (firsts), and ``along`` ways (ways)."""

    first: Floats
    along: Floats


def usual_coming(nodes: Nodes, lanes: Lanes, *, mix: Mix, first: Floats, outcome: Floats) -> Coming:
    """Give cases as they come by ways as they are written; ``first`` (firsts, H + 1), ``outcome`` (lanes,
    kinds)."""
    passing = _passing(nodes, lanes, mix=mix, outcome=outcome)
    return Coming(first=first.sum(axis=1), along=passing.sum(axis=1) * nodes.ways.share)


def coming_now(
    nodes: Nodes, lanes: Lanes, *, mix: Mix, first: Floats, outcome: Floats, share: Floats
) -> Coming:
    """Give cases as they come by the shares (ways, H + 1) that ways have now."""
    passing = _passing(nodes, lanes, mix=mix, outcome=outcome)
    return Coming(first=first.sum(axis=1), along=(passing * share).sum(axis=1))


def _passing(nodes: Nodes, lanes: Lanes, *, mix: Mix, outcome: Floats) -> Floats:
    """Give who might go each way (ways, H + 1): those at its start who end as it wants."""
    start, of = nodes.ways.start, lanes.of
    found: Floats = np.where(of >= 0, mix.visits, 0.0)[start] * outcome[of[start], nodes.ways.kind[:, None]]
    return found


def if_opened(nodes: Nodes, usual: Coming) -> Coming:
    """Give cases as they would come if a few more began by, and went, every way that nobody goes as yet."""
    total, ways = max(float(usual.first.sum()), 1e-300), nodes.ways
    begins = np.stack([nodes.first_need, nodes.first_segment, nodes.first_referral], axis=1)
    of = np.unique(begins, axis=0, return_inverse=True)[1].ravel()
    beside = np.bincount(of, weights=usual.first / total)[of]
    first = np.where(usual.first > 0, usual.first / total, A_FEW * (beside + A_FEW))
    share = np.where(ways.share > 0, ways.share, A_FEW) * np.where(ways.kind == DONE, 1.0, A_FEW)
    there, goes, size = nodes.first_node >= 0, ways.end >= 0, len(nodes.activity)
    come = np.bincount(nodes.first_node[there], weights=first[there], minlength=size)
    visits = come
    for _ in range(OPENED_SWEEPS):
        along = visits[ways.start] * share
        visits = come + np.bincount(ways.end[goes], weights=along[goes], minlength=size)
    return Coming(first=first, along=visits[ways.start] * share)
