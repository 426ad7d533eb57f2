"""A Jackson network in Ciw, run in whatever Python has Ciw: ``ciw_jackson.py HOURS SEED NETWORK``.

The network is JSON: ``arrivals`` and ``services`` an hour, ``servers``, ``routes``, by node. Prints CPU
seconds, services done and the mean wait in hours.
"""

import json
import sys
import time

import ciw


def main(hours: float, seed: int, said: str) -> None:
    """Run once."""
    nodes = json.loads(said)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate) for rate in nodes["arrivals"]],
        service_distributions=[ciw.dists.Exponential(rate) for rate in nodes["services"]],
        routing=nodes["routes"],
        number_of_servers=nodes["servers"],
    )
    ciw.seed(seed)
    begun = time.process_time()
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours)
    taken = time.process_time() - begun
    waits = [record.waiting_time for record in simulation.get_all_records()]
    print(taken, len(waits), sum(waits) / len(waits))


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
