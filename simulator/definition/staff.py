"""Kinds of staff: what they are called, and how long one whole-time equivalent works in a year."""

from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.noun import Noun
from simulator.definition.quantities import Bounds, Parameter, number, parameter_reader
from simulator.units import SECONDS_A_YEAR, Dimension

# 37.5 hours in each of 52 weeks, less 22% for leave, sickness and study: the headroom that is usual on wards
# (CHPPD into nurses a bed, ``nurse_per_bed_default`` of the evidence).
HOURS_A_YEAR = Fraction("37.5") * 52 * Fraction("0.78")
SECONDS_AN_HOUR = 3600
WORKED = Bounds(dimension=Dimension.TIME, least=SECONDS_AN_HOUR, most=SECONDS_A_YEAR)
Worked = Annotated[
    Parameter,
    PlainValidator(parameter_reader(WORKED)),
    WithJsonSchema(
        {"type": ["string", "object"], "description": 'Time at work in a year, such as "1521 hours".'}
    ),
]


class StaffKind(Noun):
    """A kind of staff that ``staff`` of resources and ``staff_minutes`` of activities name.

    ``works_a_year`` is what one whole-time equivalent is at work, leave, sickness and study taken off.
    """

    works_a_year: Worked = number(HOURS_A_YEAR * SECONDS_AN_HOUR, Dimension.TIME)
