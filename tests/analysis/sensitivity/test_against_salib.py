"""Morris' and Sobol' measures are those of SALib on the same runs, and come to known values of Ishigami's."""

import numpy as np
import pytest

from simulator.analysis.sensitivity.elementary import elementary_effects, screening_of
from simulator.analysis.sensitivity.sobol_indices import sobol_indices
from simulator.definition.vary import read_vary
from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.morris import morris, morris_levels
from simulator.experiment.designs.sobol import sobol, sobol_for_indices

NAMES = ("a", "b", "c")
AXES = [Axis(name=name, variation=read_vary({"x": {"from": -4, "to": 4}})["x"]) for name in NAMES]
# What SALib 1.6.0 gives of the runs below, so that they are held to it where it is not installed, too.
SCREENED = {
    "mu": [7.704054111580683, 1.049999999996826, -0.8331728137765935],
    "mu_star": [7.704054111580683, 7.874999999976191, 4.999036882659563],
    "sigma": [6.35562086884837, 7.938109194627263, 7.994507647896097],
}
FIRST = [0.29957396140119763, 0.46826417958959693, -0.00612868521606841]
TOTAL = [0.5496537607348186, 0.4328168978542539, 0.24142438646018063]
PROBLEM = {"num_vars": 3, "names": list(NAMES), "bounds": [[-4.0, 4.0]] * 3}


def table(points: object) -> np.ndarray:
    return np.array([[float(str(point[name])) for name in NAMES] for point in points])


def ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990), on -4 to 4 read as -pi to pi; A = 7, B = 0.1."""
    x = x * np.pi / 4
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_screening_is_what_salib_made_of_the_same_runs() -> None:
    y = ishigami(table(morris(AXES, trajectories=30, levels=4, seed=5)))
    levels = morris_levels(NAMES, trajectories=30, levels=4, seed=5)

    ours = screening_of(elementary_effects(levels, y, of=4))

    for word, theirs in SCREENED.items():
        np.testing.assert_allclose(getattr(ours, word), theirs, rtol=1e-9, atol=1e-12)


def test_indices_are_what_salib_made_of_the_same_runs() -> None:
    ours = sobol_indices(ishigami(table(sobol_for_indices(AXES, runs=512, seed=5))), inputs=3)

    np.testing.assert_allclose(ours.first, FIRST, rtol=0, atol=1e-10)
    np.testing.assert_allclose(ours.total, TOTAL, rtol=0, atol=1e-10)


def test_screening_is_that_of_salib() -> None:
    salib = pytest.importorskip("SALib.analyze.morris", reason="SALib is not installed (the extra 'dev')")
    x = table(morris(AXES, trajectories=30, levels=4, seed=5))
    levels = morris_levels(NAMES, trajectories=30, levels=4, seed=5)
    y = ishigami(x)

    theirs = salib.analyze(PROBLEM, x, y, num_levels=4)
    ours = screening_of(elementary_effects(levels, y, of=4))

    for word in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(getattr(ours, word), np.asarray(theirs[word]), rtol=1e-9, atol=1e-12)


def test_indices_are_those_of_salib() -> None:
    salib = pytest.importorskip("SALib.analyze.sobol", reason="SALib is not installed (the extra 'dev')")
    y = ishigami(table(sobol_for_indices(AXES, runs=512, seed=5)))

    theirs = salib.analyze(PROBLEM, y, calc_second_order=False, seed=1)
    ours = sobol_indices(y, inputs=3)

    np.testing.assert_allclose(ours.first, theirs["S1"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(ours.total, theirs["ST"], rtol=0, atol=1e-10)
    # Their intervals are bootstrapped, with a hundred resamples: right to a quarter or so.
    half = (ours.total_high - ours.total_low) / 2
    np.testing.assert_allclose(half, theirs["ST_conf"], rtol=0.5)


def test_indices_come_to_the_known_ones() -> None:
    y = ishigami(table(sobol_for_indices(AXES, runs=4096, seed=5)))
    found = sobol_indices(y, inputs=3)

    # Analytic: Sobol' & Levitan (1999). A Sobol' sequence of 4,096 is within a thousandth or two.
    np.testing.assert_allclose(found.first, [0.3139, 0.4424, 0.0], atol=0.005)
    np.testing.assert_allclose(found.total, [0.5576, 0.4424, 0.2437], atol=0.005)


def test_intervals_of_indices_hold_the_truth() -> None:
    """Nineteen in twenty do, or more: a Sobol' sequence is evener than chance."""
    held = []
    for seed in range(40):
        found = sobol_indices(ishigami(table(sobol_for_indices(AXES, runs=128, seed=seed))), inputs=3)
        truth = np.array([0.5576, 0.4424, 0.2437])
        held.append((found.total_low < truth) & (truth < found.total_high))

    assert np.mean(held) > 0.85


def test_base_points_are_those_of_the_plain_design() -> None:
    plain = table(sobol(AXES, runs=16, seed=5))
    made = table(sobol_for_indices(AXES, runs=16, seed=5)).reshape(16, 5, 3)

    assert np.array_equal(made[:, 0], plain)
    for moved in range(3):
        others = [place for place in range(3) if place != moved]
        assert np.array_equal(made[:, 1 + moved, others], made[:, 0, others])
        assert np.array_equal(made[:, 1 + moved, moved], made[:, 4, moved])


def test_more_base_points_leave_the_first_as_they_are() -> None:
    few, many = (table(sobol_for_indices(AXES, runs=runs, seed=5)) for runs in (8, 32))

    assert np.array_equal(many[: len(few)], few)


def test_an_output_that_never_changes_has_no_index() -> None:
    found = sobol_indices(np.ones(5 * 8), inputs=3)

    assert np.isnan(found.first).all()
