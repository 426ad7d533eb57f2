"""Where people live, and how what exists in each place is divided."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from simulator.compiler.rounding import share_out
from simulator.definition.model import Model

NAMELESS = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """The homes of a model in name order: its sites, else its localities, else one place without a name.

    ``locality`` gives each home's place in ``localities``; ``shares`` add up to one.
    """

    names: tuple[str, ...]
    localities: tuple[str, ...]
    locality: tuple[int, ...]
    shares: tuple[Fraction, ...]

    def members(self, each: str) -> dict[str, tuple[int, ...]]:
        """Give, for each site or locality by name, the homes that lie in it."""
        if each == "site":
            return {name: (place,) for place, name in enumerate(self.names)}
        return {
            name: tuple(home for home, locality in enumerate(self.locality) if locality == place)
            for place, name in enumerate(self.localities)
        }

    def share_of(self, homes: tuple[int, ...]) -> Fraction:
        """Give the share of all people who live in some homes."""
        return sum((self.shares[home] for home in homes), Fraction(0))

    def divide(self, total: int, each: str) -> dict[str, int]:
        """Share a whole number out to each site or locality as people are."""
        members = self.members(each)
        parts = share_out(total, [self.share_of(homes) for homes in members.values()])
        return dict(zip(members, parts, strict=True))


def list_homes(model: Model) -> Homes:
    """List where the people of a model live."""
    localities = tuple(sorted(model.localities)) or (NAMELESS,)
    place = {name: index for index, name in enumerate(localities)}
    share = locality_shares(model)
    if not model.sites:
        return Homes(
            names=localities,
            localities=localities,
            locality=tuple(range(len(localities))),
            shares=tuple(share[name] for name in localities),
        )
    names = tuple(sorted(model.sites))
    within = {name: model.sites[name].locality or NAMELESS for name in names}
    return Homes(
        names=names,
        localities=localities,
        locality=tuple(place[within[name]] for name in names),
        shares=tuple(share[within[name]] * model.sites[name].share.value for name in names),
    )


def locality_shares(model: Model) -> Mapping[str, Fraction]:
    """Give each locality's share of the people; the nameless one has all."""
    if not model.localities:
        return {NAMELESS: Fraction(1)}
    return {name: locality.share.value for name, locality in model.localities.items()}
