"""``downstream describe``: what the page and the terminal say of a model, and what is refused."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from stock_systems import written
from typer.testing import CliRunner, Result

from simulator.cli import app, main
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_runs import run_file
from simulator.reports.describe import Described, describe_file
from simulator.reports.rendering import plotly_script
from simulator.xmile import xmile_text

REPOSITORY = Path(__file__).resolve().parents[2]
HOME_CARE = Path(__file__).parent / "home_care.toml"
SIR = REPOSITORY / "tests" / "validation" / "models" / "sir.toml"
SMALL_PLACE = REPOSITORY / "models" / "small_place.toml"
SUBSCRIPTS = "subscript_individually_defined_1d_arrays/subscript_individually_defined_1d_arrays.xmile"

HALVING = """\
schema_version = 1
starts = 2025-04-01
[stocks.s]
initial = 1
[flows.f]
from = "s"
to = "outside"
rate = "s / 2"
"""


def describe(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["describe", *map(str, words)])


def text_of(described: Described) -> str:
    """Give the words of a page without its scripts and marks."""
    html = described.html.replace(plotly_script(), "")
    return unescape(
        re.sub(r"\s+", " ", re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))
    )


def figure_of(described: Described, id: str) -> dict[str, list[dict[str, object]]]:
    """Give a figure of a page."""
    (found,) = re.findall(rf'id="{id}-figure">(.*?)</script>', described.html, re.DOTALL)
    figure: dict[str, list[dict[str, object]]] = json.loads(found)
    return figure


def words_in(figure: dict[str, list[dict[str, object]]]) -> list[str]:
    """List the words that a figure shows."""
    (trace,) = figure["data"]
    assert isinstance(trace["text"], list)
    return [re.sub("<br>", " ", re.sub("</?b>", "", one)) for one in trace["text"]]


@pytest.fixture(scope="module")
def home_care() -> Described:
    """Describe a model of home care."""
    return describe_file(HOME_CARE)


@pytest.fixture(scope="module")
def small_place() -> Described:
    """Describe a model of people and activities."""
    return describe_file(SMALL_PLACE)


def test_the_terminal_counts_what_there_is_and_lists_the_loops() -> None:
    assert describe_file(SIR).lines == (
        "An epidemic of 1,005 people",
        "Three stocks, two flows and three other numbers; 3,200 steps of 0.03125 day.",
        "Three feedback loops: 1 reinforcing and 2 balancing.",
        "  B1  balancing: susceptible → (+) succumbing → (−) susceptible",
        "  R1  reinforcing: infectious → (+) succumbing → (+) infectious",
        "  B2  balancing: infectious → (+) recovering → (−) infectious",
    )


def test_the_page_says_equations_in_words_with_their_units(home_care: Described) -> None:
    text = text_of(home_care)

    assert "care workers × turnover × strain(workload)" in text
    assert "care_workers * turnover * strain(workload) people/week" in text
    assert "stays of 6 weeks on average, coefficient of variation 0.5" in text
    assert "share of those whose stay is over: 1" in text
    assert "never below nought" in text
    assert "smth1(x, time, [before]) x smoothed exponentially over that time" in text
    assert "at 0.8: 1; at 0.95: 1.3" in text


def test_the_page_draws_every_stock_and_flow_and_every_loop(home_care: Described) -> None:
    shown = words_in(figure_of(home_care, "stock-flow-diagram"))
    causal = figure_of(home_care, "causal-loop-diagram")

    assert {"care workers", "Trust between partners", "hired", "workload"} <= set(shown)
    assert "time to hire" not in words_in(causal)
    labels = " ".join(str(one["text"]) for one in causal["layout"]["annotations"])
    for loop in ("R1", "R2", "B1", "B10"):
        assert loop in labels


def test_stocks_are_drawn_as_they_go_by_themselves(home_care: Described) -> None:
    runs = run_file(read_stocks(HOME_CARE))
    figures = [figure_of(home_care, f"own-run-{number}") for number in (1, 2)]

    lines = {str(line["name"]): line["y"] for figure in figures for line in figure["data"]}

    waiting = lines["waiting for home care"]
    assert isinstance(waiting, list)
    assert len(lines) == 5
    assert [waiting[0], waiting[-1]] == list(runs.column("waiting_for_home_care")[[0, -1], 0])


def test_figures_have_words_in_their_place(home_care: Described) -> None:
    text = text_of(home_care)

    assert "Flows: hired from outside to in training; trained from in training to care workers" in text
    assert "Causal-loop diagram of 12 loops. B1: care workers → (+) left → (−) care workers" in text


def test_a_model_of_people_is_described_too(small_place: Described) -> None:
    text = text_of(small_place)

    assert small_place.lines[1].startswith("5,000 people in nine segments, 11 needs, 33 activities")
    assert "Three practices Primary £900,000" in text
    assert "GP same day" in text
    assert "lognormal, mean 12 min, coefficient of variation 0.8" in text
    assert "What might be changed" in text
    assert "The results use the central values" not in text


def test_pathways_lead_from_needs_to_activities(small_place: Described) -> None:
    shown = words_in(figure_of(small_place, "pathway-diagram"))

    assert {"Minor", "Ambulance", "Virtual ward", "Outlier"} <= set(shown)
    assert len(figure_of(small_place, "pathway-diagram")["layout"]["shapes"]) > 100


def test_who_pays_whom_is_told_contract_by_contract() -> None:
    text = text_of(describe_file(REPOSITORY / "models" / "place.toml"))

    assert "Integrated care board Acute trust £404m a year, whatever is done; £6,689 for each" in text
    assert "of which 20% is paid, above" in text


def test_an_activity_that_nothing_leads_to_is_drawn(tmp_path: Path) -> None:
    lonely = describe_file(written(tmp_path, HALVING + '[activities.clinic]\nduration = "1 h"\n'))

    assert words_in(figure_of(lonely, "pathway-diagram")) == ["Clinic"]
    assert lonely.lines[1] == "One activity."


def test_people_without_services_are_told_beside_the_stocks(tmp_path: Path) -> None:
    found = describe_file(written(tmp_path, f"{HALVING}[segments.well]\npeople = 900\n"))

    assert found.lines[1] == "900 people in one segment."
    assert "Groups of people: 900 in all" in text_of(found)
    assert "pathway-diagram" not in found.html


@pytest.mark.parametrize("path", [HOME_CARE, SMALL_PLACE])
def test_the_same_file_gives_the_same_bytes(path: Path) -> None:
    assert describe_file(path).html == describe_file(path).html


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("contact_infectivity=0.9", "contact infectivity contact_infectivity 0.9 1/day"),
        ("infectious=7", "infectious 7 people"),
        ("recovering=3", "recovering infectious recovered 3 people/day"),
        ("succumbing=susceptible / 9", "susceptible ÷ 9"),
        ("stop=50", "runs from day 0 to 50"),
        ("stocks.infectious.unit='persons'", "infectious 5 persons"),
    ],
)
def test_a_setting_changes_what_is_described(setting: str, said: str) -> None:
    assert said in text_of(describe_file(SIR, settings=[setting]))


def test_one_element_can_be_set(tmp_path: Path) -> None:
    arrays = HALVING.replace("initial = 1", 'initial = 1\nover = ["ward"]').replace(
        '2"', "2\"\nover = ['ward']"
    )
    model = written(tmp_path, f"{arrays}[strata.ward]\nelements = ['east', 'west']\n")

    assert "east: 1; west: 5" in text_of(describe_file(model, settings=["s[west]=5"]))


def test_a_run_that_fails_leaves_a_description_and_says_so(tmp_path: Path) -> None:
    failing = HALVING.replace("s / 2", "(3 - s) * k / (s - 1)") + "[auxiliaries.k]\nequation = 1\n"

    found = describe_file(written(tmp_path, failing))

    assert "The run by itself failed" in text_of(found)
    assert "U1" in "".join(found.lines)


def test_a_model_of_both_has_both(tmp_path: Path) -> None:
    clinic = """\
[referrals.unwell]
rate = "4 per day"
starts_at = "clinic"
[activities.clinic]
duration = "1 h"
"""

    text = text_of(describe_file(written(tmp_path, HALVING + clinic)))

    assert "Pathways: one referral, one activity and one way between them" in text
    assert "Stock-flow diagram: one stock, one flow and no other numbers" in text


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    hostile = "</script><script>fired()</script><img src=x onerror=fired()>"
    titled = HALVING.replace("initial = 1", f"initial = 1\ntitle = '{hostile}'\nnote = '{hostile}'")

    html = describe_file(written(tmp_path, titled)).html.replace(plotly_script(), "")

    assert "<img" not in html
    assert "<script>fired" not in html


def test_the_page_is_named_after_the_model_in_the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    done = describe(SIR)

    assert done.stdout.splitlines()[-1] == "Description: sir.html"
    assert [one.name for one in tmp_path.iterdir()] == ["sir.html"]
    assert describe(SIR).exit_code == 0


def test_a_file_that_is_not_ours_is_never_written_over(tmp_path: Path) -> None:
    theirs = written(tmp_path, "<p>mine</p>", "sir.html")

    done = describe(SIR, "--out", theirs)

    assert "is no description of ours; name another file with --out" in str(done.exception)
    assert theirs.read_text() == "<p>mine</p>"


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["nowhere.toml"], "nowhere.toml: there is no such file", 2),
        (["nowhere.xmile"], "nowhere.xmile: there is no such file", 2),
        ([str(REPOSITORY / "experiments" / "first_look.toml")], "experiment", 2),
        ([str(SIR), "--set", "contact=1"], "no stock, flow or auxiliary is called 'contact'", 2),
        ([str(SIR), "--out", "nowhere/page.html"], "there is no folder nowhere", 4),
        ([str(SIR), "--out", "."], "is a folder", 4),
    ],
)
def test_what_cannot_be_described_is_told_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
    code: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["downstream", "describe", *words])

    with pytest.raises(SystemExit) as left:
        main()

    assert left.value.code == code
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_model_is_told_at_its_line(tmp_path: Path) -> None:
    done = describe(written(tmp_path, "schema_version = 1\n[stocks.s]\ninitail = 3\n"))

    assert "Did you mean 'initial'?" in str(done.exception)


@pytest.mark.parametrize("name", ["SIR/SIR.xmile", SUBSCRIPTS, "lookups/test_lookups.xmile"])
def test_a_shared_xmile_file_is_described(name: str, shared_file: Callable[[str], Path]) -> None:
    found = describe_file(shared_file(f"validation/sd-test-models/{name}"))

    assert "stock-flow-diagram" in found.html


def test_every_shared_xmile_file_is_described(shared_file: Callable[[str], Path]) -> None:
    folder = shared_file("validation/sd-test-models")
    files = sorted([*folder.glob("*/*.xmile"), *folder.glob("*/*.stmx")])

    assert len(files) >= 29
    for path in files:
        assert describe_file(path).lines[1]


def test_an_exported_file_is_described_by_the_titles_of_its_model(tmp_path: Path) -> None:
    table = "[lookups.strain]\ntitle = 'What strain does'\nnote = 'A judgement.'\npoints = [[0, 1], [1, 2]]\n"
    model = HALVING.replace("initial = 1", "initial = 1\ntitle = 'People at home'") + table
    model = model.replace('rate = "s / 2"', 'rate = "s * strain(s) / 4"\ntitle = "Going out"')
    file = read_stocks(written(tmp_path, model))
    again = written(tmp_path, xmile_text(file.system), "again.xmile")

    text = text_of(describe_file(again))

    assert "People at home × lookup(What strain does, People at home) ÷ 4" in text
    assert "Going out" in text
    assert "its ends hold; A judgement." in text


def test_names_of_other_programs_are_shown_as_words(tmp_path: Path) -> None:
    file = read_stocks(written(tmp_path, HALVING))
    text = xmile_text(file.system).replace('<stock name="s">', '<stock name="People\\nat_home">')
    again = written(tmp_path, text.replace("<eqn>s ", "<eqn>people_at_home "), "again.xmile")

    assert "People at home" in text_of(describe_file(again))


def test_loops_through_people_are_said_to_be_left_out() -> None:
    models = Path(__file__).parents[2] / "models"

    assert "loops that go through people are not in the list" in describe_file(models / "gp_access.toml").html
    assert "loops that go through people" not in describe_file(models / "small_place.toml").html


@pytest.mark.parametrize(("more", "told"), [((), True), (("--json",), False)])
def test_who_waits_for_the_compiler_is_told_but_not_beside_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], told: bool
) -> None:
    monkeypatch.setattr("simulator.reports.describe.page.must_compile", lambda _: True)

    done = CliRunner().invoke(app, ["describe", str(SIR), "--out", str(tmp_path / "page.html"), *more])

    assert done.stderr.startswith("Compiling the equations for this machine, once") == told
    assert "Compiling" not in done.stdout
