"""Two engines, one specification: the same events at the same seconds for the same people, equal records."""

import os
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis.strategies import SearchStrategy
from known_models import benchmarks, shipped, validation
from pairs import pair
from rich_models import (
    MODELS,
    befalling_models,
    changing_models,
    collaborating_models,
    exchanging_models,
    helping_model,
    some_world,
)
from worlds import World

from simulator.errors import CompileError, DefinitionError, RunFailed

KNOWN = {**shipped(), **validation(), **benchmarks()}
# ``EQUALITY_TIMES=20`` in the environment looks at twenty times the generated models.
TIMES = int(os.environ.get("EQUALITY_TIMES", "1"))
EXAMPLES = {"short": 110, "tight": 50, "looking_back": 25, "long": 15}
WITH_CHANGES = {"short": 30, "tight": 10, "long": 5}
WITH_HARMS = {"short": 25, "tight": 10}
WITH_AID = {"short": 60, "tight": 30}
WITH_EXCHANGE = {"short": 40, "tight": 15, "looking_back": 16}
WITH_COLLABORATION = 20
MOST_REFUSED = 0.1
NO_TIME = "for ever in no time"


@pytest.mark.parametrize("name", KNOWN)
def test_both_engines_agree_on(name: str) -> None:
    known = pair(KNOWN[name]())

    known.expect(known.people())


@pytest.mark.parametrize("kind", MODELS)
def test_both_engines_agree_on_generated_models_that_are(kind: str) -> None:
    compare_generated(MODELS[kind], examples=EXAMPLES[kind])


@pytest.mark.parametrize("kind", WITH_AID)
def test_both_engines_agree_on_generated_models_with_partners_that_are(kind: str) -> None:
    for number in range(WITH_AID[kind] * TIMES):
        with suppress(RunFailed):
            generated = pair(some_world(f"partners {number}", kind, make=helping_model))
            generated.expect(generated.people())


@pytest.mark.parametrize("kind", WITH_EXCHANGE)
def test_both_engines_agree_on_generated_models_with_stocks_that_are(kind: str) -> None:
    compare_generated(exchanging_models(kind), examples=WITH_EXCHANGE[kind])


def test_both_engines_agree_on_generated_models_that_depend_on_a_collaboration() -> None:
    compare_generated(collaborating_models("short"), examples=WITH_COLLABORATION)


@pytest.mark.parametrize("kind", WITH_CHANGES)
def test_both_engines_agree_on_generated_models_that_change_over_time_and_are(kind: str) -> None:
    compare_generated(changing_models(kind), examples=WITH_CHANGES[kind])


@pytest.mark.parametrize("kind", WITH_HARMS)
def test_both_engines_agree_on_generated_models_with_consequences_that_are(kind: str) -> None:
    compare_generated(befalling_models(kind), examples=WITH_HARMS[kind])


def compare_generated(models: SearchStrategy[World], *, examples: int) -> None:
    """Run both engines on generated models, few of which may be refused."""
    seen: Counter[str] = Counter()

    @settings(max_examples=examples * TIMES, database=None, suppress_health_check=list(HealthCheck))
    @given(models)
    def look(world: World) -> None:
        try:
            generated = pair(world)
        except (CompileError, DefinitionError, RunFailed) as fault:
            if NO_TIME in str(fault):
                # The dice cannot know of a loop before a model is whole: another is thrown in its place.
                reject()
            seen["refused"] += 1
            return
        seen["compared"] += 1
        generated.expect(generated.people())

    look()
    assert seen["refused"] <= MOST_REFUSED * seen["compared"]
