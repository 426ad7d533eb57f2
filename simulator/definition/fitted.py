"""What a model says of its own calibration: to what it was fitted, and how far off held-back months were."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema

from simulator.definition.noun import Part
from simulator.definition.positions import Position
from simulator.definition.quantities import Bounds, read_value
from simulator.definition.settings import Setting, settings_of
from simulator.definition.words import Id, Text
from simulator.units import Dimension

CALIBRATION = "calibration"
SET = "set"
_SHARE = Bounds(dimension=Dimension.NUMBER, most=1_000_000)
_EITHER_SIGN = Bounds(dimension=Dimension.NUMBER, least=None, most=1_000_000)
_MONTHS = Bounds(dimension=Dimension.NUMBER, most=1200, is_whole=True)

Share = Annotated[
    float,
    PlainValidator(lambda raw: raw if isinstance(raw, float) else float(read_value(raw, _SHARE))),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Bias = Annotated[
    float,
    PlainValidator(lambda raw: raw if isinstance(raw, float) else float(read_value(raw, _EITHER_SIGN))),
    WithJsonSchema({"type": "number"}),
]
Months = Annotated[
    int,
    PlainValidator(lambda raw: int(read_value(raw, _MONTHS))),
    WithJsonSchema({"type": "integer", "minimum": 0}),
]


class HeldBack(Part):
    """How far off the months were that a figure was not fitted to, as shares of the figure.

    ``error``: the mean of |model − figure| ÷ figure. ``bias``: of (model − figure) ÷ figure. ``fitted``: the
    error in the months that it was fitted to.
    """

    measure: Text
    error: Share
    bias: Bias
    months: Months
    fitted: Share


class Calibration(Part):
    """A calibration that the command wrote; its ``set`` is put into the model as it is read."""

    of: Text
    engine: Text
    months: Text
    note: Text | None = None
    held_back: dict[Id, HeldBack] = Field(default_factory=dict)
    set: dict[str, object] = Field(default_factory=dict)


def calibrated_settings(raw: Mapping[str, object], position: Position) -> tuple[Setting, ...]:
    """Give the settings that a calibration among a model's tables makes, if there is one that is a table."""
    calibration = raw.get(CALIBRATION)
    said = calibration.get(SET) if isinstance(calibration, Mapping) else None
    return settings_of(said, position) if isinstance(said, Mapping) else ()


def without_settings(raw: dict[str, object]) -> None:
    """Take away settings that have been made: read again, they would undo what was set since."""
    calibration = raw.get(CALIBRATION)
    if isinstance(calibration, dict) and isinstance(calibration.get(SET), Mapping):
        raw[CALIBRATION] = {word: one for word, one in calibration.items() if word != SET}
