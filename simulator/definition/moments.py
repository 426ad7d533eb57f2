"""Moments: a date, or a time from the end of warm-up."""

from datetime import date
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.noun import read_date
from simulator.definition.quantities import TIME, Parameter, parameter_reader


def read_moment(raw: object) -> Parameter | date:
    """Read when something starts or ends: a date, or a time from the end of warm-up."""
    if isinstance(raw, str | Parameter | dict):
        return parameter_reader(TIME)(raw)
    return read_date(raw)


Moment = Annotated[
    Parameter | date,
    PlainValidator(read_moment),
    WithJsonSchema(
        {"description": "A date, or a time from the end of warm-up.", "type": ["string", "object"]}
    ),
]
