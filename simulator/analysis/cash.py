"""What can become cash, and what is only freed: nouns of the finance director's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from simulator.analysis.intervals import Estimate

ALL = ""
NOTHING_FILLS = (0.0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """One year of one scenario for one organisation (or all, named ''), in pounds in that year.

    Against the baseline, after refill by ``refill``. ``set_up`` and ``recurrent`` are what schemes cost,
    ``more_care`` what activities and standing lines cost more that cost more, on the mean over the window;
    ``releasing`` what the others cost less; ``transfers`` what is paid by others, less
    what is paid to them; ``net`` gains less costs. ``cumulative`` since the first year, discounted;
    ``breaks_even`` the share of replications in which it has come to nought or more, ``None`` while
    nothing has changed in any.
    """

    scenario: str
    refill: float
    organisation: str
    starts: date
    set_up: Estimate
    recurrent: Estimate
    more_care: Estimate
    releasing: Estimate
    transfers: Estimate
    net: Estimate
    cumulative: Estimate
    breaks_even: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What a scheme asks of one organisation (or all, named ''), over the window and in pounds.

    ``peak``: what is out, undiscounted, when the mean over replications is lowest, looked at after setting up
    and at each year's end; its interval is that of the sum at that moment. ``naive``: what a business case
    would claim, average cost × fewer starts less what schemes and more care cost, a
    year; ``ours``: net before transfers, a year. ``must_release``: the part of the average cost that would
    have to be released to break even, above one where no release could; ``None`` where nothing is spent, or
    nothing claimed.
    """

    scenario: str
    refill: float
    organisation: str
    peak: Estimate
    naive: Estimate
    ours: Estimate
    must_release: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """One resource of one scenario: place-days freed a year, what stays empty, and wards released.

    ``empty`` and ``wards`` by share of refill; wards are the mean number released over the window.
    """

    scenario: str
    resource: str
    organisation: str
    days: Estimate
    empty: Mapping[float, Estimate]
    wards: Mapping[float, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTime:
    """Hours a year that an account (carers, families) spends itself on an activity, and their worth."""

    scenario: str
    account: str
    activity: str
    hours: Estimate
    change: Estimate | None
    pounds: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One calendar month of one scenario for one organisation: net before transfers, in pounds."""

    scenario: str
    organisation: str
    starts: date
    net: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """All of it. ``refills`` are the shares shown beside each other; ``given`` each scenario's own."""

    refills: tuple[float, ...]
    given: Mapping[str, float]
    organisations: tuple[str, ...]
    purses: tuple[Purse, ...]
    funding: tuple[Funding, ...]
    freed: tuple[Freed, ...]
    own_time: tuple[OwnTime, ...]
    months: tuple[Month, ...]

    @property
    def nothing_fills(self) -> bool:
        """Say whether no freed bed ever fills again in this model."""
        return self.refills == NOTHING_FILLS

    def years(self, scenario: str, organisation: str, *, refill: float) -> list[Purse]:
        """Give the years of one purse."""
        asked = (scenario, organisation, refill)
        return [one for one in self.purses if (one.scenario, one.organisation, one.refill) == asked]

    def asked(self, scenario: str, organisation: str, *, refill: float) -> Funding | None:
        """Give what a scheme asks of one purse."""
        wanted = (scenario, organisation, refill)
        found = {(one.scenario, one.organisation, one.refill): one for one in self.funding}
        return found.get(wanted)
