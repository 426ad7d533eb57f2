"""Defects where people and stocks meet."""

from plant import Plant

OF_EXCHANGE = (
    Plant(
        room="kernels/meters.py",
        defect="person-seconds of those present now are left out",
        old="total += inside * world[NOW]",
        new="total += 0",
        found_by="short 1 with stocks",
    ),
    Plant(
        room="kernels/meters.py",
        defect="the piece of a resource that ends now is not added up",
        old="meter(world, resources[number])",
        new="pass",
        found_by="short 2 with stocks",
    ),
    Plant(
        room="kernels/meters.py",
        defect="a driven strength is felt only from the next week on",
        old="if world[scheme + IS_RUNNING] != 0:",
        new="if world[scheme + IS_RUNNING] == 2:",
        found_by="tight 2 with stocks",
    ),
    Plant(
        room="kernels/feeds.py",
        defect="a head that is taken is still there for the next",
        old="world[pool + POOL_HEADS] -= 1",
        new="pass",
        found_by="short 5 with stocks",
    ),
    Plant(
        room="kernels/care.py",
        defect="those who die return to a stock",
        old="world[case + RETURNS_TO] != NONE and not by_death",
        new="world[case + RETURNS_TO] != NONE",
        found_by="tight 5 with stocks",
    ),
    Plant(
        room="kernels/starting.py",
        defect="a driven duration is drawn as if nothing drove it",
        old="value = value * reals[world[act + DURATION_TIMES]]",
        new="value = value * 1.0",
        found_by="short 0 with stocks",
    ),
    Plant(
        room="people/exchange_side.py",
        defect="what was added up before a period closed is forgotten",
        old="self._carried = self.read()[1]",
        new="pass",
        found_by="short 1 with stocks",
    ),
    Plant(
        room="people/calendar_events.py",
        defect="stocks and people meet after rings have moved",
        old="EXCHANGE, RINGS = CLOSE + 1, CLOSE + 2",
        new="RINGS, EXCHANGE = CLOSE + 1, CLOSE + 2",
        found_by="its rule",
        rule="test_stocks_and_people_meet_before_rings_move",
    ),
)
