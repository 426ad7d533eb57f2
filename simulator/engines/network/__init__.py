"""The care network as stocks and flows, from the same program that the people engine runs."""

from simulator.engines.network.network import Network as Network
