"""What all worlds of an experiment have in common: people with their needs, or cases alone."""

from simulator.definition.model import Model


def common_words(model: Model) -> str:
    """Say what all worlds have, after "All have"."""
    return "the same people with the same needs" if model.segments else "the same cases at the same moments"


def paired_words(model: Model) -> str:
    """Say why a difference is paired, before "in both worlds"."""
    return (
        "the same people have the same needs" if model.segments else "the same cases come at the same moments"
    )


def followed_words(model: Model) -> str:
    """Say in two sentences what is followed, and on whom each scenario is run."""
    if not model.segments:
        return (
            "Each case is followed one by one through the days and nights of the period: it queues for real "
            "places, stays, is kept when the next service is full, and leaves. The same cases come at the "
            "same moments in each scenario."
        )
    return (
        "Each person in the place is followed one by one through the days and nights of the period: needs "
        "arise, people queue for real places, stay, are kept when the next service is full, and leave. Each "
        "scenario is run on the same people with the same needs at the same moments."
    )
