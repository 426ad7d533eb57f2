"""Resources of which there is one in each site or locality: what is said of a single one."""

import pytest
from compiler.models import DAY, PEOPLE, window

from simulator.compiler import compile_model
from simulator.definition.loading import change_model
from simulator.errors import DefinitionError

EACH = PEOPLE.replace("capacity = 8", 'capacity = 20\neach = "locality"')
SCHEME = """
[interventions.scheme]
starts = "7 days"
"""


def capacities(program) -> dict[str, list[tuple[int, int]]]:
    """List the capacities of each resource over time, from second 0."""
    names, resources = program.names.resources, program.resources
    found = {name: [(0, int(resources.capacity[place]))] for place, name in enumerate(names)}
    changes = (resources.change_second, resources.change_resource, resources.change_capacity)
    for second, place, level in zip(*(column.tolist() for column in changes), strict=True):
        found[names[place]].append((second, level))
    return found


@pytest.fixture
def capacities_set(load):
    """Give a function from settings to the capacities of a place with cubicles in each locality."""

    def read(*settings: str):
        return capacities(compile_model(change_model(load(EACH), settings), window=window()))

    return read


def test_the_capacity_of_one_place_is_set_and_the_others_keep_theirs(capacities_set) -> None:
    assert capacities_set() == {"cubicles@east": [(0, 6)], "cubicles@west": [(0, 14)]}
    assert capacities_set("resources.cubicles@east.capacity=9") == {
        "cubicles@east": [(0, 9)],
        "cubicles@west": [(0, 14)],
    }
    assert capacities_set("resources.cubicles@east.capacity=9", "resources.cubicles.capacity=40") == {
        "cubicles@east": [(0, 9)],
        "cubicles@west": [(0, 28)],
    }


def test_a_file_may_say_the_capacity_of_one_place(compile_text) -> None:
    text = EACH.replace(
        "capacity = 20", 'capacity = 20\ncapacity_at = { west = [["0 days", 3], ["2 days", 5]] }'
    )

    assert capacities(compile_text(text)) == {
        "cubicles@east": [(0, 6)],
        "cubicles@west": [(0, 3), (2 * DAY, 5)],
    }


def test_where_one_place_is_limited_its_people_can_wait(compile_text) -> None:
    text = EACH.replace("capacity = 20", 'capacity = "unlimited"')
    limited = text.replace("each =", "capacity_at = { west = 3 }\neach =")

    assert compile_text(text).needs.one_at_a_time.tolist() == [False]
    assert compile_text(limited).needs.one_at_a_time.tolist() == [True]


def test_an_intervention_adds_places_in_one_place(compile_text) -> None:
    adds = SCHEME + 'adds = [{ resource = "cubicles@west", capacity = 3 }]'

    assert capacities(compile_text(EACH + adds, on=["scheme"])) == {
        "cubicles@east": [(0, 6)],
        "cubicles@west": [(0, 14), (7 * DAY, 17)],
    }


@pytest.mark.parametrize(
    ("effect", "level"),
    [('times = "P"\nvalue = 1.5', 9), ('plus = "P"\nvalue = -2', 4)],
    ids=["times", "plus"],
)
def test_an_effect_acts_on_the_capacity_of_one_place(compile_text, effect: str, level: int) -> None:
    effect = "[[interventions.scheme.effects]]\n" + effect.replace("P", "resources.cubicles@east.capacity")

    assert capacities(compile_text(EACH + SCHEME + effect, on=["scheme"])) == {
        "cubicles@east": [(0, 6), (7 * DAY, level)],
        "cubicles@west": [(0, 14)],
    }


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("resources.cubicle@east.capacity=9", "resources has no 'cubicle'. Did you mean 'cubicles'?"),
        ("resources.cubicles@eats.capacity=9", "no locality is called 'eats'. Did you mean 'east'?"),
        ("resources.cubicles@east.room=9", "of one place only the capacity can be set"),
        ("needs.illness@east.rate=9 per year", "of one place only the capacity can be set"),
        ("resources.cubicles@east.capacity=-9", "'-9' is not allowed"),
    ],
)
def test_what_cannot_be_set_of_one_place_is_refused_where_it_was_said(load, setting: str, said: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        change_model(load(EACH), [setting])

    assert str(refused.value).startswith("--set ")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('adds = [{ resource = "cubicles@eats", capacity = 3 }]', "no locality is called 'eats'"),
        ('adds = [{ resource = "cubicles@", capacity = 3 }]', "'' is not an id"),
        (
            '[[interventions.scheme.effects]]\ntimes = "resources.cubicles@eats.capacity"\nvalue = 2',
            "no locality is called 'eats'. Did you mean 'east'?",
        ),
    ],
)
def test_a_place_that_there_is_not_is_refused(load, more: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        load(EACH + SCHEME + more)


def test_one_for_all_has_no_single_ones(load) -> None:
    with pytest.raises(DefinitionError, match="there is one 'cubicles' for all"):
        change_model(load(PEOPLE), ["resources.cubicles@east.capacity=9"])


def test_members_that_are_asked_for_too_much_are_flagged_in_one(check) -> None:
    (note,) = check(EACH.replace("capacity = 20", "capacity = 0")).notes

    assert note.path == "resources.cubicles.capacity"
    assert note.text.startswith("cubicles (2 of 2): ")
    assert "places asked for, above the mean of 0;" in note.text
