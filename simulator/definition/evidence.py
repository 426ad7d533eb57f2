"""Evidence: what an effect or a number rests on."""

from simulator.definition.effects import Amount, Grade
from simulator.definition.noun import Noun
from simulator.definition.words import Text


class Evidence(Noun):
    """One finding with its source; interventions name it by id."""

    source: Text | None = None
    found_at: Text | None = None
    year: int | None = None
    population: Text | None = None
    value: Amount | None = None
    grade: Grade | None = None
