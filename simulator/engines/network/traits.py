"""Unevenness by quadrature: a trait's law as a few normal scores with weights, and how it moves in a year."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Program

# Even scores: for smooth laws the trapezium rule on the whole line is as good as any.
LOWEST, HIGHEST, APART = -4.0, 5.0, 0.5
MOST_SCORE = 8.0
NEWTON = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """A trait at K scores: ``weight`` of the people, ``factor`` (mean one), ``year`` (K, K) the chance of
    each score a year later (or, the process being reversible, earlier)."""

    weight: Floats
    factor: Floats
    year: Floats


def lay_traits(program: Program) -> tuple[Trait, ...]:
    """Give every trait of a program."""
    people = program.people
    return tuple(
        trait(scores, persistence=float(people.trait_persistence[place]))
        for place, scores in enumerate(people.trait_scores)
    )


def trait(scores: Floats, *, persistence: float) -> Trait:
    """Lay out one trait from its factors at even scores from -8 to 8."""
    score = np.arange(LOWEST, HIGHEST + APART / 2, APART)
    weight = np.exp(-0.5 * score * score)
    weight /= weight.sum()
    factor = np.interp(score, np.linspace(-MOST_SCORE, MOST_SCORE, len(scores)), scores)
    factor /= weight @ factor
    return Trait(weight=weight, factor=factor, year=_year(score, weight, persistence=persistence))


def nobody_differs() -> Trait:
    """Give a trait by which all are alike."""
    return Trait(weight=np.ones(1), factor=np.ones(1), year=np.ones((1, 1)))


def _year(score: Floats, weight: Floats, *, persistence: float) -> Floats:
    """Give the chances of next year's scores; where a step is narrower than the grid, none."""
    spread = np.sqrt(max(1.0 - persistence * persistence, 0.0))
    if spread < APART / 2:
        return np.eye(len(score))
    found = np.exp(-0.5 * np.square((score[None, :] - persistence * score[:, None]) / spread))
    for _ in range(50):
        # Both margins must be the weights: nobody is made or lost, and the law stays what it is.
        found *= (weight / np.maximum(weight @ (found / found.sum(axis=1, keepdims=True)), 1e-300))[None, :]
        found /= found.sum(axis=1, keepdims=True)
    return np.asarray(found)


class Survivors:
    """The laws of every trait among the people alive, by segment: ``laws`` (T, S, K).

    Who comes often dies in care the sooner, or goes from there to a care home: of those left, needs are fewer
    than the trait's mean. Scores move on each year, back towards the trait's own law.
    """

    def __init__(self, traits: tuple[Trait, ...], *, segments: int) -> None:
        none = nobody_differs()
        known = traits or (none,)
        self.factor = np.array([one.factor for one in known])[: len(traits)]
        self.weight = np.array([one.weight for one in known])[: len(traits)]
        self._year = np.array([one.year for one in known])[: len(traits)]
        self.laws = np.repeat(self.weight[:, None, :], segments, axis=1)

    @property
    def excess(self) -> Floats:
        """Give E x² ÷ (E x)² (T, S): the mean factor of somebody met through the trait, to the mean."""
        mean = (self.laws @ self.factor[:, :, None])[..., 0]
        found: Floats = (self.laws @ np.square(self.factor)[:, :, None])[..., 0] / np.square(mean)
        return found

    def shift_year(self) -> None:
        """Let scores move on, on the first of January."""
        self.laws[:] = self.laws @ self._year
