"""A case from need to discharge: opens, arrives, waits or starts, is over, goes on, closes."""

from simulator.compiler.program import (
    AT_ARRIVAL,
    AT_NEED,
    AT_START,
    LEAVES_AT_ONCE,
    TO_ACTIVITY,
    TO_DIED,
    TO_EXIT,
    TO_FIRST_FREE,
    UNTIL_ROOM,
)
from simulator.engines import log, records
from simulator.engines.readable import agenda, chance
from simulator.engines.readable.case import NOBODY, Case, Stay
from simulator.engines.readable.leaving import is_over, leaves, lets_go, reaches
from simulator.engines.readable.network import Entry
from simulator.engines.readable.world import World
from simulator.engines.variates import whole_seconds


def opens(world: World, case: Case, *, entry: Entry) -> None:
    """A need or referral becomes a case and takes its first route."""
    world.enter(case)
    world.note(log.OPENED, case)
    reaches(world, case, point=AT_NEED, activity=-1)
    goes(world, case, entry=entry)


def goes(world: World, case: Case, *, entry: Entry) -> None:
    """Take a way onward: to an activity, or out of the system."""
    if entry.klass >= 0:
        case.klass = entry.klass
    if entry.segment >= 0 and case.person != NOBODY:
        world.people.becomes(case.person, entry.segment)
    if entry.kind == TO_EXIT or entry.kind == TO_DIED:
        has_died = entry.kind == TO_DIED and case.person != NOBODY
        if has_died:
            world.people.is_alive[case.person] = False
        lets_go(world, case)
        if entry.kind == TO_EXIT and case.returns_to >= 0:
            world.pools.takes_back(case.returns_to)
        closes(world, case, how=log.EXITS)
        if has_died:
            world.people.dies(case.person, in_care=True)
    else:
        _arrives(world, case, wanted=_target(world, case, entry=entry))


def _target(world: World, case: Case, *, entry: Entry) -> int:
    if entry.kind == TO_ACTIVITY:
        return entry.target
    listed = world.network.lists[entry.target]
    if entry.kind == TO_FIRST_FREE:
        return next(
            (activity for activity in listed if may_start_now(world, case, activity=activity)), listed[0]
        )
    return min(listed, key=lambda activity: world.places.waiting(world.network.resource[activity][case.home]))


def may_start_now(world: World, case: Case, *, activity: int) -> bool:
    """Whether the case would start at once: a place is free, its person is, and nobody before it who may
    start waits."""
    resource = world.network.place_for(case, activity)
    leaves_first = case.place == resource and _keeping(world, case, activity=activity) == LEAVES_AT_ONCE
    return world.places.may_start_now(
        case, activity, since=world.agenda.now, leaves=_turns_round(world, case) if leaves_first else None
    )


def _keeping(world: World, case: Case, *, activity: int) -> int:
    """Return how long the place in hand is kept on the way to an activity."""
    if case.stay is None or not case.holds_a_place:
        return LEAVES_AT_ONCE
    return world.network.keeps[case.stay.activity][activity]


def _turns_round(world: World, case: Case) -> bool:
    """Whether the place in hand has to be turned round when it is let go of."""
    return case.place_stay is not None and world.network.turnaround_law[case.place_stay.activity] >= 0


def _arrives(world: World, case: Case, *, wanted: int) -> None:
    """Start at once at the activity or an alternative, at home or a partner's; else wait at the first with
    room; else be refused."""
    network, places, now = world.network, world.places, world.agenda.now
    if network.holds_previous[wanted]:
        _starts_in_place(world, case, activity=wanted)
        return
    options = network.options[wanted]
    for activity in options:
        if may_start_now(world, case, activity=activity):
            goes_to(world, case, activity=activity)
            return
    helped = None if world.aid is None else world.aid.asks_partners(case, wanted=wanted)
    if helped is not None:
        goes_to(world, case, activity=helped)
        return
    for activity in options:
        keeping = _keeping(world, case, activity=activity)
        if keeping != LEAVES_AT_ONCE or places.has_room(network.resource[activity][case.home]):
            _comes_to(world, case, activity=activity)
            waits(world, case, activity=activity, since=now, keeping=keeping)
            return
    _is_refused(world, case, wanted=wanted)


def goes_to(world: World, case: Case, *, activity: int, ends: int | None = None) -> None:
    """Start at once at an activity where a place is known to be free; ``ends`` where that is known."""
    _comes_to(world, case, activity=activity)
    starts(world, case, activity=activity, since=world.agenda.now, ends=ends)


def _comes_to(world: World, case: Case, *, activity: int) -> None:
    """Arrive where the case really goes, having let go of a place that is not kept on the way there."""
    if _keeping(world, case, activity=activity) == LEAVES_AT_ONCE:
        lets_go(world, case)
    _notes_arrival(world, case, activity=activity)


def _notes_arrival(world: World, case: Case, *, activity: int) -> None:
    case.visits[activity] = case.visits.get(activity, -1) + 1
    world.activities.add(world.row(case, activity), records.ARRIVALS)
    world.note(log.ARRIVES, case, activity=activity)
    reaches(world, case, point=AT_ARRIVAL, activity=activity)


def waits(world: World, case: Case, *, activity: int, since: int, keeping: int) -> None:
    """Join the queue; patience runs from now."""
    now = world.agenda.now
    resource = world.network.resource[activity][case.home]
    case.waits_for, case.queue, case.keeping = activity, resource, keeping
    case.key = (world.network.priority[activity][world.group(case)], since, case.number)
    case.wait_row = world.row(case, activity)
    world.activities.begins_to_wait(case.wait_row, now)
    world.places.join(case, now)
    _loses_patience_later(world, case, activity=activity)
    world.people.settles(case)
    if keeping == UNTIL_ROOM:
        lets_into_room(world, resource)


def _loses_patience_later(world: World, case: Case, *, activity: int) -> None:
    law = world.network.patience_law[activity][world.group(case)]
    if law < 0:
        return
    u = world.chance.uniform(
        case.id, world.network.hash[activity], visit=case.visits[activity], draw=chance.PATIENCE
    )
    value = world.chance.value(law, u, number=case.number) * world.rates.patience[activity]
    loses_patience_at(world, case, second=world.agenda.now + int(whole_seconds(value)))


def loses_patience_at(world: World, case: Case, *, second: int) -> None:
    """Put the loss of patience on the agenda; it holds only if the case still waits with this very second."""
    case.gives_up = second
    world.agenda.add(second, phase=agenda.PATIENCE, number=case.number, act=lambda: _gives_up(world, case))


def _gives_up(world: World, case: Case) -> None:
    if case.gives_up != world.agenda.now or case.waits_for < 0:
        return
    activity, resource = case.waits_for, case.queue
    world.activities.gives_up(case.wait_row, waited=world.agenda.now - case.key[1])
    world.note(log.GAVE_UP, case, activity=activity)
    _stops_waiting(world, case)
    lets_go(world, case)
    lets_into_room(world, resource)
    choice = world.network.gives_up_choice[activity][world.group(case)]
    goes(world, case, entry=_draws(world, case, activity=activity, choice=choice, draw=chance.GIVES_UP))


def _is_refused(world: World, case: Case, *, wanted: int) -> None:
    case.visits[wanted] = case.visits.get(wanted, -1) + 1
    row = world.row(case, wanted)
    world.activities.add(row, records.ARRIVALS)
    world.activities.add(row, records.REFUSED)
    world.note(log.REFUSED, case, activity=wanted)
    lets_go(world, case)
    choice = world.network.refused_choice[wanted][world.group(case)]
    goes(world, case, entry=_draws(world, case, activity=wanted, choice=choice, draw=chance.REFUSED))


def starts_from_queue(world: World, case: Case) -> None:
    """One who waited starts; then there may be room for another to wait."""
    activity, resource, since = case.waits_for, case.queue, case.key[1]
    _stops_waiting(world, case)
    starts(world, case, activity=activity, since=since)
    lets_into_room(world, resource)


def _stops_waiting(world: World, case: Case) -> None:
    """Leave the queue; whoever asks for it then lets others into the room that is left."""
    world.activities.stops_waiting(case.wait_row, world.agenda.now)
    world.places.quit(case, world.agenda.now)
    case.waits_for = case.queue = -1
    case.gives_up = -1


def lets_into_room(world: World, resource: int) -> None:
    """Whoever kept a place only until there was room to wait lets go of it, first in order first."""
    while (case := world.places.first_until_room(resource)) is not None:
        world.places.lets_go_in_queue(case)
        lets_go(world, case)
        world.people.settles(case)


def starts(world: World, case: Case, *, activity: int, since: int, ends: int | None = None) -> None:
    """Take a place (letting go of one that was kept) and begin; ``ends`` where that is known already."""
    now, resource = world.agenda.now, world.network.place_for(case, activity)
    stays_put = case.place == resource
    if not stays_put:
        world.places.take(resource, now)
    lets_go(world, case, passes_place_on=stays_put)
    _takes_up(world, case, activity=activity, since=since, ends=ends)


def _takes_up(world: World, case: Case, *, activity: int, since: int, ends: int | None = None) -> None:
    """Begin an activity in a place that has been taken."""
    now = world.agenda.now
    has_place(world, case, activity=activity, waited=now - since)
    _begins(world, case, ends=now + _draws_duration(world, case, activity=activity) if ends is None else ends)


def has_place(world: World, case: Case, *, activity: int, waited: int) -> Stay:
    """Give a case the stay, and the place that goes with it, its own or a partner's."""
    resource = world.network.place_for(case, activity)
    stay = _stay(world, case, activity=activity, waited=waited)
    case.stay, case.entry = stay, None
    if resource < world.network.real:
        case.place, case.place_stay = resource, stay
    if world.aid is not None and case.partner >= 0:
        world.aid.starts(case, activity=activity)
    return stay


def _stay(world: World, case: Case, *, activity: int, waited: int) -> Stay:
    return Stay(
        activity,
        group=world.group(case),
        visit=case.visits[activity],
        row=world.row(case, activity),
        started=world.agenda.now,
        waited=waited,
    )


def _starts_in_place(world: World, case: Case, *, activity: int) -> None:
    """Begin an activity that is done in the place already held (assessment, a funding panel); the stay of the
    place goes on."""
    _notes_arrival(world, case, activity=activity)
    if case.stay is not None and case.stay is not case.place_stay:
        leaves(world, case, stay=case.stay)
    case.stay = _stay(world, case, activity=activity, waited=0)
    case.entry = None
    _begins(world, case, ends=world.agenda.now + _draws_duration(world, case, activity=activity))


def _begins(world: World, case: Case, *, ends: int) -> None:
    stay = case.stay
    assert stay is not None
    world.activities.starts(stay.row, stay.started, waited=stay.waited)
    world.note(log.STARTS, case, activity=stay.activity)
    reaches(world, case, point=AT_START, activity=stay.activity)
    carries_on(world, case, ends=ends)


def carries_on(world: World, case: Case, *, ends: int) -> None:
    """Go on until ``ends``; who is in a bed by it now is left to be seen."""
    is_over_at(world, case, second=ends)
    world.moves.plans_step_down(case)
    world.people.settles(case)


def is_over_at(world: World, case: Case, *, second: int) -> None:
    """Put the end of the present activity on the agenda; it holds only if the case still ends at this very
    second."""
    case.ends = second
    world.agenda.add(second, phase=agenda.ENDS, number=case.number, act=lambda: _ends(world, case))


def _draws_duration(world: World, case: Case, *, activity: int) -> int:
    """Draw how long it takes: scaled by effects after inversion, before rounding; then on to the leaving
    moment."""
    network, group = world.network, world.group(case)
    law = network.duration_law[activity][group]
    if network.route_first[activity]:
        case.entry = draws_route(world, case, activity=activity)
        law = case.entry.law if case.entry.law >= 0 else law
    u = world.chance.uniform(
        case.id, network.hash[activity], visit=case.visits[activity], draw=chance.DURATION
    )
    value = world.chance.value(law, u, number=case.number) * world.rates.duration[activity]
    seconds = world.schemes.duration(case, activity, seconds=value)
    return until_leaving(world, case, activity=activity, seconds=seconds)


def until_leaving(world: World, case: Case, *, activity: int, seconds: int) -> int:
    """Return a time that would be over after ``seconds``, carried on to the leaving moment, if any."""
    profile = world.network.leaving_profile[activity]
    if profile < 0:
        return seconds
    visit, now = case.visits[activity], world.agenda.now
    u = world.chance.uniform(case.id, world.network.hash[activity], visit=visit, draw=chance.LEAVING)
    return world.chance.leaving_second(profile, now + seconds, u=u) - now


def draws_route(world: World, case: Case, *, activity: int) -> Entry:
    """Draw the route after an activity, then let the switches move it."""
    choice = world.network.choice[activity][world.group(case)]
    entry = _draws(world, case, activity=activity, choice=choice, draw=chance.ROUTE)
    return world.schemes.route(case, activity, entry=entry)


def _draws(world: World, case: Case, *, activity: int, choice: int, draw: int) -> Entry:
    u = world.chance.uniform(case.id, world.network.hash[activity], visit=case.visits[activity], draw=draw)
    return world.network.choices[choice].at(u)


def _ends(world: World, case: Case) -> None:
    """The activity is over; from here on a place is kept only as long as the way onward asks."""
    if case.ends != world.agenda.now or case.stay is None:
        return
    activity = case.stay.activity
    is_over(world, case)
    entry = case.entry or draws_route(world, case, activity=activity)
    if not world.moves.diverts(case, activity, entry=entry):
        world.moves.is_sent(case, entry=entry)
        goes(world, case, entry=entry)


def is_interrupted(world: World, case: Case, *, stay: Stay) -> None:
    """A home-based stay ends because its person is admitted: the case takes the activity's own route
    ``interrupted``."""
    world.activities.add(stay.row, records.INTERRUPTED)
    if case.waits_for >= 0:
        world.activities.add(case.wait_row, records.INTERRUPTED)
    world.note(log.INTERRUPTED, case, activity=stay.activity)
    _drops_out(world, case)
    choice = world.network.interrupted_choice[stay.activity][world.group(case)]
    goes(
        world, case, entry=_draws(world, case, activity=stay.activity, choice=choice, draw=chance.INTERRUPTED)
    )


def dies(world: World, case: Case) -> None:
    """A case ends because its person dies: no route; what it held is free this second (turnaround
    applies)."""
    if case.waits_for >= 0:
        world.activities.add(case.wait_row, records.DIED)
    elif case.stay is not None:
        world.activities.add(case.stay.row, records.DIED)
    _drops_out(world, case)
    closes(world, case, how=log.DIED)


def change_places(world: World, ring: list[Case]) -> None:
    """Let every case of a ring start where it waits, in the place that another of them leaves: no place falls
    free, none is turned round."""
    wanted = [(case, case.waits_for, case.queue, case.key[1]) for case in ring]
    for case in ring:
        _stops_waiting(world, case)
        lets_go(world, case, passes_place_on=True)
    for case, activity, _, since in wanted:
        _takes_up(world, case, activity=activity, since=since)
    for _, _, resource, _ in wanted:
        lets_into_room(world, resource)


def _drops_out(world: World, case: Case) -> None:
    resource = case.queue
    if case.waits_for >= 0:
        _stops_waiting(world, case)
    lets_go(world, case)
    if resource >= 0:
        lets_into_room(world, resource)


def closes(world: World, case: Case, *, how: int) -> None:
    """The case leaves the system."""
    case.is_open = False
    world.note(how, case)
    world.leave(case)
    world.people.settles(case)
