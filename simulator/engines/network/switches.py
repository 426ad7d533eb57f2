"""What the switches do to ways onward and lengths of stay: effects on shares, diversions, step-downs.

Shares of a mix stand for chances of a case: a move takes part of those who would have gone another way, as
many as find a place free there and then.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_ROUTE
from simulator.compiler.program import (
    ABSENT,
    FOR_ENROLLED,
    FOR_EVERYONE,
    ON_DURATION,
    ON_NEED_START,
    ON_REFERRAL_START,
    ON_ROUTE_SHARE,
    TIMES,
    Floats,
    Ints,
    Program,
)
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.felt import Felt
from simulator.engines.network.kernels.places import places_free
from simulator.engines.network.mix import Mix, at_every_home
from simulator.engines.network.moving import lay_lists, lay_moves
from simulator.engines.network.nodes import DONE, STEP_DOWN
from simulator.engines.network.schemes import Schemes
from simulator.engines.network.sending import Sending
from simulator.errors import SelfCheckFailed


class Switches:
    """Sets ways and stays anew whenever who makes up the lanes is worked out."""

    def __init__(self, program: Program, laid: Assembly, *, schemes: Schemes) -> None:
        self._program, self._laid, self._schemes = program, laid, schemes
        self._bases = schemes.bases
        classes = len(program.names.classes)
        self._class = laid.nodes.group % classes
        self._segment = laid.nodes.group // classes
        self._trait_of = np.append(program.needs.trait, ABSENT)
        there = np.bincount(self._class, weights=laid.mix.visits.sum(axis=1), minlength=classes)
        self._brought = np.flatnonzero(there[self._class] <= 0)
        self._enrolled: dict[int, Floats] = {}
        self._moves = lay_moves(program, laid)
        self.found_place = np.ones(len(self._moves))
        self._free = np.ones(laid.lanes.count)
        self._lists = lay_lists(laid.nodes)
        self._mix: Mix | None = None
        self._parts: list[Floats] = []
        self.sending = Sending(program, laid)
        self._first_share = at_every_home(laid.nodes.first_share, homes=laid.lanes.of.shape[1])
        self.times = np.ones(len(program.names.activities))
        self.felt, self._firsts, self._known_firsts = Felt(), Felt(), Felt()

    # Who is touched

    def touched(self, effect: int, *, of: int = ABSENT) -> Floats:
        """Give the share of the cases at each node and home (nodes, H + 1) that an effect touches: nobody's
        only if it is for all. Or, ``of`` those enrolled in a scheme alone, the share of theirs."""
        if self._program.effects.whom[effect] == FOR_EVERYONE or self._schemes.is_of(effect, of):
            return np.ones(self._laid.lanes.of.shape)
        by_need = {trait: self._schemes.touched(effect, trait) for trait in {*self._trait_of.tolist()}}
        found = self._of_nodes(by_need)
        if self._program.effects.whom[effect] == FOR_ENROLLED:
            self._as_brought(int(self._program.effects.intervention[effect]), found)
        return found

    def knows_enrolled(self, scheme: int, *, visits: Floats, mix: Mix) -> None:
        """Let it be known how many of those brought to a class that nobody was of are enrolled, by their
        ``visits`` (nodes, H + 1) and those of all: of those whom a scheme sends there, it may be each."""
        theirs, everybody = visits[self._brought], mix.visits[self._brought]
        unknown = np.full_like(theirs, np.nan)
        self._enrolled[scheme] = np.divide(theirs, everybody, out=unknown, where=everybody > 0)

    def _as_brought(self, scheme: int, found: Floats) -> None:
        """Set the share of a scheme's enrolled (nodes, H + 1) where that is known of those brought."""
        known = self._enrolled.get(scheme)
        if known is not None:
            found[self._brought] = np.where(np.isnan(known), found[self._brought], known)

    def _of_nodes(self, by_need: dict[int, Floats]) -> Floats:
        """Give shares (S, H) by the trait of the need behind a case by node and home (nodes, H + 1)."""
        of_needs = np.array([with_nobody(by_need[trait], 0.0) for trait in self._trait_of.tolist()])
        of_classes = np.tensordot(self._laid.origins, of_needs, axes=1)
        return np.asarray(of_classes[self._class, self._segment])

    # Setting anew

    def set_ways(self, *, anew: bool = True) -> None:
        """Give every way its share now, and every node its stay.

        Unless ``anew``, what acted already and lists are felt as they last were, and what has begun as it is.
        """
        if anew:
            self.felt.forget()
        mixing = self._laid.mixing
        mixing.way_share[:] = mixing.written
        if self._moves or self._lists:
            places_free(self._laid.net, self._free)
        self._driven(mixing.way_share)
        self.sending.ways.begins(mixing.way_share)
        if self._schemes.any_running:
            for activity in self._schemes.touches(ON_ROUTE_SHARE):
                for effect in self._schemes.effects(ON_ROUTE_SHARE, activity):
                    self._route(mixing.way_share, effect, activity=activity)
        for place, members in enumerate(self._lists):
            chances = self.felt.of(("list", place), partial(self._chances, members))
            share_out(mixing.way_share, members, chances=chances)
            self.sending.ways.shared_out(members, mixing.way_share[members])
        self.sending.settles(mixing.way_share)
        mixing.lasts(self.times * self._bases.durations)
        if self._schemes.any_running:
            self._durations()
        for move in range(len(self._moves)):
            if self._schemes.is_running[self._program.moves.intervention[move]]:
                self._move(mixing.way_share, move)

    def _chances(self, members: Ints) -> Floats:
        """Give how likely a place is free by each way of a list of first-free or shortest-queue."""
        rows = [self._laid.lanes.of[self._laid.nodes.ways.end[way]] for way in members.tolist()]
        return np.array([self._free[np.unique(row[row >= 0])].mean() for row in rows])

    def _durations(self) -> None:
        mixing, table = self._laid.mixing, self._program.effects
        for activity in {*table.target[table.on == ON_DURATION].tolist()}:
            mine = self._laid.nodes.activity == activity
            for effect in self._schemes.effects(ON_DURATION, activity):
                by = self.felt.of(("effect", effect), partial(self._lasting, effect))[mine]
                before = mixing.mean[mine]
                after = before * (1.0 + by) if table.acts[effect] == TIMES else before + by
                after = np.maximum(after, 0.0)
                scale = np.divide(after, before, out=np.ones_like(after), where=before > 0)
                mixing.mean[mine] = after
                mixing.square[mine] *= scale * scale

    def _route(self, share: Floats, effect: int, *, activity: int) -> None:
        """Move part of a route's share to another, or of the other's to it."""
        ways = self._laid.nodes.ways
        change = self.felt.of(("effect", effect), partial(self._changing, effect))
        one, other = self._ways_of(activity, self._routes_of(effect))
        before = share.copy()
        swap(share, ways.start, one=one, other=other, change=change)
        self.sending.ways.sends(effect, one=one, other=other, before=before, after=share)

    def _routes_of(self, effect: int) -> list[int]:
        """Give the routes between which an effect moves shares."""
        table = self._program.effects
        return [int(table.second_target[effect]), int(table.instead[effect])]

    def _changing(self, effect: int, *, of: int = ABSENT) -> Floats:
        """Give by what part of itself an effect changes a share, by node and home (nodes, H + 1)."""
        strength, value = self._schemes.pull(effect)
        return strength * (value - 1.0) * self.touched(effect, of=of)

    def _lasting(self, effect: int) -> Floats:
        """Give by what part of itself, or by how long, an effect changes stays (nodes, H + 1)."""
        strength, value = self._schemes.pull(effect)
        is_times = self._program.effects.acts[effect] == TIMES
        return self.touched(effect) * strength * (value - 1.0 if is_times else value)

    def _ways_of(self, activity: int, routes: list[int]) -> list[Ints]:
        """List the ways onward from an activity by each of some routes."""
        ways = self._laid.nodes.ways
        name = np.append(self._program.routes.name, ABSENT)[ways.entry]
        usual = (ways.kind == DONE) & (self._laid.nodes.activity[ways.start] == activity) & (ways.move < 0)
        return [np.flatnonzero(usual & (name == route)) for route in routes]

    def _driven(self, share: Floats) -> None:
        """Multiply the shares of routes that stocks drive, of everybody, before interventions."""
        exchange, start = self._program.exchange, self._laid.nodes.ways.start
        if exchange is None:
            return
        for drive in np.flatnonzero(exchange.drive_of == DRIVES_ROUTE).tolist():
            routes = [int(exchange.drive_second[drive]), int(exchange.drive_instead[drive])]
            one, other = self._ways_of(int(exchange.drive_target[drive]), routes)
            change = np.full(self._laid.lanes.of.shape, self._bases.shares[drive] - 1.0)
            swap(share, start, one=one, other=other, change=change)

    def first_shares(self) -> Floats:
        """Give the shares of first routes (firsts, H + 1), with effects on where cases start."""
        self._firsts = Felt()
        return self._first_shares(self._firsts)

    def knows_firsts(self) -> None:
        """Let where cases start be known as it was last read."""
        self._known_firsts = self._firsts

    def known_first_shares(self) -> Floats:
        """Give those shares as they were when they were last known, with what has begun to act since."""
        return self._first_shares(self._known_firsts)

    def _first_shares(self, felt: Felt) -> Floats:
        self.sending.firsts.begins(self._first_share)
        if not self._schemes.any_running:
            return self._first_share
        share = self._first_share.copy()
        for effect, on, one, other in self._at_starts():
            change = felt.of(("first", effect), partial(self._of_segments, effect, on))
            before = share.copy()
            swap(share, self._laid.nodes.first_segment, one=one, other=other, change=change)
            self.sending.firsts.sends(effect, one=one, other=other, before=before, after=share)
        return share

    def _at_starts(self) -> Iterator[tuple[int, int, Ints, Ints]]:
        """Yield the effects that act on where cases start, on what, and the first routes between which."""
        nodes, table = self._laid.nodes, self._program.effects
        name = np.append(self._program.routes.name, ABSENT)[nodes.first_entry]
        for on, target in ((ON_NEED_START, nodes.first_need), (ON_REFERRAL_START, nodes.first_referral)):
            for effect in np.flatnonzero(table.on == on).tolist():
                if effect in self._schemes.effects(on, int(table.target[effect])):
                    mine = target == table.target[effect]
                    routes = [np.flatnonzero(mine & (name == one)) for one in self._routes_of(effect)]
                    yield effect, on, routes[0], routes[1]

    def _of_segments(self, effect: int, on: int, *, of: int = ABSENT) -> Floats:
        """Give by what part of itself an effect changes where a need or referral starts, by segment and home,
        nobody's last (S + 1, H + 1)."""
        strength, value = self._schemes.pull(effect)
        trait = (
            int(self._program.needs.trait[self._program.effects.target[effect]])
            if on == ON_NEED_START
            else -1
        )
        is_for_all = self._program.effects.whom[effect] == FOR_EVERYONE
        touched = with_nobody(self._schemes.touched(effect, trait, of=of), 1.0 if is_for_all else 0.0)
        return strength * (value - 1.0) * touched

    # The enrolled of a scheme

    def firsts_of(self, scheme: int) -> Floats:
        """Give the shares of first routes (firsts, H + 1) of those enrolled in a scheme."""
        share = self._first_share.copy()
        for effect, on, one, other in self._at_starts():
            change = self._of_segments(effect, on, of=scheme)
            swap(share, self._laid.nodes.first_segment, one=one, other=other, change=change)
        return share

    def ways_of(self, scheme: int) -> Floats:
        """Give the shares of ways (ways, H + 1) of those enrolled in a scheme, once they are set for all."""
        share, start = self._laid.mixing.written.copy(), self._laid.nodes.ways.start
        self._driven(share)
        for activity in self._schemes.touches(ON_ROUTE_SHARE):
            for effect in self._schemes.effects(ON_ROUTE_SHARE, activity):
                one, other = self._ways_of(activity, self._routes_of(effect))
                swap(share, start, one=one, other=other, change=self._changing(effect, of=scheme))
        for place, members in enumerate(self._lists):
            share_out(share, members, chances=self.felt.of(("list", place), partial(self._chances, members)))
        for move, known in enumerate(self._moves):
            if known.ways.size and self._schemes.is_running[self._program.moves.intervention[move]]:
                share[known.ways] = self._taken(share, move, pull=self._moving(move, of=scheme))
        return share

    # Moves

    def _move(self, share: Floats, move: int) -> None:
        """Send part of a node's cases another way, if places are free there."""
        known = self._moves[move]
        if not known.ways.size:
            return
        pull = self.felt.of(("move", move), partial(self._moving, move))
        taken = self._taken(share, move, pull=pull)
        self.found_place[move] = self._places(move)[-1, 0]
        if self._program.moves.kind[move] == STEP_DOWN:
            mean, last = self._laid.mixing.mean, float(self._program.moves.last_seconds[move])
            mean[known.node] = np.maximum(mean[known.node] - taken * last, 0.0)
        share[known.ways] = taken

    def _places(self, move: int) -> Floats:
        """Give how likely a place is free where each way of a move leads (ways of it, 1)."""
        return self.felt.of(("places", move), lambda: self._moves[move].chance(self._free))[:, None]

    def _taken(self, share: Floats, move: int, *, pull: Floats) -> Floats:
        """Take from the ways (ways, H + 1) from which a move takes; give what goes each way of its own."""
        table, known, free = self._program.moves, self._moves[move], self._places(move)
        if table.kind[move] == STEP_DOWN:
            pull = pull * (table.share[move, known.group] * known.lasts)[:, None]
            return known.take(share, known.home, part=np.minimum(pull, 1.0) * free)
        away = np.minimum(pull * table.share[move, known.group, None], 1.0) * free
        home = np.minimum(pull * table.home_share[move, known.group, None], 1.0) * free
        taken = known.take(share, known.away, part=away)
        return taken + known.take(share, known.home, part=home)

    def _moving(self, move: int, *, of: int = ABSENT) -> Floats:
        """Give how strongly a move pulls at each of its nodes and homes; or at those ``of`` a scheme."""
        scheme = int(self._program.moves.intervention[move])
        if scheme == of and self._program.moves.whom[move] == FOR_ENROLLED:
            return np.full(
                (len(self._moves[move].node), self._laid.lanes.of.shape[1]), self._schemes.strength[of]
            )
        return float(self._schemes.strength[scheme]) * self._touched_by_move(move)[self._moves[move].node]

    def _touched_by_move(self, move: int) -> Floats:
        table = self._program.moves
        scheme, whom = int(table.intervention[move]), int(table.whom[move])
        if whom == FOR_EVERYONE:
            return np.ones(self._laid.lanes.of.shape)
        if whom == FOR_ENROLLED:
            found = self._of_nodes(
                {trait: self._schemes.enrolled_share(scheme, trait) for trait in {*self._trait_of.tolist()}}
            )
            self._as_brought(scheme, found)
            return found
        found = np.append(table.segment[move].astype(np.float64), 0.0)[self._segment]
        return at_every_home(found, homes=self._laid.lanes.of.shape[1])

    def moved(self, flow: Floats, mix: Mix) -> tuple[Floats, Floats]:
        """Give offered and moved by move (M, 2), and what was moved by need (N), from flows along links."""
        found, displaced = np.zeros((len(self._moves), 2)), np.zeros(len(self._program.names.needs))
        for move, (known, part) in enumerate(zip(self._moves, self._parts_of(mix), strict=True)):
            amount = known.links.total(flow[known.links.what] * part, len(known.ways))
            found[move, 1] = amount.sum()
            if self._program.moves.kind[move] != STEP_DOWN:
                displaced += amount @ self._laid.origins[self._class[known.node], :-1]
            free = self.found_place[move]
            found[move, 0] = found[move, 1] / free if free > 0 else found[move, 1]
        return found, displaced

    def _parts_of(self, mix: Mix) -> list[Floats]:
        """Give the part of what flows along each link that is a move's, worked out when the mix is new."""
        if self._mix is not mix:
            self._parts, self._mix = [], mix
            for known in self._moves:
                home = known.at % mix.share.shape[1]
                way_share = self._laid.mixing.way_share[known.ways[known.links.of], home]
                part = mix.share.reshape(-1)[known.at] * way_share
                below = self._laid.net.link_share[known.links.what]
                self._parts.append(np.divide(part, below, out=np.zeros_like(part), where=below > 0))
        return self._parts


def with_nobody(values: Floats, nobody: float) -> Floats:
    """Give values by segment and home (S, H) with those of nobody, and of nobody's home, last."""
    return np.pad(values, ((0, 1), (0, 1)), constant_values=nobody)


def share_out(share: Floats, members: Ints, *, chances: Floats) -> None:
    """Share the ways of a list out by the chances that their places are free (ways, H + 1)."""
    left = share[members].sum(axis=0)
    for way, free in zip(members.tolist(), chances.tolist(), strict=True):
        share[way] = left * free
        left = left * (1.0 - free)
    share[members[0]] += left


def swap(share: Floats, start: Ints, *, one: Ints, other: Ints, change: Floats) -> None:
    """Move shares (ways, H + 1) of some ways to others of the same start: a part −change of ``one`` to
    ``other``; or, where it is above nought, so much of ``other`` that ``one`` grows by it. ``change`` by
    start (starts, H + 1).

    Raises ``SelfCheckFailed`` where a way has no other: whoever it moved would be moved by nobody.
    """
    if not np.isin(start[one], start[other]).all():
        raise SelfCheckFailed("The network as stocks: a way whose share changes has no other way beside it.")
    here, there = (_by_start(share[ways], start[ways], starts=len(change)) for ways in (one, other))
    moved = np.where(change < 0, -np.minimum(-change, 1.0) * here, np.minimum(change * here, there))
    for ways, before, more in ((one, here, moved), (other, there, -moved)):
        at = start[ways]
        alike = 1.0 / np.bincount(at, minlength=len(change))[at][:, None]
        below = before[at]
        # Several ways are one route, to a list of activities: where none has a share, they gain alike.
        part = np.divide(share[ways], below, out=np.broadcast_to(alike, below.shape).copy(), where=below > 0)
        share[ways] += more[at] * part


def _by_start(share: Floats, start: Ints, *, starts: int) -> Floats:
    """Add shares up by where ways start."""
    found = np.zeros((starts, share.shape[1]))
    np.add.at(found, start, share)
    return found
