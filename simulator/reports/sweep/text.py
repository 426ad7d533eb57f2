"""What a sweep says on the terminal: the answers of its page, in plain text."""

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.reports.numbers import count_words
from simulator.reports.sweep.answer import luck_words, sweep_answers
from simulator.reports.sweep.best import best_sentences
from simulator.reports.sweep.cautions import not_measured, sweep_warnings
from simulator.reports.sweep.lenses import lens_sentences
from simulator.reports.sweep.words import replications_words


def sweep_text(found: SweepEstimates) -> str:
    """Say how much was run, then answer as the page does: a line a scenario, one a measure."""
    plan = found.results.plan
    counts = [count_words(len(plan.points), "point"), replications_words(plan)]
    if plan.experiment.draws:
        counts.insert(1, count_words(plan.experiment.draws, "draw"))
    lines = [f"{found.results.manifest.title}: {', '.join(counts)}."]
    for answer in sweep_answers(found):
        lines.append(f"{answer.title}: {answer.text}")
        lines += [f"  {one.lead} {one.text}" for one in answer.items]
    if luck := luck_words(found):
        lines.append(luck)
    lines += [*best_sentences(found), *lens_sentences(found)]
    lines += [f"{one.word}: {one.text}" for one in sweep_warnings(found)]
    lines += [f"Note: {note}" for note in (*(one.text for one in not_measured(found)), *found.results.notes)]
    return "\n".join(lines)
