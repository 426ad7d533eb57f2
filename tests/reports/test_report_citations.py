"""Sources are what a reader can look up; the ids of evidence are small print."""

import re
from pathlib import Path

import pytest
from reports.building import comparison

from simulator.definition import load_model
from simulator.definition.model import Model
from simulator.reports import report_html
from simulator.reports.assumptions import assumptions, assumptions_section
from simulator.reports.blocks import Cited, Table
from simulator.reports.citations import source_cell

MODELS = Path(__file__).resolve().parents[2] / "models"
EVIDENCE = """
[evidence.home_trial]
source = "Smith et al, BMJ 2019"
grade = "A"
[evidence.bed_share]
title = "Share of beds for children"
source = "DERIVED"
grade = "C"
[resources.cots]
capacity = { value = 8, source = "bed_share", grade = "C" }
"""


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """Load the invented model with some evidence of its own."""
    comparison(tmp_path)
    path = tmp_path / "model.toml"
    path.write_text(path.read_text(encoding="utf-8") + EVIDENCE, encoding="utf-8")
    return load_model(path)


@pytest.mark.parametrize(
    ("source", "text", "small"),
    [
        ("home_trial", "Smith et al, BMJ 2019 (finding of grade A)", "home_trial"),
        (
            "home_trial, bed_share",
            "Smith et al, BMJ 2019 (finding of grade A); "
            "derived: Share of beds for children (finding of grade C)",
            "home_trial, bed_share",
        ),
        ("home_trial: year two", "Smith et al, BMJ 2019 (finding of grade A): year two", "home_trial"),
        ("review", "A survey, 2024 (finding of grade A)", "review"),
    ],
)
def test_an_id_of_evidence_becomes_its_citation_with_its_grade(
    model: Model, source: str, text: str, small: str
) -> None:
    assert source_cell(model, source, note=None) == Cited(text=text, small=small)


@pytest.mark.parametrize("source", ["a review of nine trials", "judgement", "unknown_id"])
def test_other_words_are_left_as_they_are(model: Model, source: str) -> None:
    assert source_cell(model, source, note=None) == source


def test_a_note_stands_behind_the_citation(model: Model) -> None:
    found = source_cell(model, "home_trial", note="halved here")

    assert found == Cited(text="Smith et al, BMJ 2019 (finding of grade A); halved here", small="home_trial")
    assert source_cell(model, None, note=None) == "not given"


def test_the_evidence_that_numbers_rest_on_is_set_out_once(model: Model) -> None:
    tables = [block for block in assumptions_section(model).blocks if isinstance(block, Table)]

    (row,) = tables[-1].groups[0].rows
    assert tables[-1].caption == "The evidence that the numbers rest on"
    assert row[0] == Cited(text="derived: Share of beds for children", small="bed_share")


def test_an_id_stands_in_small_print_only(tmp_path: Path) -> None:
    html = report_html(comparison(tmp_path))

    assert '<small class="id">review</small>' in html
    assert not re.search(r"<td[^>]*>\s*review\s*<", html)


@pytest.mark.parametrize("name", ["place", "small_place"])
def test_every_id_that_a_shipped_model_gives_as_a_source_has_its_evidence(name: str) -> None:
    model = load_model(MODELS / f"{name}.toml")
    sources = {one.parameter.source for one in assumptions(model) if one.parameter.source}

    unknown = {id for source in sources for id in re.findall(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+", source)}

    assert unknown - set(model.evidence) == set()
    assert all(found.source and found.grade for found in model.evidence.values())
