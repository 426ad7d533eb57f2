"""The tables of a model that equations read, and what they are called."""

from simulator.definition.model import Model
from simulator.equations.lookups import Lookup, Outside
from simulator.equations.system import Worded


def lookups_of(model: Model) -> dict[str, Lookup]:
    """Give the tables by name; one that was wrong may be absent."""
    return {
        name: Lookup(
            xs=tuple(x for x, _ in table.points),
            ys=tuple(y for _, y in table.points),
            outside=Outside(table.__dict__.get("outside", Outside.HOLD.value)),
        )
        for name, table in model.lookups.items()
        if "points" in table.__dict__
    }


def words_of_lookups(model: Model) -> dict[str, Worded]:
    """Give what the tables are called, and what is noted of them."""
    return {
        name: Worded(name=name, title=table.title, note=table.note) for name, table in model.lookups.items()
    }
