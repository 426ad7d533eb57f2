"""A worker process that Ctrl-C reaches while Python reads it in."""

import signal

signal.raise_signal(signal.SIGINT)

from simulator.experiment.crew.member import main  # noqa: E402  # the signal comes before

if __name__ == "__main__":
    main()
