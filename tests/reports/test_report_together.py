"""Scenarios judged at once: what is told alone and not among all is said in words."""

from simulator.analysis.intervals import Estimate
from simulator.reports.together import Judged, judged_section
from simulator.reports.wording import Finding


def judged(low: float, high: float, *, among: tuple[float, float], p: float) -> Judged:
    plain = Estimate(mean=(low + high) / 2, sd=1.0, low=low, high=high, low_80=None, high_80=None, n=9)
    finding = Finding(title="Attendances", unit="a day", baseline=None, difference=plain)
    return Judged(of="Plans", finding=finding, low=among[0], high=among[1], p=p)


def test_what_is_lost_among_all_is_counted_and_named() -> None:
    rows = [
        judged(1.0, 3.0, among=(0.5, 3.5), p=0.001),
        judged(0.1, 3.9, among=(-0.5, 4.5), p=0.08),
        judged(-1.0, 1.0, among=(-2.0, 2.0), p=1.0),
    ]

    section = judged_section(rows, compared=3, of="Scenario")

    assert (
        "two differences in what decides can be told from chance one by one; one of them cannot be when"
        in (section.blocks[1].text)
    )
    verdicts = [row[-1] for group in section.blocks[2].groups for row in group.rows]
    assert verdicts == ["told", "told alone, not among all", "not told, even alone"]


def test_one_comparison_needs_no_judging_at_once() -> None:
    assert judged_section([judged(1.0, 3.0, among=(1.0, 3.0), p=0.001)], compared=1, of="Scenario") is None
