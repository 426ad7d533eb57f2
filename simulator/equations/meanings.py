"""What each function gives for numbers: plain arithmetic that Python and the compiler of the engine both run.

The same operations in the same order, so that both give the same bits.
"""

import math
from collections.abc import Callable, Mapping


def exp(x: float) -> float:
    """Give e to the power of x."""
    return math.exp(x)


def ln(x: float) -> float:
    """Give the natural logarithm."""
    return math.log(x)


def log10(x: float) -> float:
    """Give the logarithm to base 10."""
    return math.log10(x)


def sqrt(x: float) -> float:
    """Give the square root."""
    return math.sqrt(x)


def sin(x: float) -> float:
    """Give the sine."""
    return math.sin(x)


def cos(x: float) -> float:
    """Give the cosine."""
    return math.cos(x)


def tan(x: float) -> float:
    """Give the tangent."""
    return math.tan(x)


def arcsin(x: float) -> float:
    """Give the angle whose sine is x."""
    return math.asin(x)


def arccos(x: float) -> float:
    """Give the angle whose cosine is x."""
    return math.acos(x)


def arctan(x: float) -> float:
    """Give the angle whose tangent is x."""
    return math.atan(x)


def sinh(x: float) -> float:
    """Give the hyperbolic sine."""
    return math.sinh(x)


def cosh(x: float) -> float:
    """Give the hyperbolic cosine."""
    return math.cosh(x)


def tanh(x: float) -> float:
    """Give the hyperbolic tangent."""
    return math.tanh(x)


def power(a: float, b: float) -> float:
    """Give a to the power of b."""
    return math.pow(a, b)


def absolute(x: float) -> float:
    """Give x without its sign."""
    return abs(x)


def whole(x: float) -> float:
    """Give the largest whole number not above x."""
    return float(math.floor(x))


def rounded(x: float) -> float:
    """Give the nearest whole number, halves up."""
    return float(math.floor(x + 0.5))


def modulo(a: float, b: float) -> float:
    """Give what is left of a when whole b's are taken away."""
    return a - b * float(math.floor(a / b))


def least(a: float, b: float) -> float:
    """Give the smaller number."""
    return a if a < b else b


def greatest(a: float, b: float) -> float:
    """Give the larger number."""
    return a if a > b else b


MEANINGS: Mapping[str, Callable[..., float]] = {
    "exp": exp,
    "ln": ln,
    "log10": log10,
    "sqrt": sqrt,
    "sin": sin,
    "cos": cos,
    "tan": tan,
    "arcsin": arcsin,
    "arccos": arccos,
    "arctan": arctan,
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "^": power,
    "abs": absolute,
    "int": whole,
    "round": rounded,
    "modulo": modulo,
    "min": least,
    "max": greatest,
}

BEYOND = ("exp", "log", "log10", "sqrt", "arcsin", "arccos", "sinh", "cosh", "power", "floor")
IN_NUMPY = {"ln": "log", "^": "power", "int": "floor"}


def value_of(function: str, *numbers: float) -> float:
    """Give what a function means for some numbers.

    Where Python would raise, what floating point gives instead: an infinity or not a number, which no library
    rounds differently.
    """
    try:
        return MEANINGS[function](*numbers)
    except (ValueError, OverflowError, ZeroDivisionError):
        return _beyond(IN_NUMPY.get(function, function), numbers)


def _beyond(function: str, numbers: tuple[float, ...]) -> float:
    import numpy as np

    with np.errstate(all="ignore"):
        if function in BEYOND:
            return float(getattr(np, function)(*numbers))
        if function == "round":
            return float(np.floor(numbers[0] + 0.5))
        if function == "modulo":
            a, b = (np.float64(one) for one in numbers)
            return float(a - b * np.floor(a / b))
    return math.nan
