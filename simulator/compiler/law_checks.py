"""Whether every law that a model writes can be: each is tabulated once, and what cannot be is located."""

from collections.abc import Callable, Iterator
from functools import partial

from simulator.compiler.draft import Draft
from simulator.definition.laws import Law
from simulator.definition.model import Model
from simulator.errors import DefinitionError


def check_laws(draft: Draft) -> None:
    """Tabulate every law; add a fault for each that cannot be."""
    for path, law in written_laws(draft.model):
        attempt(draft, path, tabulate=partial(draft.laws.read_once, law))
    for name, trait in draft.model.traits.items():
        attempt(draft, f"traits.{name}.law", tabulate=partial(draft.laws.scores, trait.law))


def attempt(draft: Draft, path: str, *, tabulate: Callable[[], object]) -> None:
    """Tabulate one law, and say where it stands if it cannot be."""
    try:
        tabulate()
    except DefinitionError as error:
        for fault in error.faults:
            draft.findings.fault(path, fault.message)


def written_laws(model: Model) -> Iterator[tuple[str, Law]]:
    """Yield every law of times or sizes that a model writes, with its path."""
    for name, referral in model.referrals.items():
        yield from present(
            (f"referrals.{name}.between", referral.between), (f"referrals.{name}.batch", referral.batch)
        )
    for name, activity in model.activities.items():
        keyed = {"duration": activity.duration, "patience": activity.patience}
        keyed |= {f"duration_by_route.{route}": laws for route, laws in activity.duration_by_route.items()}
        for field, laws in keyed.items():
            for keys, law in laws.items() if laws is not None else ():
                yield ".".join(("activities", name, field, *keys)), law
        waiting = activity.waiting_at_start
        yield from present(
            (f"activities.{name}.turnaround", activity.turnaround),
            (f"activities.{name}.waiting_at_start.waited", waiting.waited if waiting else None),
        )
    for name, shock in model.shocks.items():
        way = f"shocks.{name}"
        yield from present(
            (f"{way}.level", shock.level), (f"{way}.from", shock.from_), (f"{way}.lasts", shock.lasts)
        )
    for name, resource in model.resources.items():
        lost = resource.random_outages
        if lost is not None:
            way = f"resources.{name}.random_outages"
            yield from present((f"{way}.every", lost.every), (f"{way}.lasts", lost.lasts))
    for name, intervention in model.interventions.items():
        yield from present((f"interventions.{name}.stays", intervention.stays))


def present(*pairs: tuple[str, Law | None]) -> Iterator[tuple[str, Law]]:
    """Yield those that are written."""
    yield from ((path, law) for path, law in pairs if law is not None)
