"""What a run writes down: by period and lane, and by period of people, needs and schemes."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.harm_arrays import rows_of
from simulator.compiler.program import Floats, Program
from simulator.compiler.sent import ways_counted
from simulator.engines.network.kernels.net import LANE_FIELDS, STATION_FIELDS, Net


@dataclass(slots=True)
class Tally:
    """Sums by period (P), to be read when the run is over; letters as in ``compiler/program.py``.

    ``lanes`` (P, L, LANE_FIELDS), ``stations`` (P, R, STATION_FIELDS), ``links`` (K) of the window,
    ``share`` (nodes, H + 1) starts of the window by node, ``exits`` (P). ``person_seconds`` (P, S, H),
    ``transitions`` and ``in_care`` (P, S, S + 1) by hazard and by route, ``happened``, ``induced`` (P, N, S,
    H), ``averted`` (P, N, S, I), ``displaced`` (P, N), ``enrolled`` (P, I) person-seconds, ``newly`` (P, I)
    enrolments, ``moves`` (P, ways, 2) as records count them, ``befallen`` (P, K, S, H) by consequences.
    ``people_came`` and ``people_went`` over the whole run.
    """

    lanes: Floats
    stations: Floats
    links: Floats
    share: Floats
    exits: Floats
    person_seconds: Floats
    transitions: Floats
    in_care: Floats
    happened: Floats
    induced: Floats
    averted: Floats
    displaced: Floats
    enrolled: Floats
    newly: Floats
    moves: Floats
    befallen: Floats


@dataclass(slots=True)
class Since:
    """Sums since it was last worked out who makes up each lane: ``lanes`` (L, LANE_FIELDS), ``stations`` (R,
    STATION_FIELDS), ``flowed`` (L × kinds), ``arrived``, ``died`` and, of the window, ``started`` (L)."""

    lanes: Floats
    stations: Floats
    flowed: Floats
    arrived: Floats
    died: Floats
    started: Floats
    seconds: float = 0.0

    def forget(self) -> None:
        """Begin anew, but for who started: that is forgotten where it is written down."""
        for sums in (self.lanes, self.stations, self.flowed, self.arrived, self.died):
            sums[...] = 0.0
        self.seconds = 0.0


def new_since(net: Net, *, kinds: int) -> Since:
    """Begin with nothing."""
    count = len(net.lane_place)
    return Since(
        lanes=np.zeros_like(net.lane_now),
        stations=np.zeros_like(net.station_now),
        flowed=np.zeros(count * kinds),
        arrived=np.zeros(count),
        died=np.zeros(count),
        started=np.zeros(count),
    )


def new_tally(program: Program, net: Net, *, nodes: int) -> Tally:
    """Begin with nothing written down."""
    names = program.names
    periods, needs, segments, homes = (
        len(program.calendar.period_close_second),
        len(names.needs),
        len(names.segments),
        len(names.homes),
    )
    schemes = len(names.interventions)
    return Tally(
        lanes=np.zeros((periods, len(net.lane_place), LANE_FIELDS)),
        stations=np.zeros((periods, len(names.resources), STATION_FIELDS)),
        links=np.zeros(len(net.link_cell)),
        share=np.zeros((nodes, homes + 1)),
        exits=np.zeros(periods),
        person_seconds=np.zeros((periods, segments, homes)),
        transitions=np.zeros((periods, segments, segments + 1)),
        in_care=np.zeros((periods, segments, segments + 1)),
        happened=np.zeros((periods, needs, segments, homes)),
        induced=np.zeros((periods, needs, segments, homes)),
        averted=np.zeros((periods, needs, segments, schemes)),
        displaced=np.zeros((periods, needs)),
        enrolled=np.zeros((periods, schemes)),
        newly=np.zeros((periods, schemes)),
        moves=np.zeros((periods, ways_counted(program), 2)),
        befallen=np.zeros((periods, rows_of(program.consequences), segments, homes)),
    )
