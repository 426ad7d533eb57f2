"""Every number in the shipped models says where it comes from and how good that is."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simulator.definition import load_model
from simulator.errors import SimulatorError
from simulator.units import parse_quantity

ROOT = Path(__file__).parents[2]
EXEMPT = {
    "schema_version": "no figure",
    "evidence.*": "the findings themselves",
    "profiles.*": "shapes, divided by their mean; the file names the finding beside each",
    "localities.*.quintile": "a label to report by",
    "*.priority": "an order",
    "interventions.*.ramp.*": "the phases of a scheme, as the file says beside them",
    "interventions.*.starts": "when the question says that it begins",
    "lookups.*.points.*": "a curve of judgement, as its note says",
    "*.paid_by.*": "the file cites the finding beside it",
    "*.priority.*": "an order",
    "*.staff_minutes.*": "the duration's mean again",
    "clocks.*.targets.*": "what is looked at",
    "harms.*.expected_deaths.*.0": "from what time on the finding beside it holds",
    "measures.*.matters_from": "what would change a decision",
    "interventions.*.eligible.*": "the scheme's own rule",
    "interventions.*.shares.whom.*": "the scheme's own rule",
    "interventions.*.moves.beyond": "the scheme's own rule",
    "interventions.*.moves.every": "the scheme's own rule",
    "stocks.*.initial": "its note says where from",
    "auxiliaries.*.equation": "its note says where from",
    "traits.*.mean": "the mean of every trait is one",
    "exchange.every": "how often people and stocks meet",
    "exchange.reads.*.at_start": "what the stock beside it begins with",
    "exchange.drives.*.between.*": "the bounds of what a stock may come to",
}
MODELS = (
    "place",
    "three_alliances",
    "two_trusts",
    "nine_practices",
    "learning_disability",
    "gp_access",
    "home_care",
)
FOR_TESTS = {"small_place"}  # the place in small, no figure of which is a finding: sources stand in the place
Leaf = tuple[str, Any]


@cache
def resolved(name: str) -> Mapping[str, Any]:
    return load_model(ROOT / "models" / f"{name}.toml").origin.resolved


def included(folder: Path, name: str) -> set[Path]:
    """List what a model's file includes."""
    written = tomllib.loads((folder / f"{name}.toml").read_text("utf-8")).get("include", [])
    return {found for one in written for found in folder.glob(one)}


def is_number(raw: object) -> bool:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        return False
    try:
        return not isinstance(raw, str) or bool(parse_quantity(raw))
    except SimulatorError:
        return False


def share(raw: object) -> float:
    while isinstance(raw, Mapping):
        raw = raw.get("share", raw.get("value", 0))
    return float(raw) if isinstance(raw, int | float | Decimal) else 0.0


def without_the_rest(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the one bare share that makes those with a source add to one."""
    bare = [key for key, one in raw.items() if is_number(one) and share(one) != 0]
    adds_to_one = abs(sum(share(one) for one in raw.values()) - 1) < 1e-9
    return {key: one for key, one in raw.items() if not (adds_to_one and bare == [key])}


def bare_numbers(raw: object, path: str = "") -> Iterator[Leaf]:
    """Walk every leaf of a resolved file; a table with a value is a leaf that says its source and grade."""
    if isinstance(raw, Mapping) and not ("value" in raw and {"source", "grade"} <= raw.keys()):
        for key, one in without_the_rest(raw).items():
            yield from bare_numbers(one, f"{path}.{key}".lstrip("."))
    elif isinstance(raw, list):
        for at, one in enumerate(raw):
            yield from bare_numbers(one, f"{path}.{at}")
    elif is_number(raw) and not re.match(r"[+-]?0*\.?0*( |$)", str(raw)):
        yield path, raw


def graded(raw: object, path: str = "") -> Iterator[Leaf]:
    if isinstance(raw, Mapping):
        if "value" in raw and "grade" in raw:
            yield path, raw
        for key, one in raw.items():
            yield from graded(one, f"{path}.{key}".lstrip("."))


def worst_cited(source: str, model: str) -> str:
    findings = resolved("place")["evidence"] | resolved(model).get("evidence", {})
    cited = [findings[word]["grade"] for word in re.findall(r"[a-z0-9_]+", source) if word in findings]
    return max([*cited, "A"]) if cited and "judgement" not in source else "C"


@pytest.mark.parametrize("model", MODELS)
def test_every_number_says_its_source_and_grade(model):
    found = {path: raw for path, raw in bare_numbers(resolved(model))}

    assert {
        path: raw for path, raw in found.items() if not any(fnmatchcase(path, one) for one in EXEMPT)
    } == {}


@pytest.mark.parametrize("exempt", EXEMPT)
def test_every_exemption_is_of_some_number(exempt):
    paths = (path for model in MODELS for path, _ in bare_numbers(resolved(model)))

    assert any(fnmatchcase(path, exempt) for path in paths)


@pytest.mark.parametrize("model", MODELS)
def test_every_number_of_an_equation_has_a_note(model):
    raw = resolved(model)
    stocks = [one for one in raw.get("stocks", {}).values() if is_number(one["initial"])]
    others = [one for one in raw.get("auxiliaries", {}).values() if is_number(one["equation"])]

    assert [one for one in (*stocks, *others) if not one.get("note")] == []


@pytest.mark.parametrize("model", MODELS)
def test_no_number_is_graded_above_what_it_cites(model):
    found = [
        path for path, raw in graded(resolved(model)) if raw["grade"] < worst_cited(raw["source"], model)
    ]

    assert [path for path in found if not path.startswith("evidence.")] == []


def test_every_shipped_file_is_looked_at():
    folder = ROOT / "models"
    models = {one.stem for one in folder.glob("*.toml")}
    files = {one for one in folder.glob("*/*.toml") if one.parent.name != "data"}

    assert models == {*MODELS, *FOR_TESTS}
    assert files - {one for name in MODELS for one in included(folder, name)} == set()
