"""A setting changes one value, or one in every noun of a kind, and says so when it cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition import Model, change_model, dump_model, load_model
from simulator.errors import DefinitionError

Load = Callable[..., Model]


@pytest.fixture
def path(tmp_path: Path, ward: str) -> Path:
    found = tmp_path / "model.toml"
    found.write_text(ward)
    return found


def test_a_setting_changes_a_value(path: Path, model: Load) -> None:
    changed = load_model(path, settings=["resources.beds.capacity=12", "activities.ward.duration=2 days"])

    assert changed == model(("capacity = 10", "capacity = 12"), ('"4 days"', '"2 days"'))


def test_a_setting_may_name_a_field_that_the_file_leaves_out(path: Path, model: Load) -> None:
    changed = load_model(path, settings=["resources.beds.room=3", "activities.ward.cost.day=£80"])

    assert changed == model(("capacity = 10", "capacity = 10\nroom = 3"), more='cost = { day = "£80" }\n')


def test_a_star_sets_every_one(tmp_path: Path, ward: str) -> None:
    path = tmp_path / "model.toml"
    path.write_text(ward + '[referrals.tia]\nrate = "1 per week"\nstarts_at = "ward"\n')

    changed = load_model(path, settings=["referrals.*.rate=0 per day"])

    assert [one.rate.value for one in changed.referrals.values() if one.rate] == [0, 0]


def test_a_setting_may_go_into_a_list(tmp_path: Path, ward: str) -> None:
    path = tmp_path / "model.toml"
    effect = '[[interventions.more.effects]]\ntimes = "referrals.stroke.rate"\nvalue = 1\n'
    path.write_text(ward + effect)

    changed = load_model(path, settings=["interventions.more.effects.0.value=2"])

    amount = changed.interventions["more"].effects[0].value
    assert amount is not None
    assert amount.value == 2


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("resource.beds.capacity=3", "nothing is called 'resource'. Did you mean 'resources'?"),
        ("resources.bed.capacity=3", "resources has no 'bed'. Did you mean 'beds'?"),
        ("resources.beds.capcity=3", "unknown key 'capcity'"),
        ("resources.beds.capacity=-3", "'-3' is not allowed"),
        ("resources.beds.capacity.number=3", "has nothing inside called 'number'"),
        ("resources.beds=3", "names no field; write resources.<id>.<field>."),
        ("needs.*.rate=1 per year", "there are no needs to set it for"),
        ("activities.ward.duration=[", "'[' is not a quantity"),
        ("noequals", "write it as path.to.field=value."),
        ("=3", "write it as path.to.field=value."),
        ("resources.beds.capacity=0x" + "f" * 6_000, "is too long to be a quantity"),
    ],
)
def test_a_setting_that_cannot_be_says_so_where_it_was_made(path: Path, setting: str, said: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load_model(path, settings=[setting])

    assert str(refusal.value).startswith("--set ")
    assert said in str(refusal.value)


def test_a_changed_model_leaves_the_first_as_it_was(model: Load) -> None:
    first = model()
    written = dump_model(first)

    second = change_model(first, ["resources.beds.capacity=12"])

    assert dump_model(first) == written
    assert second != first
    assert first == model()
    assert change_model(second, ["resources.beds.capacity=10"]) == first
