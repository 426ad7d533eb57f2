"""What does the shipped place cost as stocks: laid out, and run over five years?

python benchmarks/stocks_place.py [--rounds 3] [--years 5] [--quick]
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from interleaved import asked

from simulator.compiler import Window, compile_model
from simulator.definition import load_model
from simulator.engines.network import Network

MODELS = Path(__file__).parents[1] / "models"
DAY = 86_400


def main(said: Sequence[str]) -> None:
    """Measure and print both."""
    parser = asked("What the shipped place costs as stocks.", rounds=3)
    parser.add_argument("--years", type=int, default=5)
    chosen = parser.parse_args(said)
    model = load_model(MODELS / ("small_place.toml" if chosen.quick else "place.toml"))
    weeks = 1 if chosen.quick else 52 * chosen.years
    window = Window(
        starts=model.starts, warm_up_seconds=0, horizon_seconds=weeks * 7 * DAY, period_seconds=28 * DAY
    )
    program = compile_model(model, window=window)
    Network(program).run()
    laid, ran = [], []
    for _ in range(chosen.rounds):
        begun = time.process_time()
        network = Network(program)
        middle = time.process_time()
        network.run()
        laid.append(middle - begun)
        ran.append(time.process_time() - middle)
    steps = len(network.laid.grid.kind)
    print(f"{weeks} weeks in {steps} steps, {network.laid.lanes.count} lanes, CPU seconds")
    print(f"laid out {median(laid):.2f}, run {median(ran):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
