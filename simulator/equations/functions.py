"""The functions of the language: what each means, how many arguments it takes, what XMILE calls it.

Nothing else may be called. The meanings are those of XMILE 1.0 (OASIS 2015, §3.5); where it is silent, those
of its best known programs, and written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

MOST_STAGES = 100


class Group(Enum):
    """What a function needs besides its arguments."""

    PLAIN = "nothing"
    TIME = "the time"
    STATE = "what has been"
    ARRAY = "all elements of an array"
    LOOKUP = "a lookup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function: its name, its XMILE name where that differs, its arguments and what it gives."""

    name: str
    group: Group
    arguments: str
    gives: str
    xmile: str = ""

    @property
    def most(self) -> int:
        """Count the arguments it may have; −1 where there is no limit."""
        words = self.arguments.replace("[", "").replace("]", "").split()
        return -1 if words and words[-1] == "…" else len(words)

    @property
    def least(self) -> int:
        """Count the arguments it must have."""
        return len(self.arguments.partition("[")[0].replace("…", "").split())


_PLAIN = [
    ("abs", "x", "x without its sign"),
    ("exp", "x", "e to the power of x"),
    ("ln", "x", "the natural logarithm"),
    ("log10", "x", "the logarithm to base 10"),
    ("sqrt", "x", "the square root"),
    ("sin", "x", "the sine of x radians"),
    ("cos", "x", "the cosine of x radians"),
    ("tan", "x", "the tangent of x radians"),
    ("arcsin", "x", "the angle whose sine is x"),
    ("arccos", "x", "the angle whose cosine is x"),
    ("arctan", "x", "the angle whose tangent is x"),
    ("sinh", "x", "the hyperbolic sine"),
    ("cosh", "x", "the hyperbolic cosine"),
    ("tanh", "x", "the hyperbolic tangent"),
    ("int", "x", "the largest whole number not above x"),
    ("round", "x", "the nearest whole number, halves up"),
    ("modulo", "a b", "a − b × int(a ÷ b); also a mod b"),
    ("safediv", "a b [other]", "a ÷ b, or other (0) where b is 0"),
]
_TIMED = [
    ("step", "height start", "0 before start, then height"),
    ("ramp", "slope start [end]", "0 before start, then slope × the time since, constant from end on"),
    ("pulse", "amount first [every]", "amount ÷ dt for one step at first, and again every so long"),
]
_STATED = [
    ("delay", "x time [before]", "x as it was that time ago; before that, before (x at the start)"),
    ("delay1", "x time [before]", "what comes out of one stage of that mean time, x going in"),
    ("delay3", "x time [before]", "what comes out of three stages of that mean time in all"),
    ("delayn", "x time stages [before]", "what comes out of so many stages of that mean time in all"),
    ("smth1", "x time [before]", "x smoothed exponentially over that time"),
    ("smth3", "x time [before]", "x smoothed in three stages over that time in all"),
    ("smthn", "x time stages [before]", "x smoothed in so many stages over that time in all"),
    ("trend", "x time [before]", "the relative growth of x a unit of time, x smoothed over that time"),
    ("forcst", "x time ahead [before]", "x carried on along its trend, so far ahead"),
    ("previous", "x [before]", "x one step ago; before that, before (x at the start)"),
    ("init", "x", "x at the start"),
]
_ARRAYS = [
    ("sum", "x", "the sum over all elements"),
    ("mean", "x", "the mean over all elements"),
    ("prod", "x", "the product over all elements"),
    ("size", "x", "how many elements there are"),
    ("min", "x …", "the least of several numbers, or of all elements of one array"),
    ("max", "x …", "the greatest of several numbers, or of all elements of one array"),
]


def _all() -> tuple[Function, ...]:
    groups = ((Group.PLAIN, _PLAIN), (Group.TIME, _TIMED), (Group.STATE, _STATED), (Group.ARRAY, _ARRAYS))
    made = [
        Function(name=name, group=group, arguments=arguments, gives=gives, xmile=name.upper())
        for group, rows in groups
        for name, arguments, gives in rows
    ]
    said = "the table's value at x"
    lookup = Function(name="lookup", group=Group.LOOKUP, arguments="table x", gives=said, xmile="LOOKUP")
    return (*made, lookup)


FUNCTIONS: Mapping[str, Function] = {one.name: one for one in _all()}

# Other names for the same: ours as the issue writes them, and those of files other programs have written.
SAME_FUNCTION: Mapping[str, str] = {
    "smooth": "smth1",
    "smooth1": "smth1",
    "smooth3": "smth3",
    "smoothn": "smthn",
    "delay_fixed": "delay",
    "forecast": "forcst",
    "initial": "init",
    "mod": "modulo",
    "zidz": "safediv",
    "xidz": "safediv",
    "product": "prod",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "integer": "int",
    "floor": "int",
}

# What stands without brackets, or with empty ones.
TIME_NAMES: Mapping[str, str] = {
    "time": "time",
    "dt": "dt",
    "time_step": "dt",
    "starttime": "starttime",
    "initial_time": "starttime",
    "stoptime": "stoptime",
    "final_time": "stoptime",
}
FIXED_NAMES: Mapping[str, float] = {"pi": 3.141592653589793, "inf": float("inf")}

BY_CHANCE = "draws by chance; stocks and flows here run without it"
REFUSED: Mapping[str, str] = {
    **dict.fromkeys(
        ("random", "normal", "poisson", "exprnd", "lognormal", "uniform", "beta", "gamma", "binomial"),
        BY_CHANCE,
    ),
    "log": "may mean two things; write ln(x) or log10(x)",
    "history": "is not supported; use delay(x, time)",
    "npv": "is not supported; keep a stock of what is discounted",
    "rank": "is not supported",
    "stddev": "is not supported",
    "lookupinv": "is not supported; write the table the other way round",
    "self": "is not supported",
}


def meant(name: str) -> str:
    """Give the one name of a function that has several."""
    return SAME_FUNCTION.get(name, name)
