"""Tables of what is bought together: by buyer, and the price curve."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.joint_buying import joint_buyers, price_curve
from simulator.analysis.measure_tables import SCENARIO
from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, table_of

COST = Column(name="cost", kind=TEXT, says="The cost line, by its id in the model.")
NUMBERS = {
    "bought": "How many it buys.",
    "price_alone_pounds": "The price of one for a year, alone.",
    "price_together_pounds": "The price of one for a year, together, at full strength.",
    "saving_pounds_a_year": "What it saves a year, at full strength.",
    "negotiation_pounds": "What it pays once to agree.",
}


def joint_tables(comparison: Comparison) -> tuple[Table, ...]:
    """Make the tables where something is bought together in a scenario; none elsewhere."""
    found = tuple(joint_buyers(comparison.results))
    if not found:
        return ()
    fields = ("bought", "price_alone", "price_together", "saving", "negotiation")
    by_buyer = table_of(
        "joint_buyers",
        "What buying together comes to for each buyer, those outside the place too: by the file alone.",
        columns=(
            SCENARIO,
            COST,
            Column(name="buyer", kind=TEXT, says="The organisation, or the other buyer, by its id."),
            *(Column(name=name, kind=REAL, says=says) for name, says in NUMBERS.items()),
        ),
        values={
            "scenario": [one.scenario for one in found],
            "cost": [one.cost for one in found],
            "buyer": [one.name for one in found],
            **{
                name: [getattr(one, field) for one in found]
                for name, field in zip(NUMBERS, fields, strict=True)
            },
        },
    )
    curve = tuple(price_curve(comparison.results))
    by_number = table_of(
        "price_curve",
        "The price for the first buyer of the place as others join, the largest first.",
        columns=(
            SCENARIO,
            COST,
            Column(name="buyers", kind=WHOLE, says="How many buy together."),
            Column(name="volume", kind=REAL, says="How many they buy."),
            Column(name="price_pounds", kind=REAL, says="The price of one for a year."),
        ),
        values={
            "scenario": [one.scenario for one in curve],
            "cost": [one.cost for one in curve],
            "buyers": [one.buyers for one in curve],
            "volume": [one.volume for one in curve],
            "price_pounds": [one.price for one in curve],
        },
    )
    return by_buyer, by_number
