"""Writing a model and reading it back gives the model; the schema says what the nouns say."""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.definition import Model, change_model, dump_model, law_facts, load_model
from simulator.definition.law_names import CONTINUOUS, DISCRETE
from simulator.definition.schema import schema_of, text_of
from simulator.errors import DefinitionError

Load = Callable[..., Model]
REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = [f"step_{n}" for n in range(4)]

spans = st.builds("{} {}".format, st.integers(1, 90), st.sampled_from(["min", "hours", "days", "weeks"]))
laws = st.one_of(
    spans.map('"{}"'.format),
    spans.map('{{ lognorm = {{ mean = "{}", cv = 1.25 }} }}'.format),
    spans.map('{{ expon = {{ mean = "{}" }} }}'.format),
    st.builds(
        '{{ mixture = [[0.25, "{}"], [0.75, {{ gamma = {{ a = 2, mean = "{}" }} }}]] }}'.format, spans, spans
    ),
    st.builds('{{ in_order = ["{}", "{}"] }}'.format, spans, spans),
    st.builds('{{ stroke = "{}", otherwise = {{ expon = {{ mean = "{}" }} }} }}'.format, spans, spans),
)
marks = st.sampled_from(["", "resident = true\n", 'patience = "3 days"\n', "present_at_start = 2\n"])


@st.composite
def routes(draw: st.DrawFn) -> str:
    share = draw(st.integers(1, 9))
    target = draw(st.sampled_from(NAMES))
    return draw(
        st.sampled_from(
            [
                f'"{target}"',
                f"{{ {target} = 0.{share}, exit = 0.{10 - share} }}",
                f'{{ home = {{ to = "{target}", share = 0.{share}, as = "again" }}, died = 0.{10 - share} }}',
                f'{{ stroke = {{ {target} = 1 }}, otherwise = "exit" }}',
                f'{{ first_free = ["{target}"] }}',
            ]
        )
    )


@st.composite
def models(draw: st.DrawFn) -> str:
    text = f"schema_version = 1\n[resources.beds]\ncapacity = {draw(st.integers(0, 99))}\n"
    text += f'[referrals.stroke]\nrate = "{draw(st.integers(0, 99))} per week"\nstarts_at = "step_0"\n'
    for name in NAMES:
        text += f"[activities.{name}]\nduration = {draw(laws)}\nroutes = {draw(routes())}\n"
        text += f'resource = "{draw(st.sampled_from(["beds", "none"]))}"\n'
        text += draw(
            st.sampled_from(["", "resident = true\n", 'patience = "3 days"\n', "present_at_start = 2\n"])
        )
    return text


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=models())
def test_a_model_written_and_read_again_is_the_same(tmp_path: Path, text: str) -> None:
    path, other = tmp_path / "model.toml", tmp_path / "other.toml"
    path.write_text(text)
    model = load_model(path)
    other.write_text(dump_model(model))

    assert load_model(other) == model
    assert dump_model(load_model(other)) == dump_model(model)


@pytest.mark.parametrize("name", ["place", "small_place"])
def test_a_shipped_model_written_and_read_again_is_the_same(tmp_path: Path, name: str) -> None:
    model = load_model(REPOSITORY / "models" / f"{name}.toml")
    other = tmp_path / "other.toml"
    other.write_text(dump_model(model), encoding="utf-8")

    assert load_model(other) == model


def test_the_order_of_a_file_changes_nothing(tmp_path: Path, ward: str) -> None:
    text = ward + "[resources.chairs]\ncapacity = 1\n[resources.aprons]\nroom = 1\ncapacity = 2\n"
    top, *tables = text.split("[")
    (tmp_path / "model.toml").write_text(text)
    (tmp_path / "other.toml").write_text(
        "[".join([top, *(table.strip() + "\n" for table in reversed(tables))])
    )

    first, second = load_model(tmp_path / "model.toml"), load_model(tmp_path / "other.toml")

    assert first == second
    assert dump_model(first) == dump_model(second)


def test_a_dumped_model_holds_its_settings_and_data(tmp_path: Path, model: Load) -> None:
    (tmp_path / "stays.csv").write_text("los_days\n1\n2\n")
    changed = change_model(model(), ["resources.beds.room=3"])
    with_data = model(('duration = "4 days"', 'duration = { empirical = "stays.csv" }'))

    assert "room = 3" in dump_model(changed)
    assert "stays.csv" not in dump_model(with_data)
    assert '"1 days"' in dump_model(with_data)


@pytest.mark.parametrize("kind", ["model", "experiment", "stock_design"])
def test_the_schema_in_the_repository_is_what_the_nouns_say(kind: str) -> None:
    kept = (REPOSITORY / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")

    assert kept == text_of(kind)


def test_the_schema_knows_every_table_of_a_model() -> None:
    properties = schema_of("model")["properties"]

    assert isinstance(properties, dict)
    assert set(Model.collections) < set(properties)
    assert "include" in properties
    assert json.loads(text_of("model"))["additionalProperties"] is False


def test_there_is_a_schema_of_what_people_write_only() -> None:
    with pytest.raises(DefinitionError, match="allowed are model, experiment, stock_design"):
        schema_of("place")


def test_reading_a_model_loads_no_heavy_library(tmp_path: Path, ward: str) -> None:
    (tmp_path / "model.toml").write_text(ward)
    heavy = ("scipy", "pandas", "plotly", "numpy", "numba", "pyarrow")
    code = (
        "import sys\nfrom simulator.definition import load_model\n"
        f"load_model({str(tmp_path / 'model.toml')!r})\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_our_table_of_laws_is_that_of_scipy() -> None:
    from scipy import stats

    ours = CONTINUOUS | DISCRETE
    theirs = {
        name: tuple((found.shapes or "").replace(",", "").split())
        for name, found in vars(stats).items()
        if isinstance(found, stats.rv_continuous | stats.rv_discrete)
    }

    assert {name: shapes for name, shapes in ours.items() if name in theirs} == theirs
    assert len(theirs) > 100


def test_a_lognormal_by_mean_and_sd_implies_a_median_and_a_tail(model: Load) -> None:
    law = '{ lognorm = { mean = "8 days", sd = "9.5 days" } }'

    (fact,) = law_facts(model(('duration = "4 days"', f"duration = {law}")))

    assert fact.path == "activities.ward.duration"
    assert fact.median / 86_400 == pytest.approx(8 / math.sqrt(1 + (9.5 / 8) ** 2))
    assert (
        str(fact)
        == "activities.ward.duration: mean 8 days, sd 9.5 days, median 5.15 days, 99th percentile 45.7 days"
    )
