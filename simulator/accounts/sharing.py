"""Gains and losses shared: pooled and divided, or made good; money in, money out, nought in all."""

import numpy as np

from simulator.accounts.books import Floats


def moved(received: Floats) -> Floats:
    """Turn what each is to receive in all (…, O; below nought: to pay) into payments (…, payer, payee).

    Those who pay do so to all who receive, in proportion. The sum of ``received`` must be nought.
    """
    gets, gives = np.maximum(received, 0.0), np.maximum(-received, 0.0)
    total = gets.sum(axis=-1, keepdims=True)
    part = np.divide(gets, total, out=np.zeros_like(gets), where=total > 0)
    return np.asarray(gives[..., :, None] * part[..., None, :])


def pooled(put_in: Floats, *, weights: Floats) -> Floats:
    """Pool gains and losses (Y, O) of those with a weight, and divide the sum by weight (Y, payer, payee)."""
    mine = np.where(weights > 0, put_in, 0.0)
    return moved(weights * mine.sum(axis=-1, keepdims=True) - mine)


def guaranteed(change: Floats, *, floor: Floats, who: Floats) -> Floats:
    """Let those who gain make good what others lose beyond a floor (Y, payer, payee).

    ``change`` (Y, O) is what each gains; ``floor`` (Y, O) the loss that each bears itself. Both are counted
    from the first year: at each year's end all that was gained and lost so far is made good, less what was
    paid before, so a later gain meets an earlier loss, and a gain that goes again is paid back. Those who
    gain pay in proportion to their gains so far, and never more than they gain.
    """
    mine, borne = (change * who).cumsum(axis=0), floor.cumsum(axis=0)
    gains, losses = np.maximum(mine, 0.0), np.maximum(-mine - borne, 0.0) * who
    asked, there = losses.sum(axis=-1, keepdims=True), gains.sum(axis=-1, keepdims=True)
    met = np.divide(np.minimum(asked, there), asked, out=np.zeros_like(asked), where=asked > 0)
    drawn = np.divide(np.minimum(asked, there), there, out=np.zeros_like(there), where=there > 0)
    so_far = losses * met - gains * drawn
    return moved(np.diff(so_far, axis=0, prepend=np.zeros_like(so_far[:1])))
