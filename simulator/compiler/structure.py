"""Whether the parts of a model make a working network: what only shows when they are put together."""

from simulator.compiler.collaborations import check_collaborations
from simulator.compiler.draft import Draft
from simulator.compiler.exits import check_exits, check_zero_time
from simulator.compiler.expectations import arrivals_a_day, expected_load, mean_capacity
from simulator.compiler.flows import Flows
from simulator.compiler.law_checks import check_laws
from simulator.compiler.program import Program
from simulator.compiler.purposes import check_purposes
from simulator.compiler.reach_checks import check_reached
from simulator.compiler.rings import note_rings
from simulator.compiler.switch_checks import check_switches
from simulator.compiler.weights_noted import note_weights

MOST_ARRIVALS_A_DAY = 1e7


def check_before(draft: Draft) -> None:
    """Check what can be checked on the model and the window alone."""
    if not draft.model.activities:
        draft.findings.fault(
            "activities",
            "there are none; a model of stocks alone is run by `downstream stocks` (over a design: --vary).",
        )
    check_laws(draft)
    check_purposes(draft)
    check_switches(draft)
    note_weights(draft)
    check_collaborations(draft)
    check_reached(draft)


def check_network(draft: Draft, program: Program) -> None:
    """Check the network that came of it, before its flows are known."""
    check_arrivals(draft, program)
    check_exits(draft, program)
    check_zero_time(draft, program)
    note_rings(draft, program)


def check_arrivals(draft: Draft, program: Program) -> None:
    """Refuse what would bring more arrivals a day than can be run, effects included."""
    for name, arrivals in arrivals_a_day(program).items():
        if arrivals > MOST_ARRIVALS_A_DAY:
            kind = "needs" if name in draft.index.need else "referrals"
            draft.findings.fault(
                f"{kind}.{name}",
                f"would bring about {arrivals:,.0f} arrivals a day; {MOST_ARRIVALS_A_DAY:,.0f} are the most.",
            )


def note_loads(draft: Draft, program: Program, *, flows: Flows) -> None:
    """Flag resources that are asked for more than they have; the model runs, and its queues grow."""
    load, capacity = expected_load(program, flows), mean_capacity(program)
    families: dict[str, list[int]] = {}
    for place, name in enumerate(program.names.resources):
        families.setdefault(name.partition("@")[0], []).append(place)
    for family, members in families.items():
        short = [place for place in members if load[place] > capacity[place]]
        if short:
            title = draft.model.resources[family].title or family.replace("_", " ")
            which = f"{title} ({len(short)} of {len(members)})" if len(members) > 1 else title
            asked, there = _told_apart(float(load[short].sum()), float(capacity[short].sum()))
            draft.findings.note(
                f"resources.{family}.capacity",
                f"{which}: {asked} places asked for, above the mean of {there}",
                ending="; queues would grow if nobody were diverted, gave up or died first.",
            )


def _told_apart(more: float, less: float) -> tuple[str, str]:
    """Write two numbers to three digits, or to as many more as tell them apart."""
    for digits in (3, 4, 5):
        told = [f"{float(f'{one:.{digits}g}'):,g}" for one in (more, less)]
        if told[0] != told[1]:
            break
    return told[0], told[1]
