"""What a model is, in a sentence or two, and its loops line by line."""

from collections.abc import Iterator

from simulator.definition.model import Model
from simulator.equations.writing import shown_number
from simulator.reports.describe.system_blocks import WORDS, counts_words, loop_count_words, loop_words
from simulator.reports.describe.systems import KnownSystem
from simulator.reports.numbers import count_words, listed, plain, sentence
from simulator.reports.titles import clean

METHODS = {"rk4": "Runge and Kutta’s method of fourth order", "euler": "Euler’s method"}
MOST_LINES = 20


def has_people(model: Model) -> bool:
    """Say whether a model speaks of people, services or whoever provides them."""
    parts = (model.segments, model.needs, model.referrals, model.activities, model.resources)
    return any(parts) or bool(model.organisations)


def model_scope(model: Model) -> str:
    """Say how much there is of everything in a model of people and activities."""
    people = sum(int(one.people.value) for one in model.segments.values())
    who = (
        [f"{plain(float(people), step=1.0)} people in {count_words(len(model.segments), 'segment')}"]
        if people
        else []
    )
    counted = (
        (len(model.needs), "need", ""),
        (len(model.referrals), "referral", ""),
        (len(model.activities), "activity", "activities"),
        (len(model.resources), "resource", ""),
        (len(model.organisations), "organisation", ""),
        (len(model.interventions), "intervention", ""),
    )
    parts = [*who, *(count_words(count, noun, plural=plural) for count, noun, plural in counted if count)]
    return f"{sentence(listed(parts))}."


def system_counts(known: KnownSystem) -> str:
    """Say how much there is of everything in a system, and how it runs."""
    timing = known.system.timing
    unit = clean(timing.unit)
    step = shown_number(timing.step)
    return f"{sentence(counts_words(known))}; {timing.steps:,} steps of {step} {unit}."


def system_scope(known: KnownSystem) -> str:
    """Say what a system is made of and how it runs by itself."""
    timing = known.system.timing
    unit = clean(timing.unit)
    start, stop, step = (shown_number(one) for one in (timing.start, timing.stop, timing.step))
    method = METHODS.get(timing.method, clean(timing.method))
    return (
        f"{sentence(counts_words(known))}. By itself it runs from {unit} {start} to {stop} in steps of "
        f"{step} {unit}, by {method}."
    )


def loop_lines(known: KnownSystem) -> Iterator[str]:
    """List loops for a terminal, the first of many."""
    loops = known.loops
    yield loop_count_words(loops)
    for one in loops.loops[:MOST_LINES]:
        delayed = " (delayed)" if one.is_delayed else ""
        yield f"  {one.name}  {WORDS[one.kind]}{delayed}: {loop_words(one, known)}"
    if len(loops.loops) > MOST_LINES:
        yield f"  … and {len(loops.loops) - MOST_LINES} more on the page."
