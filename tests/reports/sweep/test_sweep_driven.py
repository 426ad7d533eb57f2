"""The answer of a sweep says what it hangs on, by whichever method its design allows."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.sweep.conftest import GRID, written_sweep

from simulator.analysis.folders.drivers import INDICES, OVER_DRAWS, OVER_POINTS, SCREENING, drivers_in
from simulator.analysis.sweep import sweep_as_asked
from simulator.analysis.sweep.estimates import SweepEstimates, estimates_of
from simulator.analysis.sweep.outputs import DIFFERENCE
from simulator.definition import load_model
from simulator.definition.experiments import load_experiment
from simulator.reports.driven import NO_MORE_THAN_CHANCE
from simulator.reports.sweep.answer import sweep_answers
from simulator.reports.sweep.text import sweep_text
from simulator.reports.sweep.words import path_title, path_words, primary_places

PLACE = Path(__file__).parents[3] / "models" / "place.toml"
VALUES = ("0.diverts.share", "1.substitution", "2.step_down.last")
ONE = '[vary]\n"resources.beds.capacity" = { from = 8, to = 14, steps = 3 }\n[design]\nkind = "grid"\n'
WIDE = """
[vary]
"needs.*" = "uncertain"
"resources.beds.capacity" = { from = 8, to = 14 }
[design]
"""
MORRIS = WIDE + 'kind = "morris"\ntrajectories = 2\n'
INDEXED = WIDE + 'kind = "sobol"\nruns = 4\nindices = true\n'
SAMPLE = WIDE + 'kind = "latin_hypercube"\nruns = 60\n'

Swept = Callable[..., SweepEstimates]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """Give a function from what is varied to the estimates of that sweep."""

    def make(more: str, *settings: str) -> SweepEstimates:
        folder = tmp_path_factory.mktemp("driven")
        experiment = load_experiment(written_sweep(folder, more), settings=settings)
        return estimates_of(sweep_as_asked(experiment, out=folder / "out", workers=1))

    return make


def number(text: str) -> float:
    """Read a number as it is written for people."""
    return float(text.replace(",", "").replace("−", "-"))


def most_of(found: SweepEstimates, kind: str, *, measure: int) -> str:
    """Name the path that drives the difference of a measure most, or none."""
    outputs = enumerate(found.drives.outputs)
    place = next(n for n, one in outputs if one.kind == DIFFERENCE and one.measure == measure)
    known = drivers_in(found.drives, kind, place=place) or {}
    told = {path: one.size.mean or 0.0 for path, one in known.items() if one.is_told}
    return max(told, key=lambda path: told[path], default="")


@pytest.mark.parametrize(
    ("more", "draws", "kind", "how"),
    [
        (MORRIS, 0, SCREENING, "over its range"),
        (INDEXED, 0, INDICES, "of the variance, with all others"),
        (SAMPLE, 0, OVER_POINTS, "of the variance, by itself"),
        ("", 60, OVER_DRAWS, "of the variance over the draws, by itself"),
    ],
)
def test_the_answer_says_of_each_measure_what_drives_it_and_what_most(
    swept: Swept, more: str, draws: int, kind: str, how: str
) -> None:
    found = swept(more, f"draws={draws}")

    [answer] = sweep_answers(found)

    by = [most_of(found, kind, measure=measure) for measure in primary_places(found)]
    for path, said in zip(by, answer.items, strict=True):
        if path:
            sentence = said.text[said.text.index("Driven most by") :]
            assert sentence.startswith(f"Driven most by “{path_words(found, path)}” ")
            assert sentence.endswith(f": {how} (95% intervals).")
            told = re.findall(r"” £?([\d,.]+)[^”(]*\(£?([−\d,.]+)k?%? to £?([\d,.]+)", sentence)
            assert told
            for size, low, high in told:
                assert number(low) <= number(size) <= number(high)
        elif "the same at every point" not in said.text:
            assert said.text.endswith(NO_MORE_THAN_CHANCE)
        assert said.text in sweep_text(found)
    assert any(by)


@pytest.mark.parametrize("more", [ONE, GRID])
def test_of_a_grid_nothing_is_said_to_drive_it(swept: Swept, more: str) -> None:
    assert "Driven most by" not in sweep_text(swept(more))


def test_an_effect_is_named_by_what_it_does_unless_another_does_the_same() -> None:
    model = load_model(PLACE)
    ward = "interventions.virtual_ward.effects"

    said = [path_title(model, f"{ward}.{one}") for one in VALUES]
    assert [one.partition(": ")[2] for one in said] == [
        "diversion from Older people's wards, share",
        "diversion from Medical wards, substitution",
        "step-down from Older people's wards, last",
    ]
    twice = model.interventions["virtual_ward"].effects[0]
    same = model.interventions["virtual_ward"].model_copy(update={"effects": (twice, twice)})
    other = model.model_copy(update={"interventions": {"virtual_ward": same}})
    assert path_title(other, f"{ward}.1.diverts.share").endswith(": second of effects, diverts, share")
