"""Purposes of draws: two that are the same number would share their draws, so they are a fault."""

from collections.abc import Callable, Iterator, Mapping

from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.swings import outages_of

Purpose = tuple[str, str, str]


def check_purposes(draft: Draft, hash_of: Callable[[str, str], int] = purpose_hash) -> None:
    """Add a fault for each two things of a model whose draws would be the same."""
    taken: dict[int, str] = {}
    for kind, name, path in purposes(draft):
        number = hash_of(kind, name)
        if number in taken:
            draft.findings.fault(
                path, f"its draws would be those of '{taken[number]}'; give one of the two another id."
            )
        else:
            taken[number] = path or kind


def purposes(draft: Draft) -> Iterator[Purpose]:
    """Yield kind, id and path of everything that draws."""
    model = draft.model
    yield "home", "", "home"
    nouns: dict[str, Mapping[str, object]] = {
        "segment": model.segments,
        "joiner": model.segments,
        "life": model.segments,
        "trait": model.traits,
    }
    nouns |= {"need": model.needs, "referral": model.referrals}
    nouns |= {"activity": model.activities, "intervention": model.interventions, "shock": model.shocks}
    for kind, known in nouns.items():
        folder = "segments" if kind in ("segment", "joiner", "life") else folders(kind)
        yield from ((kind, name, f"{folder}.{name}") for name in sorted(known))
    for name, _ in outages_of(draft):
        yield "outage", name, f"resources.{name.partition('@')[0]}.random_outages"
    for name in sorted(model.consequences):
        yield from (
            ("consequence", f"{name}.{after}", f"consequences.{name}")
            for after in model.consequences[name].after
        )
    for name in sorted(model.interventions):
        intervention = model.interventions[name]
        for number in range(len(intervention.effects) + len(intervention.adds)):
            yield "effect", f"{name}.{number}", f"interventions.{name}.effects.{number}"
        for number, effect in enumerate(intervention.effects):
            path = f"interventions.{name}.effects.{number}.shares"
            partners = draft.index.names.resources if effect.shares is not None else ()
            yield from (("effect", f"{name}.{number}.{partner}", path) for partner in partners)


def folders(kind: str) -> str:
    """Name the table of a file that holds things of a kind."""
    return "activities" if kind == "activity" else f"{kind}s"
