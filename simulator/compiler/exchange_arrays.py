"""The arrays of an exchange: what is read of the people's side, what stocks drive there, heads that cross.

Letters used in shapes: M meters, T terms, K reads, D drives, J lines of capacity, B pools; others see
``program.py``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.equations.system import System

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# What a meter is of.
OF_RESOURCE, OF_ACTIVITY, OF_NEED, OF_SEGMENT, OF_DEATHS = range(5)

# How a read is taken: the state now, what was added up since the last exchange, its mean over that time.
READ_NOW, READ_TOTAL, READ_MEAN = range(3)

# What a drive drives.
(
    DRIVES_NEED,
    DRIVES_REFERRAL,
    DRIVES_HAZARD,
    DRIVES_JOINERS,
    DRIVES_DURATION,
    DRIVES_CAPACITY,
    DRIVES_STRENGTH,
    DRIVES_PATIENCE,
    DRIVES_ROUTE,
    DRIVES_COST,
) = range(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Where stocks and people meet: every ``every_seconds``, from second 0 on, ``steps`` of the stocks apart.

    ``stocks``: the name of each stock, element by element; ``stock_keys`` and ``stock_elements`` what it is
    called in ``system`` and which element it is.

    ``system``: the stocks, in which each read (``inputs``, by name, ``at_start`` (K) before the first
    exchange) is an input, and each drive an auxiliary (``drive_keys`` (D)).

    A *meter* is one count, or one number present with its person-seconds: ``meter_of`` (M), ``meter_target``
    (M) a resource, activity, need or segment, ``meter_field`` (M) a field of its records, ``meter_group`` (M)
    of an activity, -1 for all. A read is ``read_scale`` × Σ weight × meter over its terms (``term_read``,
    ``term_meter``, ``term_weight`` (T), ascending by read), divided by the sum of those terms that are
    ``term_is_over`` (T) where there are any (``read_is_ratio`` (K)), else by the seconds since the last
    exchange (``READ_MEAN``) or by nothing. Divided by nought it is nought, or stays what it was
    (``read_stays`` (K)).

    ``drive_of`` and ``drive_target``, ``drive_second`` (D): one of ``DRIVES_*``, of what (-1: of an
    intervention that is off), and the segment that a hazard leads to, the route of a share (which moves to
    ``drive_instead`` (D), or from there, by the draw ``drive_hash`` (D)), or 0 for the price of a contact and
    1 for that of a day. ``drive_is_factor`` (D): it multiplies
    the value; else it takes its place, ``drive_unit`` (D) turning it into the unit of the arrays.
    ``low``/``high`` (D) are its bounds, in its own unit; where it ``drive_is_open`` (D) what is below nought
    is nought, and above ``high`` more demand is drawn. Capacity of ``line_resource`` (J) from
    ``line_second`` (J) on is the whole part of ``line_factor`` × the drive ``line_drive`` + ``line_plus``;
    lines ascend by (second, resource).

    Of a ``share`` of the place below 1 numbers read are divided by it, rates that replace and lines are of
    it, and both terms of a line are rounded up, each by itself.

    Heads: ``pools`` (B) are stocks that people come from or go to; ``takes_from`` and ``returns_to`` (Q) the
    pool of each referral, or -1.
    """

    every_seconds: int
    steps: int
    system: System
    stocks: tuple[str, ...]
    stock_keys: tuple[str, ...]
    stock_elements: Ints
    inputs: tuple[str, ...]
    at_start: Floats
    meter_of: Ints
    meter_target: Ints
    meter_group: Ints
    meter_field: Ints
    term_read: Ints
    term_meter: Ints
    term_weight: Floats
    term_is_over: Flags
    read_way: Ints
    read_is_ratio: Flags
    read_scale: Floats
    read_stays: Flags
    drive_names: tuple[str, ...]
    drive_keys: tuple[str, ...]
    drive_of: Ints
    drive_target: Ints
    drive_second: Ints
    drive_instead: Ints
    drive_hash: Ints
    drive_is_factor: Flags
    drive_unit: Floats
    drive_is_open: Flags
    low: Floats
    high: Floats
    line_second: Ints
    line_drive: Ints
    line_resource: Ints
    line_factor: Floats
    line_plus: Floats
    share: float
    pools: tuple[str, ...]
    takes_from: Ints
    returns_to: Ints
