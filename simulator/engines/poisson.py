"""Poisson numbers by inversion, from + − × ÷ alone: no library's last bit matters."""

import math

# Terms this small beside the largest change no sum that a uniform number of 53 bits can tell apart.
NEGLIGIBLE = 1e-30


def poisson_quantile(u: float, mean: float) -> int:
    """Return the least number whose cumulative chance is at least ``u`` in (0, 1).

    Terms are taken relative to the largest, that of ⌊mean⌋, by p(k + 1) = p(k) · mean ÷ (k + 1) both ways,
    so that no exponential is needed and none underflows. They are added from the nearer tail, small ones
    first. Work grows with the square root of the mean.
    """
    if mean <= 0.0:
        return 0
    first, terms = _terms(mean)
    total = math.fsum(terms)  # rounded once; a plain ``sum`` adds in another way from Python 3.12 on
    if u <= 0.5:
        return first + _place_where_sum_reaches(u * total, terms)
    return first + len(terms) - 1 - _place_where_sum_exceeds((1.0 - u) * total, terms[::-1])


def _terms(mean: float) -> tuple[int, list[float]]:
    """Return the least number that counts, and the terms from it on."""
    mode = int(mean)
    above, term, number = [1.0], 1.0, mode
    while term > NEGLIGIBLE:
        number += 1
        term = term * mean / number
        above.append(term)
    below, term, number = [], 1.0, mode
    while number > 0 and term > NEGLIGIBLE:
        term = term * number / mean
        number -= 1
        below.append(term)
    return number, below[::-1] + above


def _place_where_sum_reaches(wanted: float, terms: list[float]) -> int:
    """Return the first place at which the running sum is at least ``wanted``."""
    running = 0.0
    for place, term in enumerate(terms):
        running += term
        if running >= wanted:
            return place
    return len(terms) - 1


def _place_where_sum_exceeds(wanted: float, terms: list[float]) -> int:
    """Return the first place at which the running sum is above ``wanted``."""
    running = 0.0
    for place, term in enumerate(terms):
        running += term
        if running > wanted:
            return place
    return len(terms) - 1
