"""A calibration in words: how far off each figure is, before and after, and what the figures cannot tell."""

from collections.abc import Iterator

from simulator.analysis.calibration.asked import Calibrated
from simulator.analysis.calibration.written import settings_of_fit
from simulator.definition.calibration import A_YEAR
from simulator.reports.numbers import count_words, listed, per_cent, plain
from simulator.reports.titles import clean

AT_THE_END = 2.0


def calibration_text(found: Calibrated) -> str:
    """Say errors by column, fitted values and warnings, and at the end what came of it, in short."""
    title = clean(found.plan.experiment.title or "Calibration")
    held = len(found.months) - found.plan.fitted_months
    lines = [
        f"{title}: {count_words(found.plan.fitted_months, 'month')} fitted, {held} held back, "
        f"{count_words(found.fit.runs, 'run')}.",
        *(f"  {line}" for line in error_lines(found)),
        "Fitted values, with 80% intervals after the figures:",
        *(f"  {path} = {value}" for path, value in settings_of_fit(found)),
        *(f"Note: {one}" for one in note_words(found)),
        f"In short: {short_words(found)}",
    ]
    return "\n".join(lines)


def short_words(found: Calibrated) -> str:
    """Say in a line how much nearer the fit comes, and how far off the months held back then are."""
    fit = found.fit
    values, ends = count_words(len(fit.z), "value"), (plain(fit.cost_before), plain(fit.cost))
    misfit = f"{values} fitted, misfit from {ends[0]} to {ends[1]}."
    off = [
        f"{column} by {per_cent(apart.mape)} ({per_cent(unfitted.mape)} before fitting)"
        for place, column in enumerate(found.plan.columns)
        for apart, unfitted in [
            [found.off(values, place, held_back=True) for values in (found.after, found.before)]
        ]
        if apart.months
    ]
    return f"{misfit} Off in the months held back: {'; '.join(off)}." if off else misfit


def error_lines(found: Calibrated) -> Iterator[str]:
    """Say of each column how far off the model is in both parts."""
    for place, column in enumerate(found.plan.columns):
        fitted = found.off(found.after, place, held_back=False)
        apart, before = (found.off(values, place, held_back=True) for values in (found.after, found.before))
        said = f"{column}: off by {per_cent(fitted.mape)} where fitted"
        if not apart.months:
            yield f"{said}; no figure in the months held back."
            continue
        yield (
            f"{said}, by {per_cent(apart.mape)} held back ({count_words(apart.months, 'month')}, bias "
            f"{per_cent(apart.bias, signed=True)}; {per_cent(before.mape)} before fitting)."
        )
        if found.people is not None:
            people = found.off(found.people, place, held_back=True)
            yield (
                f"{column}: by people ({count_words(found.replications, 'replication')}) off by "
                f"{per_cent(people.mape)} held back, bias {per_cent(people.bias, signed=True)}."
            )


def note_words(found: Calibrated) -> Iterator[str]:
    """Warn of what the figures cannot tell, and of what the fit could not reach."""
    fit, names = found.fit, found.plan.fitting.said
    for together in fit.together:
        moved = [names[place] for place in together]
        if len(moved) > 1:
            yield (
                f"The figures do not tell {listed(moved)} apart: moved together in one way they leave every "
                "figure as it is. What each comes to is its prior's doing."
            )
    if uninformed := [names[place] for place in fit.uninformed]:
        yield (
            f"Hardly informed by the figures (the variance falls by less than half): {listed(uninformed)}."
        )
    if far := [names[place] for place, one in enumerate(fit.z) if abs(one) > AT_THE_END]:
        yield (
            f"Far out in its own interval (beyond its 2nd or 98th centile): {listed(far)}. Something else in "
            "the model may be wrong, and this value make up for it."
        )
    if not fit.converged:
        yield "The fit stopped before it settled; what is written is the best that was seen."
    if left_out := found.plan.left_out:
        yield f"{count_words(left_out, 'month')} of the file lie outside the run, and were left out."
    if len(found.months) - found.plan.fitted_months < A_YEAR:
        yield "Fewer than twelve months are held back: seasons are in the error."
