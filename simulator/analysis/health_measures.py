"""Measures of health: years of life by their quality, and the net benefit at a value of such a year.

QALYs are people's years times their segment's quality of life, less what harms by time spent take of it (in a
bed, kept there). Expected deaths are no part of them. Discounting (docs/method.md) counts a period by its
middle, from the first day that counts.
"""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.harm_measures import Asked, harm_by_period, harm_done, qualities_lost
from simulator.analysis.money_measures import PENCE_A_POUND, pence_by_period
from simulator.analysis.ratios import over
from simulator.analysis.reading import Reading
from simulator.experiment.measure_names import DISCOUNTED, NET_BENEFITS, MeasureName
from simulator.units import SECONDS_A_YEAR

Floats = NDArray[np.float64]

HEALTH_RATE, COST_RATE = 0.015, 0.035  # Green Book; NICE's reference case discounts health at 3.5% too
RATES = dict(zip(DISCOUNTED, (HEALTH_RATE, COST_RATE), strict=True))


def qalys_value(reading: Reading, name: MeasureName) -> float:
    """Read QALYs a year over the window; not-a-number where a segment's quality of life is not known."""
    years = reading.window_seconds / SECONDS_A_YEAR
    if name.what in RATES:
        return float(factors(reading, RATES[name.what]) @ qalys_by_period(reading)) / years
    groups = np.asarray(reading.frame.groups(name.cuts)).reshape(-1, _classes(reading))
    segments: NDArray[np.bool_] = np.asarray(groups.any(axis=1))[:-1]
    homes = reading.frame.homes(name.cuts)[:-1]
    seconds = reading.observation.person_seconds[segments][:, homes].sum(axis=1)
    lived = float(_quality(reading)[segments] @ seconds) / SECONDS_A_YEAR
    lost = sum(harm_done(reading, one, cuts=name.cuts, persons_only=True) for one in qualities_lost(reading))
    return (lived - lost) / years


def qalys_series(reading: Reading, name: MeasureName) -> Floats | None:
    """Read QALYs a year by period of the window; ``None`` for cuts and discounted ones."""
    if name.cuts or name.what:
        return None
    return over(qalys_by_period(reading) * float(SECONDS_A_YEAR), reading.frame.seconds)


def net_benefit_value(reading: Reading, name: MeasureName) -> float:
    """Read what QALYs are worth less what they cost, in pounds a year: health at 1.5%, cost at 3.5%."""
    worth, rate = NET_BENEFITS[name.what]
    qalys = factors(reading, rate) @ qalys_by_period(reading)
    pence = factors(reading, COST_RATE) @ pence_by_period(reading)
    years = reading.window_seconds / SECONDS_A_YEAR
    return float(worth * qalys - pence / PENCE_A_POUND) / years


def qalys_by_period(reading: Reading) -> Floats:
    """Give QALYs of everybody in each period of the window."""
    lived = reading.observation.people_series[reading.first :] @ _quality(reading) / SECONDS_A_YEAR
    for one in qualities_lost(reading):
        lived = lived - _lost_by_period(reading, one)
    return np.asarray(lived, np.float64)


def factors(reading: Reading, rate: float) -> Floats:
    """Give what each period of the window counts at a yearly rate: (1 + rate) to the power of minus its
    middle, in years."""
    seconds = reading.frame.seconds.astype(np.float64)
    middle = (np.cumsum(seconds) - seconds / 2) / SECONDS_A_YEAR
    return np.asarray((1.0 + rate) ** -middle)


def _lost_by_period(reading: Reading, asked: Asked) -> Floats:
    """Spread quality of life lost over the periods: as the doses fell, or evenly where that is not known."""
    total = harm_done(reading, asked, persons_only=True)
    found = harm_by_period(reading, asked)
    weights = reading.frame.seconds.astype(np.float64) if found is None or not found.any() else found
    return np.asarray(total * weights / weights.sum())


def _quality(reading: Reading) -> Floats:
    """Give each segment's quality of life; one where nobody ever lives matters to nobody."""
    quality = reading.frame.program.people.quality_of_life
    lived = reading.observation.person_seconds.sum(axis=1)
    return np.where(np.isnan(quality) & (lived == 0), 0.0, quality)


def _classes(reading: Reading) -> int:
    return len(reading.frame.program.names.classes)
