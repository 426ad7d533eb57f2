"""Results of other code are never mixed with ours, and never misread."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.definition.experiment import Experiment
from simulator.errors import OutputError
from simulator.experiment import manifests, sources
from simulator.experiment.folder import manifest_of
from simulator.experiment.provenance import versions
from simulator.experiment.run import load_results, run_experiment

Make = Callable[..., Experiment]
HERE = versions()["simulator"]
LAID_OUT_OTHERWISE = (
    rf"made by another state of the code of version {HERE}: its parts are laid out in another way; run it"
)


@pytest.fixture(scope="module")
def made(ward: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with one short replication."""
    folder = tmp_path_factory.mktemp("other_code") / "made"
    run_experiment(short(ward), out=folder, workers=1)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Give a copy of it."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand a copy of our sources in for them."""
    copy = shutil.copytree(sources.PACKAGE, tmp_path / "simulator", ignore=shutil.ignore_patterns("*.pyc"))
    monkeypatch.setattr(sources, "PACKAGE", Path(copy))
    return Path(copy)


def short(ward: Make, replications: int = 1) -> Experiment:
    return ward("horizon='4 weeks'", f"replications={replications}")


@pytest.mark.parametrize(
    "room",
    ["accounts/activity_cost.py", "engines/kernels/agenda.py", "experiment/observe.py", "compiler/prices.py"],
)
def test_results_of_other_code_are_another_design(ward: Make, folder: Path, package: Path, room: str) -> None:
    with (package / room).open("a", encoding="utf-8") as source:
        source.write("\nEDITED = True\n")

    with pytest.raises(OutputError, match=r"holds results of another design .* the simulator's own code"):
        run_experiment(short(ward, 2), out=folder, workers=1)

    assert len(list((folder / "parts").glob("*.parquet"))) == 1


def test_code_that_only_reads_parts_is_outside_the_design(ward: Make, folder: Path, package: Path) -> None:
    (package / "reports" / "money.py").write_text("")

    assert len(run_experiment(short(ward), out=folder, workers=1).replications) == 1


def test_parts_of_another_layout_are_refused_not_misread(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Longer(sources.Observation):  # type: ignore[misc]
        more: int

    monkeypatch.setattr(sources, "Observation", Longer)

    with pytest.raises(OutputError, match=LAID_OUT_OTHERWISE):
        load_results(folder)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (None, f"made by another state of the code of version {HERE}: what its files come to here"),
        ("0.0.9", f"made by version 0.0.9 of the simulator, and this is version {HERE}: what its files"),
        (f"0.0.9, then {HERE}", f"made by version 0.0.9, then {HERE} of the simulator, and this is version"),
    ],
)
def test_other_code_of_the_same_version_is_told_from_another_version(
    folder: Path, there: str | None, said: str
) -> None:
    edited = json.loads((folder / "manifest.json").read_text("utf-8"))
    edited["fingerprints"] = dict.fromkeys(edited["fingerprints"], "0")
    edited["versions"]["simulator"] = there or edited["versions"]["simulator"]
    (folder / "manifest.json").write_text(json.dumps(edited), "utf-8")

    with pytest.raises(OutputError) as found:
        load_results(folder)

    assert f"{folder}: was {said}" in str(found.value)
    assert str(found.value).endswith(
        "; run it again (downstream run, into another folder), or use the code that made it."
    )


def test_other_shapes_are_another_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources.layout_number()
    shapes = sources.Observation.__doc__ or ""

    monkeypatch.setattr(sources.Observation, "__doc__", shapes.replace("(K)", "(K, S)"))

    assert sources.layout_number() != before


def test_parts_made_with_another_library_are_told(
    ward: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = manifest_of(folder).versions
    monkeypatch.setattr(manifests, "versions", lambda: {**first, "numpy": "9.9.9"})

    run_experiment(short(ward, 2), out=folder, workers=1)

    told = json.loads((folder / "manifest.json").read_text())["versions"]
    assert told == {**first, "numpy": f"{first['numpy']}, then 9.9.9"}


def test_versions_of_a_run_that_adds_no_part_are_not_told(
    ward: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = manifest_of(folder).versions
    monkeypatch.setattr(manifests, "versions", lambda: {**first, "numpy": "9.9.9"})

    run_experiment(short(ward), out=folder, workers=1)

    assert manifest_of(folder).versions == first


@pytest.mark.parametrize("floor", ["definition", "analysis"])
def test_code_that_makes_measures_is_hashed_where_parts_hold_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, floor: str
) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    (tmp_path / "units.py").write_text("")
    (tmp_path / floor).mkdir()

    before = sources.source_hash(), sources.source_hash(with_definition=True, with_analysis=True)
    (tmp_path / floor / "measures.py").write_text("")
    after = sources.source_hash(), sources.source_hash(with_definition=True, with_analysis=True)

    assert after[0] == before[0]
    assert after[1] != before[1]
