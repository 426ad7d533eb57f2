"""How far a calibrated model was off the months held back: in every report that uses it."""

from simulator.definition.fitted import Calibration
from simulator.reports.blocks import Block, Paragraph, simple_table
from simulator.reports.numbers import per_cent
from simulator.reports.titles import as_words, clean


def calibration_blocks(calibration: Calibration | None) -> tuple[Block, ...]:
    """Give a paragraph and a table; nothing where the model is not calibrated."""
    if calibration is None:
        return ()
    said = (
        f"Values of this model were fitted to monthly figures ({clean(calibration.of)}; "
        f"{clean(calibration.months)}). The table says how far the model was off in the months that it was "
        "fitted to, and in those held back: an error that a forecast with it may be expected to have, at "
        "the least."
    )
    rows = tuple(
        (
            as_words(column),
            per_cent(one.fitted),
            per_cent(one.error),
            per_cent(one.bias, signed=True),
            str(one.months),
            clean(one.measure),
        )
        for column, one in calibration.held_back.items()
    )
    table = simple_table(
        "How far the model is off the figures it was calibrated to",
        columns=("Figure", "Error where fitted", "Error held back", "Bias held back", "Months", "Measure"),
        rows=rows,
        texts=("Measure",),
    )
    return (Paragraph(text=said, lead="Calibrated."), table)
