"""Whether interventions fit the window of a run: when they begin, and what they look back on."""

from simulator.compiler.draft import Draft
from simulator.compiler.interventions import running
from simulator.definition.contracts import ALLIANCE, chain_of
from simulator.units import SECONDS_A_QUARTER, SECONDS_A_WEEK, in_words

LEAST_WARM_UP_WEEKS = 52


def check_switches(draft: Draft) -> None:
    """Add a fault for each intervention that does not fit the window."""
    for name in draft.index.names.interventions:
        check_span(draft, name)
        check_recent_use(draft, name)
        note_costs(draft, name)
        note_alliances(draft, name)


def check_span(draft: Draft, name: str) -> None:
    """Check that an intervention begins after warm-up, before the end of the run and before its own."""
    window, path = draft.window, f"interventions.{name}"
    first, last = running(window, draft.model.interventions[name])
    if first < window.warm_up_seconds:
        draft.findings.fault(
            f"{path}.starts",
            f"begins before {window.starts}, the first day that counts; begin there or later.",
        )
    elif first >= window.end_second:
        horizon = in_words(window.horizon_seconds)
        draft.findings.fault(f"{path}.starts", f"begins after the horizon of {horizon}; it would do nothing.")
    elif last <= first:
        draft.findings.fault(f"{path}.ends", "ends before it begins.")


def check_recent_use(draft: Draft, name: str) -> None:
    """Check that there is a year of history before anybody is chosen by it, in whole quarters."""
    eligible = draft.model.interventions[name].eligible
    if eligible is None or eligible.recent_use is None:
        return
    path = f"interventions.{name}.eligible.recent_use"
    warm_up = draft.window.warm_up_seconds
    if warm_up < LEAST_WARM_UP_WEEKS * SECONDS_A_WEEK:
        said = in_words(warm_up) if warm_up else "none"
        draft.findings.fault(
            path, f"needs a warm-up of at least {LEAST_WARM_UP_WEEKS} weeks; this one is {said}."
        )
    within = eligible.recent_use.within.value
    if within % SECONDS_A_QUARTER:
        draft.findings.fault(
            f"{path}.within", f"{in_words(within)} is no whole number of quarters of 13 weeks."
        )
    elif within > warm_up and warm_up >= LEAST_WARM_UP_WEEKS * SECONDS_A_WEEK:
        draft.findings.note(f"{path}.within", "looks back beyond the warm-up; use before it counts as none.")


def note_costs(draft: Draft, name: str) -> None:
    """Say where what a scheme costs is paid by nobody, or for places that it has not."""
    intervention = draft.model.interventions[name]
    cost, path = intervention.cost, f"interventions.{name}"
    if cost is None:
        return
    if intervention.lead is None and any((cost.set_up, cost.place_year, cost.enrolment)):
        draft.findings.note(
            f"{path}.lead",
            "is not said; what this costs is in the sum of all, and in no organisation's costs.",
        )
    if cost.place_year is not None and not intervention.enrols:
        draft.findings.note(
            f"{path}.cost.place_year", "costs nothing: nobody is enrolled, so no place is taken."
        )


def note_alliances(draft: Draft, name: str) -> None:
    """Say where a scheme is for the people of an alliance whose members its lead is none of."""
    scheme, contracts = draft.model.interventions[name], draft.model.contracts
    here = set((scheme.eligible.localities if scheme.eligible is not None else None) or ())
    if scheme.lead is None or scheme.cost is None or not here:
        return
    for alliance, contract in contracts.items():
        if contract.kind == ALLIANCE and here & {*contract.localities}:
            beneath = [one for _, one in chain_of(alliance, contracts) if here & {*one.localities}]
            if not any(scheme.lead in one.who or one.loss_guarantee is not None for one in beneath):
                draft.findings.note(
                    f"interventions.{name}.lead",
                    f"'{scheme.lead}' is no member of '{alliance}', the alliance of those it is for, and "
                    f"bears the whole of what it costs alone; members are {', '.join(contract.who)}.",
                )
