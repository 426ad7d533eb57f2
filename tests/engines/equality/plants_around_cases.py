"""Plants in the kernel rooms around the cases: agenda, chance, calendar, switches, records."""

from plant import Plant

AROUND_CASES: tuple[Plant, ...] = (
    Plant(
        room="kernels/agenda.py",
        defect="of one second, what is put there rises past equals whatever its number",
        old="agenda[2 * above + 1] <= tie",
        new="agenda[2 * above + 1] >= tie",
    ),
    Plant(
        room="kernels/agenda.py",
        defect="of one second, the last number is brought up first",
        old="agenda[2 * one + 1] < agenda[2 * other + 1]",
        new="agenda[2 * one + 1] > agenda[2 * other + 1]",
    ),
    Plant(
        room="kernels/calendar.py",
        defect="a count passes over the first activity counted",
        old="range(0, world[spans + COUNT], 2)",
        new="range(2, world[spans + COUNT], 2)",
    ),
    Plant(
        room="kernels/calendar.py",
        defect="the hours of the week read places in use for places kept",
        old="world[sums + 1] += world[resource + KEPT]",
        new="world[sums + 1] += world[resource + USED]",
    ),
    Plant(
        room="kernels/chance.py",
        defect="times taken in order begin with the second",
        old="(number - 1) % size",
        new="number % size",
    ),
    Plant(
        room="kernels/chance.py",
        defect="a share is read as what has been shared out up to it",
        old="return share - before",
        new="return share",
    ),
    Plant(
        room="kernels/clocks.py",
        defect="a clock that runs just as long as its target is late",
        old="if seconds <= world[target",
        new="if seconds < world[target",
    ),
    Plant(
        room="kernels/clocks.py",
        defect="a clock that runs is started again",
        old="if world[place] == NOT_RUNNING:\n        world[place] = now",
        new="if world[place] == NOT_RUNNING or world[place] < now:\n        world[place] = now",
    ),
    Plant(
        room="kernels/closing.py",
        defect="a clock that has run just as long as its target is over it",
        old="- started > limit",
        new="- started >= limit",
    ),
    Plant(
        room="kernels/effects.py",
        defect="factors are added up",
        old="times *= 1.0 + strength * (value - 1.0)",
        new="times += strength * (value - 1.0)",
    ),
    Plant(
        room="kernels/effects.py",
        defect="an amount that pulls a need down counts as if the rate were 1",
        old="-strength * value / base",
        new="-strength * value",
    ),
    Plant(
        room="kernels/enrolling.py",
        defect="enrolments a week are rounded down every week",
        old="over * (week + 1) // under - over * week // under",
        new="over // under",
    ),
    Plant(
        room="kernels/enrolling.py",
        defect="the present quarter counts as recent use",
        old="world[scheme + USE_QUARTERS], 0), world[QUARTER])",
        new="world[scheme + USE_QUARTERS], 0), world[QUARTER] + 1)",
    ),
    Plant(
        room="kernels/enrolling.py",
        defect="of equal use the highest lot comes first",
        old="return lot[one] > lot[other]",
        new="return lot[one] < lot[other]",
    ),
    Plant(
        room="kernels/feeds.py",
        defect="a need that is averted counts as use",
        old="became != AVERTED_BIT",
        new="became != 0",
    ),
    Plant(
        room="kernels/feeds.py",
        defect="a need that may come again while its case is open may not, and the other way about",
        old="world[need + ONE_AT_A_TIME] != 0",
        new="world[need + ONE_AT_A_TIME] == 0",
    ),
    Plant(
        room="kernels/folk.py",
        defect="those in a bed have new needs",
        old="state & (ALIVE | IN_BED) == ALIVE",
        new="state & ALIVE == ALIVE",
    ),
    Plant(
        room="kernels/folk.py",
        defect="who left a segment is counted until the end of the period",
        old="-= by * world[NOW]",
        new="-= by * world[NOW] if by > 0 else 0",
    ),
    Plant(
        room="kernels/loop.py",
        defect="of a need and a referral of one second the last by name comes first",
        old="world[need + NEED_KLASS] < world[FEED_TIE]",
        new="world[need + NEED_KLASS] > world[FEED_TIE]",
        rule="test_needs_and_referrals_of_one_second_come_by_name_then_person",
    ),
    Plant(
        room="kernels/loop.py",
        defect="of one second, what was known beforehand comes last number first beside what was not",
        old="tie < world[FEED_TIE]",
        new="tie > world[FEED_TIE]",
    ),
    Plant(
        room="kernels/noting.py",
        defect="every enrolment of a person is noted as the first",
        old="= 0, number, ABSENT, ABSENT",
        new="= 0, 0, ABSENT, ABSENT",
    ),
    Plant(
        room="kernels/rows.py",
        defect="a start in the very second from which on is counted has no wait",
        old="if world[NOW] >= world[WINDOW]:",
        new="if world[NOW] > world[WINDOW]:",
    ),
    Plant(
        room="kernels/rows.py",
        defect="kept time is counted from the start of a stay",
        old="+= now - ready",
        new="+= now - world[stay + STARTED]",
    ),
    Plant(
        room="kernels/schemes.py",
        defect="weeks since enrolment are rounded up",
        old="(world[NOW] - second) // WEEK_SECONDS",
        new="(world[NOW] - second + WEEK_SECONDS - 1) // WEEK_SECONDS",
    ),
    Plant(
        room="kernels/schemes.py",
        defect="an intervention that ends lets go of the last enrolled first",
        old="for number in range(world[ENROLMENTS_NEXT])",
        new="for number in range(world[ENROLMENTS_NEXT] - 1, -1, -1)",
    ),
)
