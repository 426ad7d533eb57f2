"""Monks, Worthington, Allen, Pitt, Stein & James (2016), capacity of acute and community stroke services.

BMC Health Services Research 16:530, Tables 2 and 3: the chance of delay with n beds is P(N = n) / P(N <=
n), N the patients counted each midnight where beds are unlimited. The values are exact for the published
inputs.
"""

import re

import pytest
from running import Setting, expect_agreement, observed, scored
from scoring import Figure, score

from simulator.analysis.count_measures import daily_counts, distribution
from simulator.analysis.reading import Ints, Reading, frame

CASE = "PS01_monks2016_stroke"
FIGURES = tuple(
    Figure(metric=metric, value=value, absolute=tolerance)
    for metric, value, tolerance in (
        ("base ASU p(delay) 9 beds", 0.19146803114854263, 0.0146),
        ("base ASU p(delay) 10 beds", 0.13791689644850091, 0.0119),
        ("base ASU p(delay) 11 beds", 0.09482629666104442, 0.011),
        ("base ASU p(delay) 12 beds", 0.06193719470879041, 0.011),
        ("base ASU p(delay) 13 beds", 0.038284829444470356, 0.011),
        ("base ASU p(delay) 14 beds", 0.0223387643936279, 0.011),
        ("base rehab p(delay) 10 beds", 0.20154561636308238, 0.0151),
        ("base rehab p(delay) 12 beds", 0.10905733210144916, 0.011),
        ("base rehab p(delay) 13 beds", 0.07538084807876365, 0.011),
        ("base rehab p(delay) 14 beds", 0.049724359490964556, 0.011),
        ("base rehab p(delay) 15 beds", 0.031210030257916833, 0.011),
        ("base rehab p(delay) 16 beds", 0.018603948592334767, 0.011),
        ("+5% admissions ASU p(delay) 10 beds", 0.1573458650006455, 0.0129),
        ("+5% admissions ASU p(delay) 11 beds", 0.11150150187442844, 0.011),
        ("+5% admissions ASU p(delay) 12 beds", 0.07537486322802456, 0.011),
        ("+5% admissions ASU p(delay) 13 beds", 0.04840568747381292, 0.011),
        ("+5% admissions ASU p(delay) 14 beds", 0.029440941491467306, 0.011),
        ("+5% admissions rehab p(delay) 12 beds", 0.12760227208654773, 0.0114),
        ("+5% admissions rehab p(delay) 13 beds", 0.09104066586842226, 0.011),
        ("+5% admissions rehab p(delay) 14 beds", 0.06222729116562201, 0.011),
        ("+5% admissions rehab p(delay) 15 beds", 0.04061248966145829, 0.011),
        ("+5% admissions rehab p(delay) 16 beds", 0.025247019724371985, 0.011),
        ("no complex-neuro ASU p(delay) 10 beds", 0.08871194306395878, 0.011),
        ("no complex-neuro ASU p(delay) 11 beds", 0.055198984016922664, 0.011),
        ("no complex-neuro ASU p(delay) 12 beds", 0.03224889513672958, 0.011),
        ("no complex-neuro ASU p(delay) 13 beds", 0.017653767303398432, 0.011),
        ("no complex-neuro ASU p(delay) 14 beds", 0.009052351303286217, 0.011),
        ("fully pooled 22 beds p(delay)", 0.06684475977212545, 0.0065),
        ("fully pooled 26 beds p(delay)", 0.017429522020845748, 0.0065),
        ("mean ASU occupancy", 8.355492831541218, 0.15),
        ("mean rehab occupancy", 9.718217562619024, 0.2),
        ("ASU occupancy variance/mean", 1, 0.05),
        ("rehab occupancy variance/mean", 1, 0.05),
    )
)
BY_METRIC = {figure.metric: figure for figure in FIGURES}

# Patients a day and mean stay, by where they come from: what follows from the inputs alone.
ACUTE = {
    "stroke": (1 / 1.2, 0.87 * 7.4 + 0.13 * 4.6),
    "tia": (1 / 9.3, 1.8),
    "neuro": (1 / 3.6, 4.0),
    "other": (1 / 3.2, 3.8),
}
REHAB = {
    "stroke": (0.24 / 1.2, 0.6 * 28.4 + 0.4 * 30.3),
    "tia": (0.01 / 9.3, 18.7),
    "neuro": (0.11 / 3.6, 27.6),
    "other": (0.05 / 3.2, 16.1),
    "stroke_to_rehab": (1 / 21.8, 0.6 * 28.4 + 0.4 * 30.3),
    "neuro_to_rehab": (1 / 31.7, 27.6),
    "other_to_rehab": (1 / 28.6, 16.1),
}
# Patients a day and mean stay, by where they come from: what follows from the inputs alone.
ACUTE = {
    "stroke": (1 / 1.2, 0.87 * 7.4 + 0.13 * 4.6),
    "tia": (1 / 9.3, 1.8),
    "neuro": (1 / 3.6, 4.0),
    "other": (1 / 3.2, 3.8),
}
REHAB = {
    "stroke": (0.24 / 1.2, 0.6 * 28.4 + 0.4 * 30.3),
    "tia": (0.01 / 9.3, 18.7),
    "neuro": (0.11 / 3.6, 27.6),
    "other": (0.05 / 3.2, 16.1),
    "stroke_to_rehab": (1 / 21.8, 0.6 * 28.4 + 0.4 * 30.3),
    "neuro_to_rehab": (1 / 31.7, 27.6),
    "other_to_rehab": (1 / 28.6, 16.1),
}
GAPS = {
    "stroke": 1.2,
    "tia": 9.3,
    "neuro": 3.6,
    "other": 3.2,
    "stroke_to_rehab": 21.8,
    "neuro_to_rehab": 31.7,
    "other_to_rehab": 28.6,
}
SETTINGS = {
    "base": Setting(model="ps01_stroke", warm_up_days=365, horizon_days=5_800, replications=24),
    "+5% admissions": Setting(
        model="ps01_stroke",
        changes=tuple(f'referrals.{name}.rate="1.05 per {gap} days"' for name, gap in GAPS.items()),
        warm_up_days=365,
        horizon_days=2_800,
        replications=20,
    ),
    "no complex-neuro": Setting(
        model="ps01_stroke",
        changes=('referrals.neuro.rate="0 per day"', 'referrals.neuro_to_rehab.rate="0 per day"'),
        warm_up_days=365,
        horizon_days=1_500,
        replications=20,
    ),
}
WARDS = {"ASU": "acute", "rehab": "rehab", "fully pooled": "pooled"}
DELAY = re.compile(
    r"(base|\+5% admissions|no complex-neuro)? ?(ASU|rehab|fully pooled) ?(?:p\(delay\) )?(\d+) beds.*"
)


def counted(setting: Setting, ward: str) -> list[Ints]:
    """Give the midnight counts of a ward, an array a replication."""
    program, observations = observed(setting)
    return [daily_counts(Reading(one, frame(program)), ward) for one in observations]


def delays(setting: Setting, ward: str, beds: int) -> list[float]:
    """Give the chance of delay with so many beds in each replication."""
    return [float(distribution(days, beds)[1][beds]) for days in counted(setting, ward)]


def load(ward: dict[str, tuple[float, float]]) -> float:
    """Give the mean number of patients where beds are unlimited (Little)."""
    return sum(rate * stay for rate, stay in ward.values())


@pytest.mark.parametrize(
    "figure", [one for one in FIGURES if "p(delay)" in one.metric], ids=lambda figure: figure.metric
)
def test_the_midnight_count_gives_the_published_chances_of_delay(figure: Figure) -> None:
    found = DELAY.fullmatch(figure.metric)
    assert found
    scenario, ward, beds = found.groups()

    expect_agreement(score(figure, delays(SETTINGS[scenario or "base"], WARDS[ward], int(beds))))


@pytest.mark.parametrize("ward", ["ASU", "rehab"])
def test_beds_hold_the_offered_load(ward: str) -> None:
    figure = BY_METRIC[f"mean {ward} occupancy"]
    count = f"count.{WARDS[ward]}.mean"

    expect_agreement(scored(figure, SETTINGS["base"], see=lambda of: of(count)))
    assert load({"ASU": ACUTE, "rehab": REHAB}[ward]) == pytest.approx(figure.value)


@pytest.mark.parametrize("ward", ["ASU", "rehab"])
def test_the_count_spreads_like_a_poisson_law(ward: str) -> None:
    figure = BY_METRIC[f"{ward} occupancy variance/mean"]
    days = counted(SETTINGS["base"], WARDS[ward])

    expect_agreement(score(figure, [float(one.var() / one.mean()) for one in days]))
