"""What a design over stocks says on the terminal: how far each measure goes, and what drives it most."""

from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.reports.numbers import count_words
from simulator.reports.stock_sweep.driven import driven_words
from simulator.reports.stock_sweep.words import between_words, measure_words, note_words


def stock_sweep_text(found: StockSweep) -> str:
    """Say how much was run, then a line a measure, with what drives it most where the design says so."""
    lines = [f"{found.manifest.title}: {count_words(len(found.plan.points), 'point')}."]
    for place, one in enumerate(found.plan.kept):
        lines.append(f"  {measure_words(found, one)}: {between_words(found, place)}")
        if said := driven_words(found, place):
            lines.append(f"    {said}")
    lines += [f"Note: {note_words(note)}" for note in found.manifest.notes]
    return "\n".join(lines)
