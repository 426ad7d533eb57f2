"""XMILE files of other programs into systems of stocks and flows, and back."""

from simulator.xmile.reading import read_xmile
from simulator.xmile.writing import xmile_text

__all__ = ["read_xmile", "xmile_text"]
