"""How sure the figures of a page are: of chance alone, or of what nobody knows of the model's values too."""

from simulator.experiment.results import Results
from simulator.reports.chance import has_chance
from simulator.reports.numbers import count_words

OVER_DRAWS = (
    "How sure: every value of the model that has a range was drawn from it {draws}, the same in all worlds, "
    "and each draw was run {each}. Intervals and probabilities are over the draws: 95% of them lie "
    "between the ends, and a probability is the share of draws. So they hold what the ranges say is not known"
)
CHANCE_TAKEN_OUT = (
    "; the chance of who falls ill when is taken out, but for what it leaves unsure in their mean."
)
CHANCE_LEFT_IN = ", and the chance of who falls ill when besides: one run a draw cannot tell the two apart."
WITHOUT_CHANCE = "; there is no chance in this engine."
OVER_REPLICATIONS = (
    "How sure: intervals and probabilities are over {number}, so they hold the chance of who falls ill when, "
    "and leave out what is not known of the model’s values, which is often more. An experiment with draws "
    "(draws = 20) holds that."
)


def how_sure(results: Results) -> str:
    """Say what intervals and probabilities hold; nothing where figures have none."""
    count = len(results.replications)
    if not results.draws:
        number = count_words(count, "replication")
        return OVER_REPLICATIONS.format(number=number) if has_chance(results) and count > 1 else ""
    left = CHANCE_TAKEN_OUT if count > 1 else CHANCE_LEFT_IN
    said = OVER_DRAWS.format(
        draws=times_words(results.draws), each=times_words(count) if has_chance(results) else "once"
    )
    return said + (left if has_chance(results) else WITHOUT_CHANCE)


def times_words(count: int) -> str:
    """Say how often: ``once``, ``twice``, ``three times``."""
    return {1: "once", 2: "twice"}.get(count) or count_words(count, "time")
