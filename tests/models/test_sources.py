"""Every number in the files of the shipped place says where it comes from and how good that is."""

import re
from collections.abc import Iterator, Mapping
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
}
Leaf = tuple[str, Any]


@cache
def place() -> Mapping[str, Any]:
    return load_model(ROOT / "models" / "place.toml").origin.resolved


def is_number(raw: object) -> bool:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return False
    try:
        return not isinstance(raw, str) or bool(parse_quantity(raw))
    except SimulatorError:
        return False


def share(raw: object) -> float:
    while isinstance(raw, Mapping):
        raw = raw.get("share", raw.get("value", 0))
    return float(raw) if isinstance(raw, int | float) else 0.0


def without_the_rest(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the one bare share that makes those with a source add to one."""
    bare = [key for key, one in raw.items() if is_number(one)]
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


def worst_cited(source: str) -> str:
    findings = place()["evidence"]
    cited = [findings[word]["grade"] for word in re.findall(r"[a-z0-9_]+", source) if word in findings]
    return max([*cited, "A"]) if cited and "judgement" not in source else "C"


def test_every_number_of_the_place_says_its_source_and_grade():
    found = {path: raw for path, raw in bare_numbers(place())}

    assert {
        path: raw for path, raw in found.items() if not any(fnmatchcase(path, one) for one in EXEMPT)
    } == {}


@pytest.mark.parametrize("exempt", EXEMPT)
def test_every_exemption_is_of_some_number(exempt):
    assert any(fnmatchcase(path, exempt) for path, _ in bare_numbers(place()))


def test_no_number_is_graded_above_what_it_cites():
    found = [path for path, raw in graded(place()) if raw["grade"] < worst_cited(raw["source"])]

    assert [path for path in found if not path.startswith("evidence.")] == []
