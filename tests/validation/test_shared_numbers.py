"""The numbers in these tests are those of the published cases beside the repository, where these are."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import pytest
import test_an01_erlang_c
import test_an02_erlang_b
import test_an04_finite_waiting_room
import test_an05_mg1_distributions
import test_an08_jackson
import test_an14_pooling
import test_ps01_stroke
import test_ps04_urgent_care_111
import test_pt01_traces

STATISTICAL = (
    test_an01_erlang_c,
    test_an02_erlang_b,
    test_an04_finite_waiting_room,
    test_an05_mg1_distributions,
    test_an08_jackson,
    test_an14_pooling,
    test_ps01_stroke,
    test_ps04_urgent_care_111,
)
SharedFile = Callable[[str], Path]


@pytest.mark.parametrize("case", STATISTICAL, ids=lambda case: case.CASE)
def test_every_figure_and_tolerance_is_the_published_one(case: ModuleType, shared_file: SharedFile) -> None:
    published = json.loads(shared_file(f"validation/{case.CASE}.json").read_text())["expected"]

    ours = [(one.metric, one.value, one.relative, one.absolute) for one in case.FIGURES]

    assert ours == [
        (one["metric"], one["value"], one.get("tolerance_rel"), one.get("tolerance_abs")) for one in published
    ]


def test_every_trace_is_the_published_one(shared_file: SharedFile) -> None:
    published = json.loads(shared_file(f"validation/{test_pt01_traces.CASE}.json").read_text())["expected"]

    for trace in published:
        ours = [asdict(visit) for visit in test_pt01_traces.TRACES[trace["metric"]]]
        assert ours == [
            {name: found for name, found in visit.items() if name != "cls"} for visit in trace["value"]
        ]
    assert len(published) == len(test_pt01_traces.TRACES)
