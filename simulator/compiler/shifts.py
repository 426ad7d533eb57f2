"""Places that are moved become arrays: among whom, towards what, when it is decided, what each must keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from simulator.compiler.aid_arrays import Shifts
from simulator.compiler.arrays import integers
from simulator.compiler.draft import Draft
from simulator.compiler.interventions import running
from simulator.compiler.pacts import members_of
from simulator.compiler.program import Exchange, Ints, Resources
from simulator.compiler.rounding import half_up, places_of
from simulator.compiler.wait_harms import wait_weights
from simulator.definition.mutual_aid import TOWARDS, Moving


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One ``moves`` as written, with the second of each decision."""

    intervention: int
    moves: Moving
    members: tuple[int, ...]
    seconds: tuple[int, ...]

    @property
    def every(self) -> int:
        """Give the seconds from one decision to the next."""
        return max(half_up(self.moves.every.value), 1)

    @property
    def notice(self) -> int:
        """Give the seconds from a decision until places are moved."""
        return half_up(self.moves.notice.value)


def build_shifts(draft: Draft, resources: Resources, *, exchange: Exchange | None) -> Shifts | None:
    """Turn what is moved into arrays; nothing where nothing is."""
    written = list(written_shifts(draft))
    if not written:
        return None
    check_driven(draft, written, resources=resources, exchange=exchange)
    decisions = [(number, second) for number, one in enumerate(written) for second in one.seconds]
    own = np.zeros((len(decisions), len(resources.capacity)), dtype=np.int64)
    least = np.zeros_like(own)
    for row, (number, second) in enumerate(decisions):
        one = written[number]
        first = second + one.notice
        for member in one.members:
            own[row, member] = fewest_places(resources, member, first=first, last=first + one.every)
            least[row, member] = ceil(one.moves.floor.value * Fraction(int(own[row, member])))
    return Shifts(
        intervention=integers(one.intervention for one in written),
        member_first=integers([0, *np.cumsum([len(one.members) for one in written]).tolist()]),
        member=integers(member for one in written for member in one.members),
        towards=integers(TOWARDS.index(one.moves.to) for one in written),
        places=integers(places_of(one.moves.places.value, draft.window.population_share) for one in written),
        beyond_seconds=integers(half_up(one.moves.beyond.value) for one in written),
        weight=np.array(
            [wait_weights(draft, one.moves, activities=activities_in(draft, one.members)) for one in written]
        ),
        notice_seconds=integers(one.notice for one in written),
        decision_shift=integers(number for number, _ in decisions),
        decision_second=integers(second for _, second in decisions),
        own=own,
        least=least,
    )


def activities_in(draft: Draft, members: Sequence[int]) -> list[int]:
    """List the activities that use any of these resources."""
    names, resources = (
        draft.index.names,
        {draft.index.names.resources[one].partition("@")[0] for one in members},
    )
    return [
        place
        for place, name in enumerate(names.activities)
        if draft.model.activities[name].resource in resources
    ]


def written_shifts(draft: Draft) -> Iterator[Written]:
    """Yield every ``moves`` of the interventions, in order."""
    for place, name in enumerate(draft.index.names.interventions):
        intervention = draft.model.interventions[name]
        first, last = running(draft.window, intervention)
        for number, effect in enumerate(intervention.effects):
            if effect.moves is not None:
                path = f"interventions.{name}.effects.{number}.moves"
                every = max(half_up(effect.moves.every.value), 1)
                if every < 3600:
                    draft.findings.fault(f"{path}.every", "is below an hour; places are not moved so often.")
                    every = 3600
                yield Written(
                    intervention=place,
                    moves=effect.moves,
                    members=members_of(draft, effect.moves.from_, path=f"{path}.from"),
                    seconds=tuple(range(first, min(last, draft.window.end_second), every)),
                )


def check_driven(
    draft: Draft, written: list[Written], *, resources: Resources, exchange: Exchange | None
) -> None:
    """Add a fault for each resource whose places a stock says and that would be moved too."""
    driven = set() if exchange is None else set(exchange.line_resource.tolist())
    for member in sorted({member for one in written for member in one.members} & driven):
        name = draft.index.names.resources[member].partition("@")[0]
        draft.findings.fault(
            f"resources.{name}.capacity", "is driven by a stock; its places cannot be moved as well."
        )


def fewest_places(resources: Resources, resource: int, *, first: int, last: int) -> int:
    """Give the fewest places that a resource has of its own within a span while it is open."""
    is_meant = resources.change_resource == resource
    seconds: Ints = resources.change_second[is_meant]
    places = np.append(resources.capacity[resource], resources.change_capacity[is_meant])
    begin = int(np.searchsorted(seconds, first, side="right"))
    end = max(int(np.searchsorted(seconds, last, side="left")), begin)
    there = places[begin : end + 1]
    there = there[there > 0]
    return int(there.min()) if len(there) else 0
