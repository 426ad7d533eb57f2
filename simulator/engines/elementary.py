"""Logarithm and normal scores from + − × ÷, square root and the bits of a number alone.

The same on every machine, compiled or not: no library's last bit matters.
"""

import numpy as np

from simulator.compiler.program import Floats
from simulator.engines.compiled import kernel

MANTISSA = np.int64(0x000FFFFFFFFFFFFF)
HALF = np.int64(0x3FE0000000000000)
FIFTY_TWO = np.int64(52)
BIAS = np.int64(1022)
ROOT_HALF = 0.7071067811865476
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10

CENTRE, NEAR_TAIL = 0.425, 5.0


@kernel
def logarithm(x: float) -> float:
    """Return the natural logarithm of a positive normal number, within one unit in the last place.

    The argument reduction and polynomial of fdlibm's ``e_log.c`` (Sun Microsystems 1993).
    """
    pattern = np.float64(x).view(np.int64)
    part = np.int64((pattern & MANTISSA) | HALF).view(np.float64)
    is_low = part < ROOT_HALF
    k = np.float64(np.int32((pattern >> FIFTY_TWO) - BIAS)) - (1.0 if is_low else 0.0)
    f = part * (2.0 if is_low else 1.0) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half_square = 0.5 * f * f
    return k * LN2_HIGH - ((half_square - (s * (half_square + even + odd) + k * LN2_LOW)) - f)


@kernel
def take_logarithms(values: Floats) -> None:
    """Turn positive normal numbers into their natural logarithms."""
    for place in range(values.shape[0]):
        values[place] = logarithm(values[place])


def normal_scores(u: Floats) -> Floats:
    """Give the standard normal quantiles of numbers in (0, 1): algorithm AS 241, PPND16 (Wichura 1988)."""
    scores = np.empty(len(u))
    central_scores(u, scores)
    out = np.flatnonzero(np.abs(u - 0.5) > CENTRE)
    low = u[out] < 0.5
    r = np.where(low, u[out], 1.0 - u[out])
    take_logarithms(r)
    r = np.sqrt(-r)
    tails = near_ratio(r - 1.6)
    far = r > NEAR_TAIL
    tails[far] = far_ratio(r[far] - NEAR_TAIL)
    scores[out] = np.where(low, -tails, tails)
    return scores


@kernel
def central_scores(u: Floats, scores: Floats) -> None:
    """Write the quantiles as the centre has them, right where ``u`` is no further than it from a half."""
    for place in range(u.shape[0]):
        q = u[place] - 0.5
        scores[place] = q * central_ratio(CENTRE * CENTRE - q * q)


@kernel
def central_ratio(r: float) -> float:
    """Return the ratio of polynomials of AS 241 for the centre."""
    above = 3.3430575583588128105e4 + r * 2.5090809287301226727e3
    above = 6.7265770927008700853e4 + r * above
    above = 4.5921953931549871457e4 + r * above
    above = 1.3731693765509461125e4 + r * above
    above = 1.9715909503065514427e3 + r * above
    above = 1.3314166789178437745e2 + r * above
    above = 3.3871328727963666080e0 + r * above
    below = 2.8729085735721942674e4 + r * 5.2264952788528545610e3
    below = 3.9307895800092710610e4 + r * below
    below = 2.1213794301586595867e4 + r * below
    below = 5.3941960214247511077e3 + r * below
    below = 6.8718700749205790830e2 + r * below
    below = 4.2313330701600911252e1 + r * below
    return above / (1.0 + r * below)


def near_ratio(r: Floats) -> Floats:
    """Give the ratio of polynomials of AS 241 for the near tail."""
    above = 2.27238449892691845833e-2 + r * 7.74545014278341407640e-4
    above = 2.41780725177450611770e-1 + r * above
    above = 1.27045825245236838258e0 + r * above
    above = 3.64784832476320460504e0 + r * above
    above = 5.76949722146069140550e0 + r * above
    above = 4.63033784615654529590e0 + r * above
    above = 1.42343711074968357734e0 + r * above
    below = 5.47593808499534494600e-4 + r * 1.05075007164441684324e-9
    below = 1.51986665636164571966e-2 + r * below
    below = 1.48103976427480074590e-1 + r * below
    below = 6.89767334985100004550e-1 + r * below
    below = 1.67638483018380384940e0 + r * below
    below = 2.05319162663775882187e0 + r * below
    return above / (1.0 + r * below)


def far_ratio(r: Floats) -> Floats:
    """Give the ratio of polynomials of AS 241 for the far tail."""
    above = 2.71155556874348757815e-5 + r * 2.01033439929228813265e-7
    above = 1.24266094738807843860e-3 + r * above
    above = 2.65321895265761230930e-2 + r * above
    above = 2.96560571828504891230e-1 + r * above
    above = 1.78482653991729133580e0 + r * above
    above = 5.46378491116411436990e0 + r * above
    above = 6.65790464350110377720e0 + r * above
    below = 1.42151175831644588870e-7 + r * 2.04426310338993978564e-15
    below = 1.84631831751005468180e-5 + r * below
    below = 7.86869131145613259100e-4 + r * below
    below = 1.48753612908506148525e-2 + r * below
    below = 1.36929880922735805310e-1 + r * below
    below = 5.99832206555887937690e-1 + r * below
    return above / (1.0 + r * below)
