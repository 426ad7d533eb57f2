"""Rates as they stand now, before any effect: those of the program, or what the stocks have made of them."""

from simulator.compiler.program import Program


class Rates:
    """Rates a year: ``need`` by need, segment and home, ``hazard`` by segment and target, ``joiners`` by
    segment, ``referral``; and what is multiplied: times drawn at each activity (``duration``,
    ``patience``), shares of routes by drive (``shares``)."""

    def __init__(self, program: Program) -> None:
        needs, people = program.needs, program.people
        times = needs.locality_times[:, people.home_locality]
        table = needs.rate[:, :, None] * times[:, None, :]
        self.need: list[list[list[float]]] = table.tolist()
        self.hazard: list[list[float]] = people.hazard.tolist()
        self.joiners: list[float] = people.joiners.tolist()
        self.referral: list[float] = program.referrals.rate.tolist()
        self.duration: list[float] = [1.0] * len(program.names.activities)
        self.patience: list[float] = [1.0] * len(program.names.activities)
        self.shares: dict[int, float] = {}
