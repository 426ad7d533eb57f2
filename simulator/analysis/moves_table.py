"""The table of where cases went instead, by scenario, intervention and way."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.measure_tables import SCENARIO, estimated_table
from simulator.analysis.table import TEXT, Column, Table

QUANTITIES = ("offered", "went")
COLUMNS = (
    SCENARIO,
    Column(name="intervention", kind=TEXT, says="What moved them."),
    Column(
        name="kind",
        kind=TEXT,
        says="diverted on their way; stepped_down: moved on before a stay was over; rerouted: sent onward "
        "by another route; need_started, referral_started: begun elsewhere.",
    ),
    Column(name="at", kind=TEXT, says="The activity where they were; or the need or referral that began."),
    Column(name="instead_of", kind=TEXT, says="Where they would have gone (diverted: or home), or stayed."),
    Column(name="to", kind=TEXT, says="Where they went."),
    Column(
        name="quantity",
        kind=TEXT,
        says="offered: meant to go; went: found a place there and then, where one is asked for.",
    ),
)


def moves_table(comparison: Comparison) -> Table | None:
    """Make the table; none where nobody was moved in any world."""
    rows = [(one, quantity) for one in comparison.went_elsewhere for quantity in QUANTITIES]
    if not rows:
        return None
    words = ("scenario", "intervention", "kind", "at", "instead_of", "to")
    return estimated_table(
        "moves",
        "Cases that went elsewhere than their own way led them, cases a year.",
        columns=COLUMNS,
        values={
            **{word: [getattr(one, word) for one, _ in rows] for word in words},
            "quantity": [quantity for _, quantity in rows],
        },
        found=[getattr(one, quantity) for one, quantity in rows],
    )
