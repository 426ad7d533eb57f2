"""XMILE files of other programs into systems of stocks and flows."""

from simulator.xmile.reading import read_xmile

__all__ = ["read_xmile"]
