"""A case from need to discharge: opens, arrives, waits or starts, is over, goes on, closes."""

from simulator.compiler.program import (
    AT_ARRIVAL,
    AT_END,
    AT_LEAVE,
    AT_NEED,
    AT_READY,
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
from simulator.engines.readable.network import Entry
from simulator.engines.readable.world import World


def opens(world: World, case: Case, entry: Entry) -> None:
    """A need or referral becomes a case and takes its first route."""
    world.enter(case)
    world.note(log.OPENED, case)
    _reaches(world, case, AT_NEED, -1)
    goes(world, case, entry)


def goes(world: World, case: Case, entry: Entry) -> None:
    """Take a way onward: to an activity, or out of the system."""
    if entry.klass >= 0:
        case.klass = entry.klass
    if entry.segment >= 0 and case.person != NOBODY:
        world.people.becomes(case.person, entry.segment)
    if entry.kind == TO_EXIT or entry.kind == TO_DIED:
        _lets_go(world, case)
        closes(world, case, log.EXITS)
        if entry.kind == TO_DIED and case.person != NOBODY:
            world.people.dies(case.person, in_care=True)
    else:
        _arrives(world, case, _target(world, case, entry))


def _target(world: World, case: Case, entry: Entry) -> int:
    if entry.kind == TO_ACTIVITY:
        return entry.target
    listed = world.network.lists[entry.target]
    if entry.kind == TO_FIRST_FREE:
        return next((activity for activity in listed if may_start_now(world, case, activity)), listed[0])
    return min(listed, key=lambda activity: world.places.waiting(world.network.resource[activity][case.home]))


def may_start_now(world: World, case: Case, activity: int) -> bool:
    """Whether the case would start at once: a place is free, its person is, and nobody before it who may
    start waits."""
    resource = world.network.resource[activity][case.home]
    return world.places.may_start_now(case, activity, resource, since=world.agenda.now)


def _arrives(world: World, case: Case, wanted: int) -> None:
    """Start at once at the activity or an alternative; else wait at the first with room; else be refused."""
    network, places = world.network, world.places
    if network.holds_previous[wanted]:
        _starts_in_place(world, case, wanted)
        return
    ended = case.stay.activity if case.stay else -1
    if ended >= 0 and network.keeps[ended][wanted] == LEAVES_AT_ONCE:
        _lets_go(world, case)
    options = network.options[wanted]
    for activity in options:
        if may_start_now(world, case, activity):
            _notes_arrival(world, case, activity)
            starts(world, case, activity, since=world.agenda.now)
            return
    for activity in options:
        keeping = network.keeps[ended][activity] if case.holds_a_place else LEAVES_AT_ONCE
        if keeping != LEAVES_AT_ONCE or places.has_room(network.resource[activity][case.home]):
            _notes_arrival(world, case, activity)
            waits(world, case, activity, since=world.agenda.now, keeping=keeping)
            return
    _is_refused(world, case, wanted)


def _notes_arrival(world: World, case: Case, activity: int) -> None:
    case.visits[activity] = case.visits.get(activity, -1) + 1
    world.activities.add(world.row(case, activity), records.ARRIVALS)
    world.note(log.ARRIVES, case, activity)
    _reaches(world, case, AT_ARRIVAL, activity)


def waits(world: World, case: Case, activity: int, *, since: int, keeping: int) -> None:
    """Join the queue, letting go of a place that is not kept; patience runs from now."""
    now = world.agenda.now
    if keeping == LEAVES_AT_ONCE:
        _lets_go(world, case)
    resource = world.network.resource[activity][case.home]
    case.waits_for, case.queue, case.keeping = activity, resource, keeping
    case.key = (world.network.priority[activity][world.group(case)], since, case.number)
    case.wait_row = world.row(case, activity)
    world.activities.begins_to_wait(case.wait_row, now)
    world.places.join(case, now)
    _loses_patience_later(world, case, activity)
    world.people.settles(case)
    if keeping == UNTIL_ROOM:
        lets_into_room(world, resource)


def _loses_patience_later(world: World, case: Case, activity: int) -> None:
    law = world.network.patience_law[activity][world.group(case)]
    if law < 0:
        return
    u = world.chance.uniform(case.id, world.network.hash[activity], case.visits[activity], chance.PATIENCE)
    loses_patience_at(world, case, world.agenda.now + world.chance.seconds(law, u, case.number))


def loses_patience_at(world: World, case: Case, second: int) -> None:
    """Put the loss of patience on the agenda; it holds only if the case still waits with this very second."""
    case.gives_up = second
    world.agenda.add(second, phase=agenda.PATIENCE, number=case.number, act=lambda: _gives_up(world, case))


def _gives_up(world: World, case: Case) -> None:
    if case.gives_up != world.agenda.now or case.waits_for < 0:
        return
    activity = case.waits_for
    world.activities.gives_up(case.wait_row, waited=world.agenda.now - case.key[1])
    world.note(log.GAVE_UP, case, activity)
    _stops_waiting(world, case)
    _lets_go(world, case)
    choice = world.network.gives_up_choice[activity][world.group(case)]
    goes(world, case, _draws(world, case, activity, choice=choice, draw=chance.GIVES_UP))


def _is_refused(world: World, case: Case, wanted: int) -> None:
    case.visits[wanted] = case.visits.get(wanted, -1) + 1
    row = world.row(case, wanted)
    world.activities.add(row, records.ARRIVALS)
    world.activities.add(row, records.REFUSED)
    world.note(log.REFUSED, case, wanted)
    _lets_go(world, case)
    choice = world.network.refused_choice[wanted][world.group(case)]
    goes(world, case, _draws(world, case, wanted, choice=choice, draw=chance.REFUSED))


def starts_from_queue(world: World, case: Case) -> None:
    """One who waited starts."""
    activity, since = case.waits_for, case.key[1]
    _stops_waiting(world, case)
    starts(world, case, activity, since=since)


def _stops_waiting(world: World, case: Case) -> None:
    resource = case.queue
    world.activities.stops_waiting(case.wait_row, world.agenda.now)
    world.places.quit(case, world.agenda.now)
    case.waits_for = case.queue = -1
    case.gives_up = -1
    lets_into_room(world, resource)


def lets_into_room(world: World, resource: int) -> None:
    """Whoever kept a place only until there was room to wait lets go of it, first in order first."""
    while (case := world.places.first_until_room(resource)) is not None:
        _lets_go(world, case)
        world.places.lets_go_in_queue(case)
        world.people.settles(case)


def starts(world: World, case: Case, activity: int, *, since: int) -> None:
    """Take a place (letting go of one that was kept) and begin."""
    now, resource = world.agenda.now, world.network.resource[activity][case.home]
    stays_put = case.place == resource
    if not stays_put:
        world.places.take(resource, now)
    _lets_go(world, case, passes_place_on=stays_put)
    case.stay = Stay(activity, world.row(case, activity), now, now - since)
    if resource < world.network.real:
        case.place, case.place_stay = resource, case.stay
    _begins(world, case, ends=now + _draws_duration(world, case, activity))


def _starts_in_place(world: World, case: Case, activity: int) -> None:
    """Begin an activity that is done in the place already held (assessment, a funding panel); the stay of the
    place goes on."""
    _notes_arrival(world, case, activity)
    if case.stay is not None and case.stay is not case.place_stay:
        _leaves(world, case, case.stay)
    now = world.agenda.now
    case.stay = Stay(activity, world.row(case, activity), now, 0)
    _begins(world, case, ends=now + _draws_duration(world, case, activity))


def _begins(world: World, case: Case, *, ends: int) -> None:
    stay = case.stay
    assert stay is not None
    world.activities.starts(stay.row, stay.started, waited=stay.waited)
    world.note(log.STARTS, case, stay.activity)
    _reaches(world, case, AT_START, stay.activity)
    world.people.settles(case)
    is_over_at(world, case, ends)
    world.moves.plans_step_down(case)


def is_over_at(world: World, case: Case, second: int) -> None:
    """Put the end of the present activity on the agenda; it holds only if the case still ends at this very
    second."""
    case.ends = second
    world.agenda.add(second, phase=agenda.ENDS, number=case.number, act=lambda: _ends(world, case))


def _draws_duration(world: World, case: Case, activity: int) -> int:
    """Draw how long it takes: scaled by effects after inversion, before rounding; then on to the leaving
    moment."""
    network, group = world.network, world.group(case)
    law = network.duration_law[activity][group]
    case.entry = None
    if network.route_first[activity]:
        case.entry = draws_route(world, case, activity)
        law = case.entry.law if case.entry.law >= 0 else law
    u = world.chance.uniform(case.id, network.hash[activity], case.visits[activity], chance.DURATION)
    seconds = world.schemes.duration(case, activity, world.chance.value(law, u, case.number))
    profile = network.leaving_profile[activity]
    if profile < 0:
        return seconds
    u = world.chance.uniform(case.id, network.hash[activity], case.visits[activity], chance.LEAVING)
    now = world.agenda.now
    return world.chance.leaving_second(profile, now + seconds, u) - now


def draws_route(world: World, case: Case, activity: int) -> Entry:
    """Draw the route after an activity, then let the switches move it."""
    choice = world.network.choice[activity][world.group(case)]
    entry = _draws(world, case, activity, choice=choice, draw=chance.ROUTE)
    return world.schemes.route(case, activity, entry)


def _draws(world: World, case: Case, activity: int, *, choice: int, draw: int) -> Entry:
    u = world.chance.uniform(case.id, world.network.hash[activity], case.visits[activity], draw)
    return world.network.choices[choice].at(u)


def _ends(world: World, case: Case) -> None:
    """The activity is over; from here on a place is kept only as long as the way onward asks."""
    if case.ends != world.agenda.now or case.stay is None:
        return
    activity = case.stay.activity
    is_over(world, case)
    entry = case.entry or draws_route(world, case, activity)
    if not world.moves.diverts(case, activity, entry):
        goes(world, case, entry)


def goes_to(world: World, case: Case, activity: int) -> None:
    """Start at once at an activity where a place is known to be free (a diversion, a step-down)."""
    _notes_arrival(world, case, activity)
    starts(world, case, activity, since=world.agenda.now)


def is_there_on_day_one(world: World, case: Case, activity: int, *, remaining: int) -> None:
    """Put a case into an activity at second 0, with so much of its stay to come."""
    case.visits[activity] = 0
    starts(world, case, activity, since=world.agenda.now)
    is_over_at(world, case, world.agenda.now + remaining)


def is_waiting_on_day_one(world: World, case: Case, activity: int, *, waited: int, patience: int) -> None:
    """Put a case into a queue at second 0, its clocks running since it came; ``patience`` (-1: for ever) is
    what is left."""
    case.visits[activity] = 0
    if world.clocks.is_used:
        for point, where in ((AT_NEED, -1), (AT_ARRIVAL, activity)):
            world.clocks.reaches(case, point, where, now=-waited, group=world.group(case))
    waits(world, case, activity, since=-waited, keeping=LEAVES_AT_ONCE)
    case.gives_up = -1
    if patience >= 0:
        loses_patience_at(world, case, world.agenda.now + patience)


def is_over(world: World, case: Case) -> None:
    """Note that the present activity is over."""
    stay = case.stay
    assert stay is not None
    now = world.agenda.now
    case.ends = -1
    stay.ready = now
    world.activities.is_over(stay.row, now)
    if stay is case.place_stay:
        world.places.keep(case.place, now, by=1)
    world.note(log.READY, case, stay.activity)
    _reaches(world, case, AT_END, stay.activity)
    _reaches(world, case, AT_READY, stay.activity)


def _lets_go(world: World, case: Case, *, passes_place_on: bool = False) -> None:
    """Leave the present stay and the place held; the place is offered at once, or after it is turned
    round."""
    stay, place_stay = case.stay, case.place_stay
    if stay is not None:
        _leaves(world, case, stay)
    if place_stay is not None:
        if place_stay is not stay:
            _leaves(world, case, place_stay)
        if passes_place_on:
            if place_stay.ready >= 0:
                world.places.keep(case.place, world.agenda.now, by=-1)
        else:
            _gives_back(world, case, place_stay)
    case.stay = case.place_stay = None
    case.ends = -1
    case.place = -1


def _leaves(world: World, case: Case, stay: Stay) -> None:
    now = world.agenda.now
    world.activities.leaves(stay.row, now, waited=stay.waited, started=stay.started, ready=stay.ready)
    world.note(log.LEAVES, case, stay.activity)
    _reaches(world, case, AT_LEAVE, stay.activity)


def _gives_back(world: World, case: Case, stay: Stay) -> None:
    now, resource = world.agenda.now, case.place
    world.places.give_back(resource, now, was_kept=stay.ready >= 0)
    law = world.network.turnaround_law[stay.activity]
    if law < 0:
        world.places.offer(resource)
        return
    visit = case.visits[stay.activity]
    u = world.chance.uniform(case.id, world.network.hash[stay.activity], visit, chance.TURNAROUND)
    world.places.turn(resource, now, by=1)
    second = now + world.chance.seconds(law, u, case.number)
    number = agenda.AFTER_THE_ENDS + case.number
    world.agenda.add(second, phase=agenda.ENDS, number=number, act=lambda: _is_turned_round(world, resource))


def _is_turned_round(world: World, resource: int) -> None:
    world.places.turn(resource, world.agenda.now, by=-1)
    world.places.offer(resource)


def is_interrupted(world: World, case: Case) -> None:
    """A home-based case ends because its person is admitted: it takes the activity's own route
    ``interrupted``."""
    stay = case.stay
    assert stay is not None
    world.activities.add(stay.row, records.INTERRUPTED)
    world.note(log.INTERRUPTED, case, stay.activity)
    _drops_out(world, case)
    choice = world.network.interrupted_choice[stay.activity][world.group(case)]
    goes(world, case, _draws(world, case, stay.activity, choice=choice, draw=chance.INTERRUPTED))


def dies(world: World, case: Case) -> None:
    """A case ends because its person dies: no route; what it held is free this second (turnaround
    applies)."""
    if case.waits_for >= 0:
        world.activities.add(case.wait_row, records.DIED)
    elif case.stay is not None:
        world.activities.add(case.stay.row, records.DIED)
    _drops_out(world, case)
    closes(world, case, log.DIED)


def steps_aside(world: World, case: Case) -> None:
    """Leave the queue and the place held, to start elsewhere within this second (a ring that moves)."""
    _drops_out(world, case)


def _drops_out(world: World, case: Case) -> None:
    if case.waits_for >= 0:
        _stops_waiting(world, case)
    _lets_go(world, case)


def closes(world: World, case: Case, how: int) -> None:
    """The case leaves the system."""
    case.is_open = False
    world.note(how, case)
    world.leave(case)
    world.people.settles(case)


def _reaches(world: World, case: Case, point: int, activity: int) -> None:
    if world.clocks.is_used:
        world.clocks.reaches(case, point, activity, now=world.agenda.now, group=world.group(case))
