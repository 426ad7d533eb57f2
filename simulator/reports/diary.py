"""One person's diary in two worlds, side by side: what happened, what was averted, what it cost whom."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from simulator.analysis.diary import CaseDiary, Diary, Step, read_diary
from simulator.compiler.program import Program
from simulator.definition.experiment import BASELINE
from simulator.definition.model import Model
from simulator.engines import log
from simulator.experiment.follow import Followed
from simulator.reports.blocks import Notice, Section, Table, simple_table
from simulator.reports.hypothesis import HYPOTHESIS
from simulator.reports.numbers import count_words, listed, plain, sentence
from simulator.reports.own_page import write_own_page
from simulator.reports.rendering import Sheet, rendered
from simulator.reports.titles import as_words, clean, title_of
from simulator.units import SECONDS_A_DAY, in_words

NOTICE = (
    "One invented person of one replication: an illustration of how the model works, not evidence that a "
    "scheme does. Another replication, or another person, tells another story; the report says what happens "
    "on average."
)
WHY_ONLY_IN_ONE = (
    "(A need does not come about while its person is in a bed, and a scheme opens cases of its own.)"
)
ENDED = {
    log.REFUSED: "was refused",
    log.GAVE_UP: "gave up waiting",
    log.INTERRUPTED: "was broken off by an admission",
}
SAME = "the same"
COSTS = "Variable cost of this person’s care, by who pays, without what a scheme costs besides"
Row = tuple[str, str, str, str]


class TwoDiaries:
    """A person's two diaries, and the words for them."""

    def __init__(self, followed: Followed) -> None:
        self.followed = followed
        self.model: Model = followed.model
        self.program: Program = followed.programs[BASELINE]
        self.usual, self.other = (self._diary(name) for name in (BASELINE, followed.scenario))

    @property
    def title(self) -> str:
        """Name the page."""
        return f"Person {self.followed.person:,} in two worlds"

    @property
    def scenario(self) -> str:
        """Name the scenario."""
        said = self.followed.experiment.scenarios[self.followed.scenario].title
        return clean(said) if said else as_words(self.followed.scenario)

    @property
    def scope(self) -> str:
        """Say in a paragraph who this is, and what the two worlds come to."""
        names = self.program.names
        home = names.homes[self.followed.home] if names.homes else ""
        who = title_of(self.model, "segment", id=names.segments[self.followed.segment])
        where = f", of {as_words(home)}" if home else ""
        return (
            f"{sentence(self.followed.why)}: at first ‘{who}’{where}; replication "
            f"{self.followed.replication}. {self._sum('In the baseline', self.usual)} "
            f"{self._sum(f'With {self.scenario}', self.other)} {self._averted()}{self._only_in_one()}"
        )

    def rows(self) -> Iterator[Row]:
        """Go through all cases and other events of both worlds by time, warm-up left out."""
        begins = self.program.calendar.warm_up_seconds
        both = {**self.other.cases, **self.usual.cases}
        found = [(one.opened, self._of_case(case)) for case, one in both.items() if one.opened >= begins]
        events = dict.fromkeys((*self.usual.others, *self.other.others))
        found += [(event[0], self._of_event(event)) for event in events if event[0] >= begins]
        for _, row in sorted(found, key=lambda pair: (pair[0], pair[1][1])):
            yield row

    def counts(self) -> Iterator[tuple[str, str, str]]:
        """Count how often the person was served in both worlds, and how often in vain, warm-up left out."""
        usual, other = (self._served(one) for one in (self.usual, self.other))
        for title in sorted({**usual, **other}):
            yield title, f"{usual[title]:,}", f"{other[title]:,}"

    def costs(self) -> Iterator[tuple[str, str, str]]:
        """Give what the person's care cost each organisation in both worlds, warm-up left out."""
        for place, name in enumerate(self.program.names.organisations):
            usual, other = (self._pence(one, place) for one in (self.usual, self.other))
            if usual or other:
                yield title_of(self.model, "organisation", id=name), _pounds(usual), _pounds(other)

    def _diary(self, name: str) -> Diary:
        program, model = self.followed.programs[name], self.followed.models[name]
        paid = {
            place: one.paid_by
            for place, activity in enumerate(program.names.activities)
            if (one := model.activities[activity]).paid_by is not None
        }
        return read_diary(self.followed.logs[name], program, segment=self.followed.segment, paid=paid)

    def _counted(self, diary: Diary) -> list[CaseDiary]:
        begins = self.program.calendar.warm_up_seconds
        return [one for one in diary.cases.values() if one.opened >= begins]

    def _served(self, diary: Diary) -> Counter[str]:
        counts: Counter[str] = Counter()
        for step in (one for case in self._counted(diary) for one in case.steps):
            title = title_of(self.model, "activity", id=self.program.names.activities[step.activity])
            if step.starts is not None:
                counts[title] += 1
            elif step.ended in ENDED:
                counts[f"{title}: {ENDED[step.ended]}"] += 1
        return counts

    def _pence(self, diary: Diary, payer: int) -> float:
        steps = (step for case in self._counted(diary) for step in case.steps)
        return sum(step.pence.get(payer, 0.0) for step in steps)

    def _sum(self, lead: str, diary: Diary) -> str:
        cases = self._counted(diary)
        days = sum(self._days_in_bed(case) for case in cases)
        cost = sum(case.pence for case in cases)
        nights = f"{plain(days, step=0.1)} days in beds"
        return f"{lead}: {count_words(len(cases), 'case')}, {nights}, {_pounds(cost)} of variable cost."

    def _days_in_bed(self, case: CaseDiary) -> float:
        resident = {name for name, one in self.model.activities.items() if one.resident}
        return sum(
            (step.leaves - step.starts) / SECONDS_A_DAY
            for step in case.steps
            if step.starts is not None
            and step.leaves is not None
            and self.program.names.activities[step.activity] in resident
        )

    def _averted(self) -> str:
        begins = self.program.calendar.warm_up_seconds
        said = self._listed(klass for second, klass in self.other.averted if second >= begins)
        return f"Averted: {said}." if said else "No need of theirs was averted."

    def _only_in_one(self) -> str:
        """Say what came about in one world only and was not averted, and why that can be."""
        averted = set(self.other.averted)
        there, here = (
            self._listed(
                case.klass
                for case in self._counted(one)
                if case.case not in than.cases and (case.opened, case.klass) not in averted
            )
            for one, than in ((self.other, self.usual), (self.usual, self.other))
        )
        told = [f"only with {self.scenario}: {there}"] if there else []
        told += [f"only in the baseline: {here}"] if here else []
        return f" Besides, {'; '.join(told)}. {WHY_ONLY_IN_ONE}" if told else ""

    def _listed(self, classes: Iterable[int]) -> str:
        """Count cases by what they are."""
        counts = Counter(self._class(klass) for klass in classes)
        return listed(f"{count_words(count)} of ‘{name}’" for name, count in sorted(counts.items()))

    def _of_case(self, case: int) -> Row:
        usual, other = self.usual.cases.get(case), self.other.cases.get(case)
        one = usual or other
        assert one is not None
        told = self._story(usual) if usual else "did not come about in this world"
        if other is None:
            was_averted = (one.opened, one.klass) in self.other.averted
            there = f"averted by {self._schemes()}" if was_averted else "did not come about in this world"
        else:
            there = self._story(other)
        return self._when(one.opened), self._class(one.klass), told, SAME if there == told else there

    def _of_event(self, event: tuple[int, int, int]) -> Row:
        second, what, klass = event
        names = self.program.names
        if what in (log.ENROLLED, log.LEFT_ENROLMENT):
            scheme = self.followed.programs[self.followed.scenario].names.interventions[klass]
            title = title_of(self.model, "intervention", id=scheme)
            said = f"is enrolled in {title}" if what == log.ENROLLED else f"leaves {title}"
        elif what == log.DEATH:
            said = "dies"
        else:
            verb = "becomes" if what == log.BECOMES else "joins as"
            said = f"{verb} ‘{title_of(self.model, 'segment', id=names.segments[klass])}’"
        usual, other = (said if event in one.others else "" for one in (self.usual, self.other))
        return self._when(second), "", usual, SAME if usual and other else other

    def _schemes(self) -> str:
        on = self.followed.programs[self.followed.scenario].names.interventions
        return listed((title_of(self.model, "intervention", id=one) for one in on), last="or")

    def _story(self, case: CaseDiary) -> str:
        pairs = zip(case.steps, (*case.steps[1:], None), strict=True)
        steps = " → ".join(self._step(step, then) for step, then in pairs)
        end = "died" if case.died else "" if case.closed is not None else "still going on at the end"
        cost = _pounds(case.pence) if case.pence else ""
        return "; ".join(part for part in (steps or "no step", end, cost) if part)

    def _step(self, step: Step, then: Step | None) -> str:
        name = title_of(self.model, "activity", id=self.program.names.activities[step.activity])
        said = [name]
        if step.starts is None:
            said.append(ENDED.get(step.ended or -1, "waited to the end"))
        elif step.starts > step.arrives:
            said.append(f"waited {in_words(step.starts - step.arrives)}")
        if stayed := stay_words(step, then):
            said.append(stayed)
        if step.starts is not None and step.ended is not None:
            said.append(ENDED[step.ended])
        return ", ".join(said)

    def _class(self, klass: int) -> str:
        name = self.program.names.classes[klass]
        family = "need" if name in self.model.needs else "referral" if name in self.model.referrals else ""
        return title_of(self.model, family, id=name) if family else as_words(name)

    def _when(self, second: int) -> str:
        day = date.fromordinal(self.program.calendar.first_day + second // SECONDS_A_DAY)
        minutes = second % SECONDS_A_DAY // 60
        return f"{day.day} {day:%b %Y}, {minutes // 60:02d}:{minutes % 60:02d}"


def stay_words(step: Step, then: Step | None) -> str:
    """Say how long a place was held, and how much of that only for want of the next; or nothing."""
    if step.starts is None or step.leaves is None or step.leaves <= step.starts:
        return ""
    told = in_words(step.leaves - step.starts)
    if then is None or not step.starts < then.arrives < step.leaves:
        return told
    return f"{told} (of them {in_words(step.leaves - then.arrives)} until the next could begin)"


def diary_text(two: TwoDiaries) -> str:
    """Write the two diaries for a terminal: a line for what both worlds have, else one for each."""
    lines = [two.title, two.scope, "", "How often, baseline | scenario:"]
    lines += [f"    {what}: {usual} | {other}" for what, usual, other in two.counts()]
    lines += ["", "Day by day; where the two worlds differ there is a line for each:"]
    for when, what, usual, other in two.rows():
        lead = f"{when}  {what}".rstrip()
        if other == SAME:
            lines.append(f"{lead}: {usual}")
            continue
        lines.append(lead)
        lines += [f"    baseline: {usual}"] if usual else []
        lines += [f"    {two.scenario}: {other}"] if other else []
    lines += ["", f"{COSTS}, baseline | scenario:"]
    lines += [f"    {who}: {usual} | {other}" for who, usual, other in two.costs()]
    notices = [one.text for one in _hypothesis(two)]
    return "\n".join([*lines, "", NOTICE, *notices])


def _hypothesis(two: TwoDiaries) -> tuple[Notice, ...]:
    """Say what rests on how organisations work together, where something does."""
    depends = any(one.collaborations is not None for one in two.followed.programs.values())
    return (Notice(word="Hypothesis", text=HYPOTHESIS),) if depends else ()


def diary_page(two: TwoDiaries) -> str:
    """Write the two diaries as one HTML page."""
    sheet = Sheet(
        title=two.title,
        scope=two.scope,
        notices=(Notice(word="Read this first", text=NOTICE), *_hypothesis(two)),
        sections=(
            Section(
                id="differences",
                title="Where the two worlds differ",
                short="Where they differ",
                blocks=(_counts(two), _differences(two)),
            ),
            Section(id="diary", title="Day by day", short="Day by day", blocks=(_day_by_day(two),)),
            Section(id="costs", title="What it cost whom", short="What it cost whom", blocks=(_costs(two),)),
        ),
    )
    return rendered("diary.html.j2", sheet, subtitle="one person in two worlds", skip="Skip to the diary")


def write_diary(two: TwoDiaries, out: Path) -> None:
    """Write the page; what another program or hand wrote is never written over."""
    write_own_page(diary_page(two), out, command="follow", noun="diary")


def _differences(two: TwoDiaries) -> Table:
    return simple_table(
        "What did not go the same way in both",
        columns=("When", "What", "Baseline", two.scenario),
        rows=tuple(row for row in two.rows() if row[3] != SAME),
        texts=("What", "Baseline", two.scenario),
    )


def _counts(two: TwoDiaries) -> Table:
    return simple_table(
        "How often this person was served, and how often in vain",
        columns=("What", "Baseline", two.scenario),
        rows=tuple(two.counts()),
    )


def _day_by_day(two: TwoDiaries) -> Table:
    return simple_table(
        "Every need and case of this person, and what else happened to them, in the order of time",
        columns=("When", "What", "Baseline", two.scenario),
        rows=tuple(two.rows()),
        texts=("What", "Baseline", two.scenario),
        folded="Show every day",
    )


def _costs(two: TwoDiaries) -> Table:
    return simple_table(
        COSTS,
        columns=("Organisation", "Baseline", two.scenario),
        rows=tuple(two.costs()),
    )


def _pounds(pence: float) -> str:
    return f"£{pence / 100:,.0f}"
