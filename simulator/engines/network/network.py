"""One run of the network as stocks: laid out from a program, taken through its steps block by block.

Between the seconds at which something is set anew (Mondays, closes of periods, quarters, years, switches,
exchanges with stocks of the file) rates stand still. At the beginning of each block, in this order: exchange,
strengths of switches, enrolment, needs and where they begin, risks at home; every fourth week who makes up
each lane. At its end: people change segment, die, join.
"""

from typing import NamedTuple

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Program
from simulator.engines.months import OtherWorld
from simulator.engines.network.apart import Apart
from simulator.engines.network.assembly import Assembly, assemble, put_in_place
from simulator.engines.network.bases import bases_of
from simulator.engines.network.befalling import Befalling
from simulator.engines.network.brought import Brought
from simulator.engines.network.closure_kinds import MATCHING, Closure
from simulator.engines.network.enrolment import Followed
from simulator.engines.network.grid import STEP_SECONDS, block_seconds, usual_blocks
from simulator.engines.network.kernels.books import closes, made_up
from simulator.engines.network.kernels.mixing import outcomes
from simulator.engines.network.kernels.net import CAME, DIED_HERE, FULL, LEFT, OPEN
from simulator.engines.network.known import Known
from simulator.engines.network.lending import Lending
from simulator.engines.network.meeting import Meeting
from simulator.engines.network.mix import Mix, through
from simulator.engines.network.monthly import monthly_of, takes_steps
from simulator.engines.network.nodes import DEAD, INSTEAD, OUT
from simulator.engines.network.queue import Setting
from simulator.engines.network.schemes import Schemes
from simulator.engines.network.sources import referral_rates, rows_of_referrals
from simulator.engines.network.stationary import EVERYBODY
from simulator.engines.network.swinging import mean_turns
from simulator.engines.network.switches import Switches
from simulator.engines.network.tally import Tally, new_since, new_tally
from simulator.engines.network.thinning import Members, kept_places, thinnings
from simulator.engines.network.weekly import (
    by_origin,
    lay_at_home,
    lay_everybody,
    lay_stayers,
    set_patience,
    set_risks,
    set_stays,
    set_terms,
)
from simulator.engines.turns import with_turns
from simulator.errors import SelfCheckFailed
from simulator.units import SECONDS_A_YEAR

BLOCKS_A_MIX = 4
SETTLED_AFTER = 12
MOST_LOST = 1e-9


class Block(NamedTuple):
    """A stretch of time in which rates stand still: its ``number`` among those that there are without an
    exchange, or -1; its ``period``, its ``steps``, and how long it lasts."""

    number: int
    period: int
    steps: tuple[int, int]
    seconds: int


class Network:
    """The stocks of one program, and what has been written down; its queues run on a ``closure``.

    ``other_world`` takes the months of a baseline, or has them, where losses feed back.
    """

    def __init__(
        self,
        program: Program,
        *,
        step_seconds: int = STEP_SECONDS,
        closure: Closure = MATCHING,
        other_world: OtherWorld | None = None,
    ) -> None:
        self.asked, self._turns = program, mean_turns(program)
        program = with_turns(program, self._turns)
        self.meeting = None if program.exchange is None else Meeting(program)
        program = self.program = program if self.meeting is None else self.meeting.at_start(program)
        self._bases = bases_of(program) if self.meeting is None else self.meeting.side.bases
        self.laid: Assembly = assemble(program, self._bases, step_seconds=step_seconds, closure=closure)
        self.folk, self.net, self.mix = self.laid.folk, self.laid.net, self.laid.mix
        self.schemes = Schemes(program, self.folk, bases=self._bases)
        self.befalling = Befalling(program, self.laid)
        self._brought = Brought(program, self.laid)
        self.switches = Switches(program, self.laid, schemes=self.schemes)
        self.apart = Apart(program, self.laid, schemes=self.schemes)
        has_aid = program.pacts is not None or program.shifts is not None
        self.lending = Lending(program, self.laid, schemes=self.schemes) if has_aid else None
        self.tally: Tally = new_tally(program, self.net, nodes=len(self.laid.nodes.activity))
        set_stays(self.laid, self.mix)
        self._began = put_in_place(program, self.laid)
        self._people_began = float(self.folk.people.sum())
        lanes = self.laid.lanes
        self._key = lanes.link_lane * lanes.kinds + lanes.link_kind
        self.since = new_since(self.net, kinds=lanes.kinds)
        self.settings: dict[int, Setting] = {}
        self._members = Members(self.laid)
        self._has_turned, self._has_switched, self._turn = False, False, -1
        self.known: Known | None = None
        self._through = through(lanes)
        names = program.names
        self._need_times = np.ones((len(names.needs), 1, 1))
        self._referral_times, self._joiner_times = np.ones(len(names.referrals)), np.ones(len(names.segments))
        self._leaving = np.flatnonzero(np.isin(lanes.link_cell, (OUT, DEAD)))
        self._stayers, self._everybody = lay_stayers(program, self.laid), lay_everybody(self.laid)
        self._new_years = {*program.calendar.year_start_second.tolist()}
        self._block, self.cuts = 0, block_seconds(self.program)
        self.usual = usual_blocks(self.program, self.cuts)
        self._steps = np.searchsorted(self.laid.grid.second, self.cuts)
        self._at_home = lay_at_home(program, lanes)
        self._any_alone = bool(program.needs.one_at_a_time.any())
        self._befallen = np.zeros(self.tally.befallen.shape[1:])
        set_patience(self.laid, self._bases.patience)
        if self.meeting is not None:
            self.meeting.joins(self)
        self.monthly = monthly_of(self, other=other_world)

    def run(self, *, until: int | None = None) -> Tally:
        """Go on to the end, or so far; raise ``SelfCheckFailed`` where heads are lost or made."""
        self.goes(until=self.program.calendar.end_second if until is None else until)
        if self.meeting is not None and until is None:
            self.meeting.happens(self.program.calendar.end_second)
        self._write_down_shares()
        self._check()
        return self.tally

    @property
    def second(self) -> int:
        """Say up to where it has gone: where a block begins."""
        return int(self.cuts[self._block])

    def stands_at(self, second: int) -> None:
        """Go on from a second at which a block begins; all stocks are as then."""
        self._block = int(np.searchsorted(self.cuts, second))
        self.laid.mixing.goes_on(self.mix)

    def goes(self, *, until: int) -> None:
        """Go on, block by block, as long as one begins before a second."""
        closes = self.program.calendar.period_close_second
        while self._block < len(self.cuts) - 1 and self.second < until:
            block, begins = self._block, self.second
            seconds = int(self.cuts[block + 1]) - begins
            period = int(np.searchsorted(closes, begins, side="right"))
            self.net.in_window[0] = int(begins >= self.program.calendar.warm_up_seconds)
            at = int(self._steps[block]), int(self._steps[block + 1])
            if self.meeting is not None and self.meeting.happens(begins):
                self._refresh()
            if self.monthly is not None:
                self.monthly.opens(begins, begins + seconds)
            self._begin(Block(int(self.usual[block]), period, at, seconds=seconds), begins=begins)
            if self.lending is not None:
                self.lending.begins(begins, at, seconds=seconds, mix=self.mix)
            takes_steps(self.net, at, monthly=self.monthly)
            self._close(period, seconds=seconds)
            self._block += 1
            if self.monthly is not None:
                self.monthly.closes()

    def _begin(self, block: Block, *, begins: int) -> None:
        """Set everything that stands still during a block."""
        program, laid, folk = self.program, self.laid, self.folk
        self._swing(begins)
        by_origin(laid, self._stayers, share=self.mix.share, found=folk.bedded)
        if self._any_alone:
            by_origin(laid, self._everybody, share=self.mix.share, found=folk.open)
        needs = self._needs(block.period, begins=begins, years=self._years(block))
        referrals = self.schemes.referrals(
            referral_rates(program, self._bases.referrals) * self._referral_times
        )
        referrals = referrals if self.meeting is None else self.meeting.limits(referrals, block.steps)
        now = Known(needs / SECONDS_A_YEAR, referrals, self.switches.first_shares(), self._through)
        rates = now.rates(laid.nodes, sources=(laid.sources.of, self.net.source_rate))
        self._begins_elsewhere(block, needs=needs, referrals=referrals)
        is_due = block.number >= 0 and (block.number % BLOCKS_A_MIX == 0 or block.number < SETTLED_AFTER)
        if is_due or self._has_turned or self.known is None:
            self._mix_anew(now, rates)
            hazard = self.schemes.hazards()[:, -1] / SECONDS_A_YEAR
            set_risks(laid, self._at_home, mix=self.mix, hazard=hazard, needs=needs)
        elif self._has_switched:
            self._switch(self.known, now)

    def _begins_elsewhere(self, block: Block, *, needs: Floats, referrals: Floats) -> None:
        """Write down whom effects on where cases start send elsewhere during a block."""
        if not self.schemes.any_running or not self.switches.sending.firsts.is_any:
            return
        passed = self.net.pace[rows_of_referrals(self.program), slice(*block.steps)].sum(axis=1)
        came = needs * self._years(block), referrals * passed
        self._displaces(block.period, self.switches.sending.begins(*came))

    def _displaces(self, period: int, found: tuple[Floats, Floats]) -> None:
        sent, displaced = found
        self.tally.moves[period, len(self.program.moves.kind) :] += sent[:, None]
        self.tally.displaced[period] += displaced

    def _years(self, block: Block) -> Floats | float:
        """Give the years that a block lasts; between exchanges by the profile of each need (N, 1, 1)."""
        if self.meeting is None:
            return block.seconds / SECONDS_A_YEAR
        profile = self.program.needs.profile
        passed = self.net.pace[np.where(profile == ABSENT, len(self.program.names.profiles), profile)]
        years: Floats = passed[:, slice(*block.steps)].sum(axis=1) / SECONDS_A_YEAR
        return years[:, None, None]

    def _refresh(self) -> None:
        """Let what stocks drive of ways, stays and patience be felt at once."""
        set_patience(self.laid, self._bases.patience)
        self.switches.set_ways()
        self.mix = self.laid.mixing.again()
        set_stays(self.laid, self.mix)

    def _swing(self, second: int) -> None:
        """Set what changes of itself to its value during a block."""
        self._has_turned = False
        turns = self._turns
        if turns is not None and (row := turns.at(second)) != self._turn:
            self._turn = row
            needs, self._referral_times, durations, self._joiner_times, _ = (one[row] for one in turns.of)
            self._need_times = needs[:, None, None]
            self._has_turned = not np.array_equal(durations, self.switches.times)
            self.switches.times = durations

    def _needs(self, period: int, *, begins: int, years: Floats | float) -> Floats:
        """Let switches act and people be enrolled; give the needs a year (N, S, H), and write them down."""
        folk, schemes, tally = self.folk, self.schemes, self.tally
        self._has_switched = schemes.begins(begins)
        if begins in self._new_years:
            folk.survivors.shift_year()
            for enrolment in schemes.enrolments.values():
                enrolment.shift_year()
        had, plain = folk.share_had(), folk.plain * self._need_times
        if schemes.enrolments:
            schemes.enrols(begins, plain * had)
            tally.newly[period] += schemes.newly
        happening = had * folk.people
        changed = schemes.needs(plain)
        if changed is not None:
            plain, averted, induced = changed
            tally.averted[period] += (averted * happening[..., None]).sum(axis=2) * years
            tally.induced[period] += induced * happening * years
        happening *= plain
        tally.happened[period] += happening * years
        return np.asarray(happening)

    def _mix_anew(self, now: Known, rates: Floats) -> None:
        """Work out who makes up each lane, from how its waits and stays have ended lately."""
        self._write_down_shares()
        self.switches.set_ways()
        self.switches.knows_firsts()
        self.known = now._replace(outcome=self._outcome())
        self.mix = self.laid.mixing.solve(rates, self.known.outcome)
        self._brought.settles(self.mix, firsts=rates, outcome=self.known.outcome)
        self.apart.knows(self.mix, self.known, switches=self.switches, times=self._need_times)
        set_stays(self.laid, self.mix)
        self._set_closures()
        if self.meeting is not None:
            self.meeting.side.mixed()

    def _switch(self, known: Known, now: Known) -> None:
        """Let what begins or ends to act change who makes up which lanes, and leave all else as it was known:
        a world in which it does not differs by nothing else."""
        ways, before = self.laid.mixing.way_share.copy(), self.mix
        self.switches.set_ways(anew=False)
        after = known.after(now._replace(firsts=self.switches.known_first_shares()))
        firsts = known.rates(self.laid.nodes), after.rates(self.laid.nodes)
        self.mix, self.known = self.laid.mixing.switched(firsts, ways=ways, outcome=known.outcome), after
        self._write_down_changed(before)
        seen = before.visits
        self._brought.settles(self.mix, firsts=firsts[1], outcome=known.outcome, before=seen)
        set_stays(self.laid, self.mix)
        if self.meeting is not None:
            self.meeting.side.mixed()

    def _write_down_shares(self) -> None:
        """Write down of whom the starts were, before it is worked out anew who makes up each lane."""
        made_up(self.mix.share, self.laid.lanes.of, self.since.started, self.tally.share)

    def _write_down_changed(self, before: Mix) -> None:
        """Write down of whom the starts were of lanes alone that others make up now than ``before``."""
        of, started = self.laid.lanes.of, self.since.started
        others = np.unique(of[(before.share != self.mix.share) & (of >= 0)])
        theirs = np.zeros_like(started)
        theirs[others], started[others] = started[others], 0.0
        made_up(before.share, of, theirs, self.tally.share)

    def _set_closures(self) -> None:
        """Let queues know what they stand in, by what was lately."""
        settings = self._surroundings() if self.laid.closures.closure.sees else {}
        changed = {one for one, setting in settings.items() if self.settings.get(one) != setting}
        self.settings |= settings
        changed |= {*set_terms(self.program, self.laid, mix=self.mix, bases=self._bases)}
        for station in changed:
            setting = self.settings.get(station, EVERYBODY)
            self.laid.closures.change_to(self.program, station, setting=setting)
        self.since.forget()
        self.net.met[:] = 0.0

    def _surroundings(self) -> dict[int, Setting]:
        """Say what queues stand in, by resource: how arrivals thin out, or how many places are kept."""
        since, seconds = self.since, self.since.seconds
        full = since.stations[:, FULL] / np.maximum(since.stations[:, OPEN], 1.0)
        crowd = self._members.crowd(self.laid, lanes=since.lanes)
        settings: dict[int, Setting] = {
            **thinnings(self.laid, self._members, crowd=crowd, full=full, seconds=seconds)
        }
        if seconds > 0:
            closed = seconds - since.stations[:, OPEN]
            settings |= kept_places(
                self.program,
                self.laid,
                members=self._members,
                kept=crowd.kept / seconds,
                full=(since.stations[:, FULL] + closed) / seconds,
            )
        return settings

    def _outcome(self) -> Floats:
        """Give the shares of those who come to a lane that go on by each kind of way (lanes, kinds)."""
        found = np.empty((self.laid.lanes.count, self.laid.lanes.kinds))
        since = self.since
        outcomes(since.flowed.reshape(found.shape), since.arrived, since.died, INSTEAD, found)
        return found

    def _close(self, period: int, *, seconds: int) -> None:
        """Write down what a block brought, and let people's lives go on."""
        net, tally, folk, since = self.net, self.tally, self.folk, self.since
        tally.person_seconds[period] += folk.people * (0.5 * seconds)
        tally.in_care[period] += folk.becomes(
            self.mix,
            net.link_flow,
            way_share=self.laid.mixing.way_share,
            origins=self.laid.origins,
            seconds=seconds,
        )
        if self.befalling.befalls(self.mix, lanes=net.lane_now, found=self._befallen):
            tally.befallen[period] += self._befallen
        hazards = self.schemes.hazards()
        joiners = self.schemes.joiners(self._bases.joiners * self._joiner_times)
        tally.transitions[period] += folk.lives(hazards, joiners, seconds=seconds)
        self._enrolled_go_on(period, hazards, seconds=seconds)
        tally.person_seconds[period] += folk.people * (0.5 * seconds)
        if self.lending is not None:
            self.lending.closes(period, seconds)
        if self.meeting is not None:
            self.meeting.side.closes()
        tally.exits[period] += closes(
            (net.lane_now, net.station_now, net.link_flow),
            (tally.lanes[period], tally.stations[period]),
            (tally.links, since.started, bool(net.in_window[0])),
            (since.lanes, since.stations, since.flowed, since.arrived, since.died),
            (self._leaving, self._key),
        )
        since.seconds += seconds

    def _enrolled_go_on(self, period: int, hazards: Floats, *, seconds: int) -> None:
        """Let enrolments go on, and write down what moves did."""
        if not self.schemes.any_running:
            return
        leaving = hazards.sum(axis=1)
        gone = -np.expm1(-leaving * (seconds / SECONDS_A_YEAR))
        share = np.divide(hazards, leaving[:, None], out=np.zeros_like(hazards), where=leaving[:, None] > 0)
        staying = np.diag(1.0 - gone) + share[:, :-1] * gone[:, None]
        for scheme, enrolment in self.schemes.enrolments.items():
            before = enrolment.number
            going = self.apart.going(scheme, self.net.link_flow)
            enrolment.leaves(seconds, staying=staying, going=going)
            self.tally.enrolled[period, scheme] += 0.5 * (before + enrolment.number) * seconds
        if len(self.program.moves.kind):
            moved, displaced = self.switches.moved(self.net.link_flow, self.mix)
            self.tally.moves[period, : len(moved)] += moved
            self.tally.displaced[period] += displaced
        if self.switches.sending.ways.is_any:
            self._displaces(period, self.switches.sending.along(self.net.link_flow, self.mix))

    @property
    def followed(self) -> Followed:
        """Give the enrolled, followed through both worlds."""
        return self.schemes.followed

    def _check(self) -> None:
        """Hold heads that came against heads that went and are there, of cases and of people."""
        net, folk = self.net, self.folk
        there = float(net.cell_stock.sum() + net.cell_in.sum() + net.stage_stock.sum())
        came = self._began + float(net.heads[CAME])
        _holds("cases", came, found=float(net.heads[LEFT] + net.heads[DIED_HERE]) + there)
        _holds("people", self._people_began + folk.came, found=folk.went + float(folk.people.sum()))


def _holds(what: str, came: float, *, found: float) -> None:
    if abs(came - found) > MOST_LOST * max(came, 1.0):
        raise SelfCheckFailed(
            f"The network as stocks: {came:.9f} {what} came or were there, but {found:.9f} left or are there."
        )
