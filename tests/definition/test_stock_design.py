"""A design over stocks: what is varied, at which points, what is kept; faults stand at their lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition import load_model
from simulator.definition.experiments import load_experiment
from simulator.definition.stock_design import StockOf, load_stock_design
from simulator.errors import DefinitionError

GOOD = """\
schema_version = 1
seed = 1
[vary]
stay = { from = 1, to = 4 }
[design]
kind = "sobol"
runs = 8
[measures.left]
of = "pool.at_end"
"""


def put(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "design.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_design_is_read(tmp_path: Path) -> None:
    found = load_stock_design(put(tmp_path, GOOD))

    assert (list(found.vary), found.design.kind, found.seed) == (["stay"], "sobol", 1)
    assert found.measures["left"].of == StockOf("pool", "at_end")


def test_a_name_of_xmile_may_hold_spaces_and_dots(tmp_path: Path) -> None:
    text = GOOD.replace("stay =", '"Length of stay" =').replace("pool.at_end", "Ward 1. pool.mean")

    found = load_stock_design(put(tmp_path, text))

    assert list(found.vary) == ["Length of stay"]
    assert found.measures["left"].of == StockOf("Ward 1. pool", "mean")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("{ from = 1, to = 4 }", '"uncertain"', "design.toml:4: vary.stay: equations have no low and high"),
        ("{ from = 1, to = 4 }", '{ from = "1 day", to = "4 days" }', "has a unit; equations know plain"),
        ("{ from = 1, to = 4 }", '{ values = [1, "two"] }', "'two' is not a number"),
        ("{ from = 1, to = 4 }", "{ from = 1, to = 4, steps = 3 }", "'steps' belongs to a grid"),
        ("pool.at_end", "pool.final", "design.toml:9: measures.left.of: 'pool.final' is not a measure"),
        ("pool.at_end", "pool.final", "Did you mean 'pool.at_end'?"),
        ("pool.at_end", "pool.meen", "Did you mean 'mean'?"),
        ("stay = { from = 1, to = 4 }\n", "", "there is nothing to vary"),
        ("seed = 1\n", "", "seed: is missing; it is required."),
        ("seed = 1\n", 'seed = 1\nmodel = "x.toml"\n', "`downstream sweep` runs"),
        ('kind = "sobol"\nruns = 8', 'kind = "points"\nfile = "p.csv"', "the columns of the file say what"),
        ("[measures", "[measurs", "unknown key 'measurs'"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, before: str, after: str, says: str) -> None:
    assert before in GOOD

    with pytest.raises(DefinitionError) as found:
        load_stock_design(put(tmp_path, GOOD.replace(before, after)))

    assert says in str(found.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("{ from = 1, to = 4 }", '"uncertain"').replace("pool.at_end", "pool")

    with pytest.raises(DefinitionError) as found:
        load_stock_design(put(tmp_path, text))

    assert [one.path for one in found.value.faults] == ["vary.stay", "measures.left.of"]


def test_values_go_together_in_a_latin_hypercube_only(tmp_path: Path) -> None:
    more = '[[correlations]]\nof = ["stay", "stoy"]\nrank = 0.5\n'

    with pytest.raises(DefinitionError) as found:
        load_stock_design(put(tmp_path, GOOD + more))

    assert "varied values go together in a latin_hypercube only, not in a sobol." in str(found.value)
    assert "'stoy' is not varied. Did you mean 'stay'?" in str(found.value)


WRONG_ROWS = [
    "{ from = 4, to = 1 }",
    "{ frm = 1, to = 4 }",
    "{ from = 0, to = 4, log = true }",
    "{ from = 1, to = 4, stepps = 3 }",
    "{ values = [] }",
]


@pytest.mark.parametrize("wrong", WRONG_ROWS)
def test_a_wrong_row_is_told_once_and_no_right_row_beside_it(tmp_path: Path, wrong: str) -> None:
    right = 'hired = { from = 10, to = 80 }\nleft = { values = [1, 2] }\n"a.b" = { from = 1, to = 2 }\n'
    more = '[[correlations]]\nof = ["stay", "hired"]\nrank = 0.5\n'
    text = GOOD.replace("{ from = 1, to = 4 }\n", f"{wrong}\n{right}").replace("sobol", "latin_hypercube")

    with pytest.raises(DefinitionError) as found:
        load_stock_design(put(tmp_path, text + more))

    assert [one.path.split(".")[:2] for one in found.value.faults] == [["vary", "stay"]], str(found.value)


def test_beside_a_wrong_row_another_that_is_wrong_otherwise_is_told_too(tmp_path: Path) -> None:
    text = GOOD.replace("{ from = 1, to = 4 }\n", '{ from = 4, to = 1 }\nhired = "uncertain"\n')

    with pytest.raises(DefinitionError) as found:
        load_stock_design(put(tmp_path, text))

    assert [one.path for one in found.value.faults] == ["vary.stay", "vary.hired"]


def test_a_model_is_refused_as_a_design_in_one_line(tmp_path: Path) -> None:
    model = put(
        tmp_path, 'schema_version = 1\n[integration]\nhorizon = "4 days"\n[stocks.pool]\ninitial = 8\n'
    )

    with pytest.raises(DefinitionError) as found:
        load_stock_design(model)

    assert len(found.value.faults) == 1
    assert "design.toml: is a model, and a design over stocks is wanted: a file with seed" in str(found.value)
    assert "downstream stocks design.toml --vary DESIGN.toml" in str(found.value)


def test_a_design_is_refused_as_a_model_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as found:
        load_model(put(tmp_path, GOOD))

    assert len(found.value.faults) == 1
    assert "design.toml: is a design over stocks, and a model is wanted" in str(found.value)
    assert "downstream stocks MODEL.toml --vary design.toml" in str(found.value)


XMILE = '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">\n</xmile>\n'


@pytest.mark.parametrize("before", ["", '<?xml version="1.0" encoding="utf-8"?>\n', "<!-- a < b -->\n"])
@pytest.mark.parametrize("load", [load_model, load_experiment, load_stock_design])
def test_xmile_is_called_so_where_toml_is_wanted(
    tmp_path: Path, before: str, load: Callable[[Path], object]
) -> None:
    with pytest.raises(DefinitionError) as found:
        load(put(tmp_path, before + XMILE))

    said = str(found.value)
    assert "design.toml: is XMILE, and a TOML file is wanted here. downstream stocks and" in said
    assert "cannot be read as TOML" not in said


def test_other_xml_is_no_xmile(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as found:
        load_model(put(tmp_path, "<?xml version='1.0'?>\n<html><xmile/></html>\n"))

    assert "XMILE" not in str(found.value)
