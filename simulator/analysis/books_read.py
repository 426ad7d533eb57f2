"""The books of one world read from its observation, year by year."""

import numpy as np

from simulator.accounts.books import Books
from simulator.analysis.reading import Reading
from simulator.analysis.yearly import Floats, year_ends, year_shares
from simulator.engines.records import STARTS


def read_books(reading: Reading, *, share: float) -> Books:
    """Read costs, starts, needs and people by year of the window; ``share`` is the population's."""
    names, seen, first = reading.frame.program.names, reading.observation, reading.first
    ends = year_ends(reading.frame.window_starts, reading.window_seconds)
    years = year_shares(reading.frame.seconds, ends)
    starts = years @ seen.activity_series[first:, :, STARTS]
    needs = years @ seen.need_series[first:, :, 0] if len(names.needs) else np.zeros((len(ends), 0))
    return Books(
        organisations=names.organisations,
        activities=names.activities,
        share=share,
        seconds=np.diff(ends, prepend=0.0),
        activity=np.einsum("yp,pao->yao", years, seen.cost_series[first:]),
        schemes=_schemes(reading, years),
        overheads=years @ reading.frame.program.prices.overheads[first:],
        overhead_names=names.overheads,
        starts={name: starts[:, place] for place, name in enumerate(names.activities)},
        cases={name: needs[:, place] for place, name in enumerate(names.needs)},
        people=years @ seen.people_series[first:].sum(axis=1),
    )


def _schemes(reading: Reading, years: Floats) -> Floats:
    """Give what the interventions themselves cost their leads (Y, O)."""
    program = reading.frame.program
    found = np.zeros((len(years), len(program.names.organisations)))
    by_scheme = years @ reading.observation.scheme_series[reading.first :].sum(axis=2)
    for place, lead in enumerate(program.interventions.lead):
        if lead >= 0:
            found[:, lead] += by_scheme[:, place]
    return found
