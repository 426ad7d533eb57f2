"""A model and a scenario become one frozen program."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.compiler.activities import build_activities
from simulator.compiler.aid_arrays import Pacts, Shifts
from simulator.compiler.bounds import find_bounds, rates_of
from simulator.compiler.calendar import build_calendar
from simulator.compiler.changes import capacity_changes
from simulator.compiler.choices import Choices
from simulator.compiler.clocks import build_clocks, build_counts
from simulator.compiler.collaborations import build_collaborations
from simulator.compiler.consequences import becomings, build_consequences
from simulator.compiler.day_one import no_day_one, with_day_one
from simulator.compiler.draft import Draft
from simulator.compiler.effects import Row, build_effects, effect_rows
from simulator.compiler.exchange import build_exchange, without_driven
from simulator.compiler.exchange_drives import Drive, check_drives, drives_of
from simulator.compiler.feedback import build_feedback
from simulator.compiler.fidelity import fidelities
from simulator.compiler.fingerprint import fingerprint_of
from simulator.compiler.flows import baseline_flows
from simulator.compiler.groups import Groups
from simulator.compiler.harm_arrays import Consequences
from simulator.compiler.harms import build_harms
from simulator.compiler.homes import list_homes
from simulator.compiler.interventions import build_interventions
from simulator.compiler.memory import Tabulated
from simulator.compiler.move_notes import note_substitutions
from simulator.compiler.moves import Move, build_moves, list_moves
from simulator.compiler.names import index_names
from simulator.compiler.needs import build_needs, need_choices
from simulator.compiler.notes import Findings, Notes
from simulator.compiler.pacts import build_pacts
from simulator.compiler.people import build_people
from simulator.compiler.prices import build_prices
from simulator.compiler.profiles import build_profiles
from simulator.compiler.program import (
    ABSENT,
    Activities,
    Exchange,
    Interventions,
    Ints,
    Program,
    Resources,
    Swings,
)
from simulator.compiler.reach import Reach
from simulator.compiler.reach_checks import check_cases
from simulator.compiler.referrals import build_referrals, referral_choices
from simulator.compiler.resources import build_resources
from simulator.compiler.route_reach import with_route_reach
from simulator.compiler.rows import build_network, lay_out, reach_of
from simulator.compiler.shelf import LawShelf
from simulator.compiler.shifts import build_shifts
from simulator.compiler.structure import check_before, check_network, note_loads
from simulator.compiler.swings import build_swings
from simulator.compiler.switches import brought_elsewhere, only_on
from simulator.compiler.window import Window
from simulator.definition.loading import SaidSettings, change_model, in_order
from simulator.definition.model import Model
from simulator.errors import CompileError


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is known of a program before it is known which cases can come where."""

    activities: Activities
    resources: Resources
    exchange: Exchange | None
    drives: Sequence[Drive]
    interventions: Interventions
    rows: Sequence[Row]
    moves: list[Move]
    pacts: Pacts | None
    shifts: Shifts | None
    need_choice: Ints
    referral_choice: Ints
    swings: Swings | None
    consequences: Consequences | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsBack:
    """Say that losses feed back, under a contract: the first of the model unless it is named."""

    contract: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A program, and what a planner should know of it."""

    program: Program
    notes: Notes


def compile_model(
    model: Model, *, window: Window, on: Collection[str] = (), settings: SaidSettings = ()
) -> Program:
    """Compile a model with the interventions named in ``on``, and with some values set otherwise.

    Interventions that are not on leave no trace. Raises ``CompileError`` with every fault found, each
    where it is written.
    """
    return compile_and_check(model, window=window, on=on, settings=settings).program


def compile_and_check(
    model: Model,
    *,
    window: Window,
    on: Collection[str] = (),
    settings: SaidSettings = (),
    tabulated: Tabulated | None = None,
    feedback: FeedsBack | None = None,
) -> Compiled:
    """Compile a model, and give the notes beside the program.

    ``tabulated`` holds what programs of the same model have worked out, and takes more.
    ``feedback`` says under which contract what members lose feeds back on collaborations, if it does.
    """
    changed = change_model(model, settings) if settings else model
    draft = begin(changed, window=window, on=on, tabulated=tabulated)
    check_before(draft)
    stop_at_faults(draft)
    parts = first_parts(draft)
    stop_at_faults(draft)
    reach = reach_of_parts(draft, parts)
    stop_at_faults(draft)
    program = assemble(draft, parts, reach=reach)
    check_network(draft, program)
    stop_at_faults(draft)
    flows = baseline_flows(program)
    note_loads(draft, program, flows=flows)
    program = with_day_one(draft, program, flows=flows)
    if feedback is not None:
        program = replace(program, feedback=build_feedback(draft, feedback.contract))
    stop_at_faults(draft)
    program = replace(program, fingerprint=fingerprint_of(program))
    return Compiled(program=program, notes=tuple(draft.findings.notes))


def begin(model: Model, *, window: Window, on: Collection[str], tabulated: Tabulated | None = None) -> Draft:
    """Begin a draft: put the names in order, and leave out the interventions that are off."""
    chosen = only_on(model, on)
    homes = list_homes(chosen)
    index = index_names(chosen, homes)
    return Draft(
        model=chosen,
        window=window,
        index=index,
        homes=homes,
        groups=Groups(segments=index.names.segments, classes=index.names.classes),
        laws=LawShelf(read=Tabulated() if tabulated is None else tabulated),
        choices=Choices(index=index),
        findings=Findings(),
        brought_elsewhere=brought_elsewhere(model),
        fidelities=fidelities(chosen, window),
    )


def first_parts(draft: Draft) -> Parts:
    """Build what does not ask which cases can come where."""
    nowhere = np.full((len(draft.index.names.activities), draft.groups.count), ABSENT, dtype=np.int64)
    activities, changes, drives = build_activities(draft, nowhere), capacity_changes(draft), drives_of(draft)
    check_drives(draft, drives, bases=rates_of(draft))
    exchange = build_exchange(draft, drives, changes=changes)
    resources = without_driven(build_resources(draft, changes), exchange)
    return Parts(
        activities=activities,
        resources=resources,
        exchange=exchange,
        drives=drives,
        interventions=build_interventions(draft),
        rows=effect_rows(draft),
        moves=list_moves(draft, activities.choice),
        pacts=build_pacts(draft, activities),
        shifts=build_shifts(draft, resources, exchange=exchange),
        need_choice=need_choices(draft),
        referral_choice=referral_choices(draft),
        swings=build_swings(draft),
        consequences=build_consequences(draft),
    )


def reach_of_parts(draft: Draft, parts: Parts) -> Reach:
    """Find which cases can come where, and check that they find there what they need."""
    network = build_network(draft, parts.activities, resources=parts.resources, moves=parts.moves)
    network = replace(network, becomings=becomings(draft, parts.consequences))
    reach = reach_of(
        draft, network, needs=parts.need_choice, referrals=parts.referral_choice, rows=parts.rows
    )
    check_cases(draft, parts.activities, cases=reach.cases)
    note_substitutions(draft, parts.moves, choice=parts.activities.choice, cases=reach.cases)
    return reach


def assemble(draft: Draft, parts: Parts, *, reach: Reach) -> Program:
    """Put a program together; day one and fingerprint are still to come."""
    bounds = find_bounds(draft, parts.rows, interventions=parts.interventions, drives=parts.drives)
    calendar = build_calendar(draft.window)
    row, rows = lay_out(reach.cases, len(draft.homes.names))
    profiles = [draft.model.profiles[name] for name in draft.index.names.profiles]
    clocks = build_clocks(draft)
    program = Program(
        fingerprint="",
        names=draft.index.names,
        calendar=calendar,
        profiles=build_profiles(profiles, calendar),
        people=build_people(draft, bounds),
        needs=build_needs(draft, bounds, choice=parts.need_choice),
        referrals=build_referrals(draft, bounds, choice=parts.referral_choice),
        activities=replace(parts.activities, row=row),
        day_one=no_day_one(draft),
        resources=parts.resources,
        interventions=parts.interventions,
        effects=build_effects(draft, parts.rows),
        moves=build_moves(draft, parts.moves),
        clocks=clocks,
        counts=build_counts(draft),
        prices=build_prices(draft, parts.resources),
        routes=draft.choices.routes(),
        laws=draft.laws.laws(),
        rows=rows,
        ring_fails=draft.model.ring == "fail",
        exchange=parts.exchange,
        collaborations=build_collaborations(draft),
        swings=parts.swings,
        harms=build_harms(draft, clocks),
        consequences=parts.consequences,
        pacts=parts.pacts,
        shifts=parts.shifts,
        by_locality=any(one.localities for one in draft.model.contracts.values()) or None,
    )
    return with_route_reach(program)


def stop_at_faults(draft: Draft) -> None:
    """Raise all faults found so far, each where it is written."""
    if draft.findings.faults:
        origin = draft.model.origin
        raise CompileError(in_order(origin.fault(fault.path, fault.text) for fault in draft.findings.faults))
