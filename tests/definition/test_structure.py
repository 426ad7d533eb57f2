"""Names lead somewhere, shares add to exactly one, and fields that go together do."""

from collections.abc import Callable

import pytest

from simulator.definition import Model

Faults = Callable[..., str]
Load = Callable[..., Model]

PLACE = """
[localities.east]
share = 0.3
[localities.west]
share = 0.7
[segments.well]
people = 100
[segments.frail]
people = 10
[needs.illness]
rate = "1 per year"
starts_at = "ward"
"""

SWITCH = """
[interventions.review]
[[interventions.review.effects]]
"""


def test_a_route_to_nothing_is_told_the_nearest(faults: Faults) -> None:
    said = faults(('starts_at = "ward"', "starts_at = { wrad = 0.5, exit = 0.5 }"))

    assert said == (
        "model.toml:7: referrals.stroke.starts_at.wrad: no activity is called 'wrad'. Did you mean 'ward'?"
    )


@pytest.mark.parametrize(("share", "total"), [("0.499", "0.999"), ("0.501", "1.001")])
def test_shares_must_add_to_exactly_one(faults: Faults, share: str, total: str) -> None:
    said = faults(('starts_at = "ward"', f"starts_at = {{ ward = 0.5, exit = {share} }}"))

    assert said.endswith(f"the shares add to {total}, not to exactly 1; they are never rescaled.")


def test_ten_tenths_are_one(model: Load) -> None:
    routes = ", ".join([*(f'r{n} = {{ to = "ward", share = 0.1 }}' for n in range(9)), "exit = 0.1"])

    assert model(('starts_at = "ward"', f"starts_at = {{ {routes} }}"))


def test_a_negative_share_is_refused(faults: Faults) -> None:
    said = faults(('starts_at = "ward"', "starts_at = { ward = 1.5, exit = -0.5 }"))

    assert "starts_at.exit: '-0.5' is not allowed; it must be a plain number from 0 to 1." in said


@pytest.mark.parametrize("account", ["people", "government", "staff_and_suppliers"])
def test_an_outside_account_exists_without_saying(model: Load, account: str) -> None:
    found = model(('resource = "beds"', f'resource = "beds"\npayer = "{account}"'))

    assert found.activities["ward"].cost_payer == account


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'resource = "beds"',
            'resource = "beds"\ncost = { day = "£8", payer = "peopel" }',
            "no organisation is called 'peopel'. Did you mean 'people'?",
        ),
        ('resource = "beds"', 'resource = "bed"', "no resource is called 'bed'. Did you mean 'beds'?"),
        (
            "capacity = 10",
            'capacity = 10\nowner = "x"',
            "no organisation is called 'x'. There are no organisations",
        ),
        ("capacity = 10", 'capacity = { number = 1, timetable = "x" }', "no timetable is called 'x'"),
        (
            "capacity = 10",
            'capacity = 10\nreserved = { places = 3, against = ["strok"] }',
            "Did you mean 'stroke'?",
        ),
        ("capacity = 10", "capacity = { north = 3 }", 'say each = "site" or "locality"'),
        ("capacity = 10", 'capacity = 10\neach = "site"', "there are no sites"),
        (
            "capacity = 10",
            'capacity = "unlimited"\nroom = 3',
            "has no meaning where the capacity is unlimited",
        ),
        ('"4 days"', '"4 days"\nends_at = "x"', "no profile is called 'x'"),
        ('"4 days"', '"4 days"\nif_full = ["ward"]', "cannot be its own alternative"),
        ('"4 days"', '"4 days"\nif_full = ["wrad"]', "no activity is called 'wrad'"),
        ('"4 days"', '{ strok = "4 days", otherwise = "5 days" }', "Did you mean 'stroke'?"),
        ('"4 days"', '"4 days"\nroutes = { exit = 0.5, x = 0.5 }', "no activity is called 'x'"),
        ('"4 days"', '"4 days"\nroutes = { to = "exit", becomes = "x" }', "no segment is called 'x'"),
        ('"4 days"', '"4 days"\nroutes = { exit = 0.5, ward = {} }', "'share' is missing"),
        (
            '"4 days"',
            '"4 days"\nduration_by_route = { x = "1 day" }',
            "no route of this activity is called 'x'",
        ),
        ('"4 days"', '"4 days"\nkeeps_place_until_next = { x = "starts" }', "no activity is called 'x'"),
        ('"4 days"', '"4 days"\nkeeps_place_until_next = "start"', "Did you mean 'starts'?"),
        ('"4 days"', '"4 days"\nholds = "previous"', "needs no resource of its own"),
        ('"4 days"', '"4 days"\nqueue_is_resident = true', "only an activity that is resident itself"),
        ('"4 days"', '"4 days"\ncost = { day = "80" }', "has no unit; it must be an amount of money"),
        ('"4 days"', '"4 days"\nresident = "yes"', "'yes' is neither true nor false"),
        ('rate = "1 per day"', "", "exactly one of 'rate', 'rate_from', 'between' and 'at'; found none"),
        ('rate = "1 per day"', 'rate = "1 per day"\nat = ["1 h"]', "found rate and at"),
        ('rate = "1 per day"', 'rate = "1 per day"\nprofile = "x"', "no profile is called 'x'"),
        ('rate = "1 per day"', 'at = ["2 h", "1 h"]', "must not go back"),
        (
            'rate = "1 per day"',
            'rate = "1 per day"\nbatch = { expon = { mean = 2 } }',
            "a batch needs a discrete law",
        ),
        ('rate = "1 per day"', 'rate = "1 per day"\nbatch = 1.5', "a batch is a whole number"),
    ],
)
def test_what_does_not_fit_is_refused(faults: Faults, old: str, new: str, said: str) -> None:
    found = faults((old, new))

    assert said in found
    assert len(found.splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share = 0.3", "share = 0.31", "the shares of the localities add to 1.01, not to exactly 1."),
        (
            "share = 0.3",
            "share = 0.3\nneeds_times = { ill = 2 }",
            "no need is called 'ill'. Did you mean 'illness'?",
        ),
        ("share = 0.3", "share = 0.3\nquintile = 6", "a whole number from 1 to 5"),
        ("people = 100", 'people = 100\nbecomes = { farail = "1 per year" }', "Did you mean 'frail'?"),
        (
            '"1 per year"',
            '{ well = "1 per year" }',
            "says nothing for frail; name every segment, or say 'otherwise'.",
        ),
        (
            '"1 per year"',
            '{ stroke = "1 per year", otherwise = "2 per year" }',
            "no segment is called 'stroke'",
        ),
        ('"1 per year"', '"1 per year"\ntrait = "x"', "no trait is called 'x'"),
        (
            "[segments.well]",
            "[traits.t]\nlaw = { norm = { mean = 1 } }\n[segments.well]",
            "needs a positive law",
        ),
        ("[segments.well]", '[sites.a]\nlocality = "east"\nshare = 1\n[segments.well]', "west: has no site"),
        (
            "[segments.well]",
            '[clocks.c]\nstarts = "x.leave"\nstops = "ward.leave"\n[segments.well]',
            "called 'x'",
        ),
        (
            "[segments.well]",
            '[clocks.c]\nstarts = "ward.go"\nstops = "ward.leave"\n[segments.well]',
            "not a moment",
        ),
        ("[segments.well]", '[counts.c]\nof = "beds"\n[segments.well]', "Did you mean 'resource.beds'?"),
        (
            "[segments.well]",
            '[counts.c]\nof = "resource.bed"\n[segments.well]',
            "no resource is called 'bed'",
        ),
    ],
)
def test_what_does_not_fit_in_a_place_is_refused(faults: Faults, old: str, new: str, said: str) -> None:
    assert said in faults(more=PLACE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (
            "value = 1",
            "exactly one of times, plus, diverts, step_down, shares, moves, prices, outage; found none",
        ),
        ('times = "needs.illness.rate"', "'times' needs either 'value' or 'by_year'"),
        ('times = "needs.ilness.rate"\nvalue = 1', "no need is called 'ilness'. Did you mean 'illness'?"),
        (
            'times = "needs.illness.trait"\nvalue = 1',
            "is not a value that can change; allowed are needs.<id>.rate",
        ),
        ('times = "needs.illness.rate"\nvalue = "1 per year"', "'times' needs a plain number here"),
        ('plus = "needs.illness.rate"\nvalue = 1', "'plus' needs a rate per time here"),
        ('times = "needs.illness.rate"\nvalue = -1', "a multiplier must be 0 or more"),
        ('times = "needs.illness.rate"\nvalue = 1\nfor = ["wel"]', "no segment is called 'wel'"),
        ('times = "needs.illness.rate"\nvalue = 1\nfor = "segments"', "names no segments"),
        ('times = "needs.illness.rate"\nby_year = { one = 1 }', "'one' is not a year"),
        ('times = "activities.ward.routes.x"\nvalue = 1', "has no 'x' to change"),
        ('diverts = { at = "x", from = "ward", to = "ward", share = 1 }', "no activity is called 'x'"),
        ('diverts = { at = "ward", to = "ward", share = 1 }', "diverts.from: is missing"),
        (
            'step_down = { from = "ward", to = "ward", last = "0 days", share = 1 }',
            "step_down.last: '0 days' is not allowed; it must be a time above 0",
        ),
        ('shares = { resources = ["a"] }', "no resource is called 'a'"),
    ],
)
def test_an_effect_that_acts_on_nothing_is_refused(faults: Faults, effect: str, said: str) -> None:
    assert said in faults(more=PLACE + SWITCH + effect)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('lead = "x"', "no organisation is called 'x'"),
        ('what = "upsteam"', "Did you mean 'upstream'?"),
        ('eligible = { segments = ["wel"] }', "Did you mean 'well'?"),
        (
            'eligible = { recent_use = { needs = ["x"], at_least = 3, within = "4 quarters" } }',
            "no need is called 'x'",
        ),
        ("uptake = 1.5", "a plain number from 0 to 1"),
        ('ramp = "linear"', 'needs a time; write { linear = "1 year" }'),
        ('ramp = { logstic = "1 year" }', "Did you mean 'logistic'?"),
        ('adds = [{ resource = "beds" }]', "adds either { resource, capacity } or { need, rate, for }"),
        ('adds = [{ resource = "bed", capacity = 3 }]', "no resource is called 'bed'"),
        ('collaboration = "x"', "no collaboration is called 'x'"),
    ],
)
def test_an_intervention_that_does_not_fit_is_refused(faults: Faults, field: str, said: str) -> None:
    assert said in faults(more=f"{PLACE}[interventions.review]\n{field}\n")


@pytest.mark.parametrize(
    ("starts_at", "targets"),
    [
        ('"ward"', [("ward", ("ward",))]),
        ("{ ward = 0.4, exit = 0.6 }", [("exit", ("exit",)), ("ward", ("ward",))]),
        ('{ first_free = ["ward", "home"] }', [("first_free", ("ward", "home"))]),
        ('{ to = "ward", as = "urgent" }', [("ward", ("ward",))]),
        ('{ a = { to = "ward", share = 1 } }', [("a", ("ward",))]),
    ],
)
def test_a_table_of_routes_has_several_forms(
    model: Load, starts_at: str, targets: list[tuple[str, tuple[str, ...]]]
) -> None:
    home = '[activities.home]\nduration = "1 day"\n'

    table = model(('starts_at = "ward"', f"starts_at = {starts_at}"), more=home).referrals["stroke"].starts_at

    assert table.single is not None
    assert [(route.name, route.targets) for route in table.single] == targets


def test_routes_may_differ_by_group(model: Load) -> None:
    routes = '{ stroke = { exit = 0.9, died = 0.1 }, otherwise = "exit" }'

    keyed = model(('"4 days"', f'"4 days"\nroutes = {routes}')).activities["ward"].routes

    assert [route.name for route in keyed.of("stroke") or ()] == ["died", "exit"]
    assert [route.name for route in keyed.of("anything") or ()] == ["exit"]


def test_one_fault_is_not_told_twice(faults: Faults) -> None:
    fields = 'routes = { exit = 0.5, died = 0.4 }\nduration_by_route = { died = "1 day" }\n'

    said = faults(more=fields)

    assert said.startswith("model.toml:11: activities.ward.routes: the shares add to 0.9, not to exactly 1")
    assert len(said.splitlines()) == 1
