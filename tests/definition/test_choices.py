"""What a sweep chooses and confirms is checked before anything is run."""

from pathlib import Path

import pytest
from experiment.sweep.few_servers import SIZES, few_servers

from simulator.errors import DefinitionError

SELECT = '[select]\nbest = "waiting"\nleast = true\n'
CONFIRM = "[confirm]\nreplications = 2\n"
STOCKS = "engine=stocks"


@pytest.mark.parametrize(
    ("settings", "more", "said"),
    [
        (["replications=10"], SELECT.replace("least = true", ""), "select: 'least' is missing."),
        (["replications=10"], SELECT + "lest = 1\n", "select.lest: unknown key; allowed are best, least"),
        (["replications=10"], SELECT + "probability = 0.4\n", "'0.4' is no probability to choose with"),
        (["replications=10"], SELECT + "within = 0\n", "select.within: '0' is not allowed"),
        (["replications=10"], SELECT + 'among = ["quick"]\n', "no scenario is called 'quick'. Did you mean"),
        (["replications=10"], SELECT + 'of = "difference"\namong = ["baseline"]\n', "does not differ"),
        (["replications=9"], SELECT, "replications: 9 are too few to choose by; write 10 or more"),
        (["replications=11"], SELECT + "at_most = 8\n", "at_most: 8 are fewer than the 11 replications"),
        (["replications=10", "draws=2"], SELECT, "chooses over replications, not over draws"),
        ([], CONFIRM, 'confirm: runs by people what was swept as stocks; write engine = "stocks"'),
        ([STOCKS], "[confirm]\neven = 2\n", "confirm: 'replications' is missing"),
        ([STOCKS], CONFIRM + "best = 1\n", "confirm.best: does not say best by what; write [select] too"),
        ([STOCKS], CONFIRM + "even = 1\npoints = [1]\n", "says even and points; choose points in one way"),
        ([STOCKS], CONFIRM + "points = [0]\n", "confirm.points.0: '0' is not allowed"),
        ([STOCKS], CONFIRM + "draws = 3\n", "confirm.draws: 3 are more than there are: nothing is drawn"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_refused(
    tmp_path: Path, settings: list[str], more: str, said: str
) -> None:
    with pytest.raises(DefinitionError) as error:
        few_servers(tmp_path, *settings, more=SIZES + more)

    assert said in str(error.value)
