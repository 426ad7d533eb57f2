"""Designs over stocks alone beside each other: outcomes that mean the same, what drives them, curves."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from experiment.test_stock_command import MODEL, stocks
from experiment.test_stock_sweep import ARRIVING, DESIGN, design
from reports.compare.sweeping import BEDS, charts_in, swept
from stock_systems import written
from typer.testing import CliRunner, Result

from simulator.analysis.stock_sweep.loading import load_stock_sweep
from simulator.analysis.stock_sweep.together import StocksTogether, read_stocks_together
from simulator.cli import app
from simulator.errors import OutputError
from simulator.reports.blocks import Chart, Paragraph, Section
from simulator.reports.compare_stocks.page import page_of, stocks_together_text

PEOPLE = MODEL.replace("initial = 8\n", 'initial = 8\nunit = "people"\n') + ARRIVING
SHORTER = DESIGN.replace("to = 4 }", "to = 3 }").partition("[measures.mean]")[0]
# The same outcomes by other ids, in another order.
ANOTHER = SHORTER.replace("seed = 7", "seed = 8").replace(
    "[measures.left]", '[measures.out]\nof = "gone.integral"\n[measures.still_there]'
)
MORRIS = SHORTER.replace("latin_hypercube", "morris").replace("runs = 30", "trajectories = 12")
GRID = """\
schema_version = 1
seed = 7
[vary]
Stay = { values = [2, 3, 4] }
[design]
kind = "grid"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("designs")


def made(home: Path, name: str, text: str, *words: str, model: str = PEOPLE) -> Path:
    """Run a design over the pool into a folder."""
    sources = home / f"{name}_files"
    sources.mkdir()
    done = stocks(written(sources, model), "--vary", design(sources, text), "--out", home / name, *words)
    assert done.exit_code == 0, done.exception
    return home / name


@pytest.fixture(scope="module")
def long(home: Path) -> Path:
    return made(home, "long", DESIGN)


@pytest.fixture(scope="module")
def short(home: Path) -> Path:
    return made(home, "short", ANOTHER)


@pytest.fixture(scope="module")
def sizes(home: Path) -> Path:
    """Give a sweep of a place."""
    return swept(home / "sizes", BEDS)


def compare(*folders: Path, out: Path) -> Result:
    return CliRunner().invoke(app, ["compare", *map(str, folders), "--out", str(out)])


def section(found: StocksTogether, id: str) -> Section:
    return next(one for one in page_of(found).sections if one.id == id)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def curves(chart: Chart) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = json.loads(chart.figure)["data"]
    return [one for one in lines if one.get("name")]


def test_a_folder_is_read_again_to_the_last_bit(long: Path) -> None:
    found = load_stock_sweep(long)

    kept = [float(one["value"]) for one in rows(long, "measures")]
    assert found.values.ravel().tolist() == kept
    [share, *_] = [one for one in rows(long, "shares_of_variance") if one["measure"] == "left"]
    assert float(share["share"]) == found.drives.explained[0].shares[share["parameter"]].share[0]


def test_the_command_sets_designs_side_by_side(long: Path, short: Path, tmp_path: Path) -> None:
    done = compare(long, short, out=tmp_path / "both.html")

    assert done.exit_code == 0, done.output
    values = [float(one["value"]) for one in rows(long, "measures") if one["measure"] == "left"]
    said = f"Pool, at the end:\n  long: {min(values):.3g} people to {max(values):.3g} people. Driven most by "
    assert said in done.stdout
    assert "Not over the same values: stay: 1.5 to 4 in long, 1.5 to 3 in short." in done.stdout
    assert "Not compared: pool.mean (not in all folders)." in done.stdout
    assert "Two designs over stocks side by side" in (tmp_path / "both.html").read_text("utf-8")
    again = tmp_path / "again.html"
    compare(long, short, out=again)
    assert again.read_bytes() == (tmp_path / "both.html").read_bytes()


def test_outcomes_are_the_same_by_what_they_are_and_not_by_their_ids(long: Path, short: Path) -> None:
    found = read_stocks_together([long, short])

    assert found.outcomes == ("pool.at_end", "gone.integral")
    assert [one.kept("pool.at_end").id for one in found.stands] == ["left", "still_there"]


def test_bars_of_one_value_are_those_of_each_folder_beside_each_other(long: Path, short: Path) -> None:
    chart, _ = charts_in(section(read_stocks_together([long, short]), "drivers").blocks)

    assert chart.caption.startswith("Pool, at the end: what it comes to as one value goes from low to high")
    told = {group.header: {row[0]: row for row in group.rows} for group in chart.table.groups}
    for folder in (long, short):
        [own] = [
            one
            for one in rows(folder, "shares_of_variance")
            if (one["parameter"], one["measure"]) == ("stay", "left" if folder is long else "still_there")
        ]
        name, over, *_, share = told["stay"][folder.name]
        assert over == ("1.5 to 4" if name == "long" else "1.5 to 3")
        assert share.startswith(f"{float(own['share']) * 100:.0f}% (")


def test_curves_lie_over_each_other_each_over_its_own_values(long: Path, home: Path) -> None:
    grid = made(home, "grid", GRID)

    found = read_stocks_together([grid, long])
    blocks = section(found, "response").blocks
    [chart] = charts_in(blocks)

    assert [one["name"] for one in curves(chart)] == ["grid", "long"]
    assert [group.header for group in chart.table.groups] == ["stay"]
    own = [float(one["value"]) for one in rows(grid, "measures")]
    assert curves(chart)[0]["x"] == [2, 3, 4]
    assert curves(chart)[0]["y"] == pytest.approx(own)
    assert "Of grid: what was run at each value. Of long: a fit to the value’s rank" in blocks[0].text


def test_a_curve_is_of_the_outcome_whatever_its_place_in_the_folder(long: Path, short: Path) -> None:
    charts = charts_in(section(read_stocks_together([long, short]), "response").blocks)

    for chart, ids in zip(charts, (("left", "still_there"), ("gone", "out")), strict=True):
        stays = [one for one in curves(chart) if one["xaxis"] == "x2"]
        assert len(stays) == 2
        for line, folder, id in zip(stays, (long, short), ids, strict=True):
            own = [
                one for one in rows(folder, "responses") if (one["measure"], one["parameter"]) == (id, "stay")
            ]
            assert line["x"] == pytest.approx([float(one["value"]) for one in own])
            assert line["y"] == pytest.approx([float(one["mean"]) for one in own])


def test_a_kind_that_one_folder_alone_has_stands_beside_nothing(long: Path, home: Path) -> None:
    screened = made(home, "screened", MORRIS)

    blocks = section(read_stocks_together([long, screened]), "drivers").blocks

    assert charts_in(blocks) == []
    leads = [one.lead for one in blocks if isinstance(one, Paragraph)]
    assert leads == ["Only long has shares of variance over points,", "Only screened has a screening,"]


def test_marks_of_two_screenings_are_those_of_each_folder(home: Path) -> None:
    folders = [
        made(home, name, MORRIS.replace("seed = 7", seed))
        for name, seed in (("m", "seed = 7"), ("n", "seed = 9"))
    ]

    [chart] = charts_in(section(read_stocks_together(folders), "drivers").blocks)

    marks = curves(chart)
    assert [one["name"] for one in marks] == ["m", "n"]
    for mark, folder in zip(marks, folders, strict=True):
        own = sorted(float(one["mu_star"]) for one in rows(folder, "screening"))
        assert sorted(mark["x"]) == pytest.approx(own)


def test_an_outcome_in_another_unit_is_not_compared(long: Path, home: Path) -> None:
    other = made(home, "beds", SHORTER, model=PEOPLE.replace('"people"', '"beds"'))

    found = read_stocks_together([long, other])

    assert found.outcomes == ()
    assert found.left_out["pool.at_end"] == "not in the same unit (long: people; beds: beds)"
    assert stocks_together_text(found).startswith(
        "Nothing in these folders can be compared: no outcome means"
    )
    assert (
        page_of(found)
        .answers[0]
        .text.endswith("pool.most: not in all folders. gone.integral: not in all folders.")
    )


def test_other_equations_times_and_settings_are_said(long: Path, home: Path) -> None:
    other = made(
        home, "other", SHORTER, "--set", "daily=4", "--set", "stop=5", model=PEOPLE.replace("= 8", "= 9")
    )

    said = " ".join(read_stocks_together([long, other]).notes)

    assert "Not the same time: long: 0 to 4 days; other: 0 to 5 days." in said
    assert "Not the same settings: long: none; other: --set daily=4 --set stop=5." in said
    assert "The equations, or values that are not varied, are not the same in all folders" in said


def test_designs_and_sweeps_of_places_are_not_mixed(long: Path, sizes: Path, tmp_path: Path) -> None:
    for folders in ([long, sizes], [sizes, long]):
        done = compare(*folders, out=tmp_path / "page.html")
        assert isinstance(done.exception, OutputError)
        assert str(done.exception).startswith(
            f"{long}: holds a design over stocks alone, and {sizes} does not."
        )
    assert not (tmp_path / "page.html").exists()


def test_one_design_alone_and_twins_are_refused(long: Path, tmp_path: Path) -> None:
    for folders, says in (([long], "name two results folders or more"), ([long, long], "is named twice")):
        done = compare(*folders, out=tmp_path / "page.html")
        assert says in str(done.exception)
        assert "Reading" not in done.output


def test_a_folder_that_is_not_there_is_named_as_that(long: Path, short: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"

    for folders in ([long, nowhere], [nowhere, long], [long, short, nowhere]):
        done = compare(*folders, out=tmp_path / "page.html")
        assert isinstance(done.exception, OutputError)
        assert str(done.exception) == f"{nowhere}: there is no such folder."


def test_what_is_not_there_is_said_before_what_is_of_another_kind(
    long: Path, sizes: Path, tmp_path: Path
) -> None:
    done = compare(long, sizes, tmp_path / "nowhere", out=tmp_path / "page.html")

    assert str(done.exception) == f"{tmp_path / 'nowhere'}: there is no such folder."


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ("design.toml", r"its files \(design.toml, model.toml\) are not those that were run; run the design"),
        ("tables/measures.parquet", "is gone or damaged; run the design again into another folder"),
        ("summary.json", "its summary.json, which says with which settings it was made, is gone or damaged"),
    ],
)
def test_a_folder_that_was_changed_is_refused(home: Path, spoilt: str, says: str) -> None:
    folder = made(home, f"spoilt_{Path(spoilt).stem}", SHORTER)
    with (folder / spoilt).open("r+b") as opened:
        opened.truncate(20)

    with pytest.raises(OutputError, match=says):
        load_stock_sweep(folder)


def test_a_byte_that_is_no_text_is_refused(home: Path) -> None:
    folder = made(home, "no_text", SHORTER)
    with (folder / "model.toml").open("ab") as opened:
        opened.write(b"# \xff\n")

    with pytest.raises(OutputError, match=r"model.toml: cannot be read as text; run the design again"):
        load_stock_sweep(folder)


@pytest.mark.parametrize("fault", ["no column", "no numbers"])
def test_a_table_of_measures_without_values_is_refused(home: Path, fault: str) -> None:
    folder = made(home, f"without_{fault.partition(' ')[2]}", SHORTER)
    path = folder / "tables" / "measures.parquet"
    table = parquet.ParquetFile(path).read()
    spoilt = table.drop_columns(["value"])
    if fault == "no numbers":
        spoilt = spoilt.append_column("value", pa.array(["many"] * len(table)))
    parquet.write_table(spoilt, path)

    with pytest.raises(OutputError, match=r"measures.parquet: is gone or damaged; run the design again"):
        load_stock_sweep(folder)


def test_a_design_that_was_edited_since_it_ran_is_refused(home: Path) -> None:
    folder = made(home, "edited", SHORTER)
    kept = folder / "design.toml"
    kept.write_text(kept.read_text("utf-8").replace("seed = 7", "seed = 9"), "utf-8")

    with pytest.raises(OutputError, match="are not those that were run"):
        load_stock_sweep(folder)


def test_points_of_a_file_and_an_xmile_model_stand_beside_a_design_over_toml(long: Path, home: Path) -> None:
    (home / "rows").mkdir()
    model, xmile = written(home / "rows", PEOPLE), home / "rows" / "pool.xmile"
    CliRunner().invoke(app, ["export", str(model), "--xmile", str(xmile)])
    (home / "rows" / "points.csv").write_text("stay,pool\n2,8\n4,100\n3.5,0.1\n", "utf-8-sig")
    text = 'schema_version = 1\nseed = 1\n[design]\nkind = "points"\nfile = "points.csv"\n'
    done = stocks(xmile, "--vary", design(home / "rows", text), "--out", home / "from_xmile")
    assert done.exit_code == 0, done.exception

    found = read_stocks_together([long, home / "from_xmile"])

    assert found.outcomes == ("pool.at_end",)
    kept = [float(one["value"]) for one in rows(home / "from_xmile", "measures")]
    assert found.stands[1].found.values.ravel().tolist() == kept
    [varied] = [one for one in page_of(found).sections if one.id == "varied"]
    assert ("stay", "1.5 to 4", "2 to 4") in varied.blocks[0].groups[0].rows


def test_what_must_be_known_of_a_folder_is_said_with_its_name(long: Path, short: Path) -> None:
    said = [one.text for one in page_of(read_stocks_together([long, short])).notices]

    assert any(one.startswith("long: Half the step (0.5 days) changes") for one in said)
