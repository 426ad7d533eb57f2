"""How the place stands, how the numbers were made and what they leave out, and where they come from."""

from simulator.analysis.comparison import Comparison
from simulator.definition.experiment import UntilPrecise
from simulator.experiment.parts import PARTS
from simulator.experiment.results import Results
from simulator.reports.answer_page import provenance_of
from simulator.reports.blocks import Block, Items, Notice, Paragraph, Section
from simulator.reports.chance import has_chance
from simulator.reports.in_common import followed_words
from simulator.reports.numbers import count_words
from simulator.reports.tables import level_table
from simulator.reports.titles import clean, named_measures

LIMITS = (
    "The interval covers chance between replications only. It does not cover doubt about the assumptions: "
    "an effect that is assumed too strong comes out too strong, with a narrow interval.",
    "Central values of all parameters are used. Their ranges are listed under the assumptions.",
    "Nobody in the model changes their behaviour unless the model file says so: freed beds are not filled "
    "by admitting people who would not have been admitted before (though those who wait do take them), staff "
    "do not leave, trust between partners does not grow or fade.",
    "The results are about the place that the model file describes. Whether it is like yours, its figures "
    "above will show.",
)

LIMITS_OF_DRAWS = (
    "Intervals hold what the ranges in the model file say is not known, and no more: a value without a range "
    "is taken as known, and what the model leaves out is in none.",
    "Values are drawn each for itself, unless the experiment says which go together.",
)
LIMITS_OF_STOCKS = (
    "There is no chance in this engine: the same input gives the same figures, none with an interval. "
    "That is not certainty; doubt about the assumptions, and what averages leave out, remain.",
    "Queues near saturation are approximate, and more so where several crowd each other: waits, boarding and "
    "the four-hour share most of all. Confirm what decides with the people engine.",
)
AS_STOCKS = (
    "People are counted, not followed: by group and home, waiting, in each service, or kept in a place "
    "because the next one is full. Flows between these stocks follow the same model that the people engine "
    "runs, hour by hour. How many places are busy when so many people are there on average is read off the "
    "exact queue in steady state; how unevenly people are struck goes in by averaging over its law. Each "
    "scenario is run from the same beginning, so a difference between two worlds is caused by the scenario "
    "alone."
)
AS_DRAWN = (
    "Every value of the model with a range is drawn from the law whose 10th and 90th centiles are its ends "
    "(Beta for a share, lognormal for what cannot be below nought, normal where the sign may change), the "
    "same in every world of a draw. An interval is the central 95% of what the draws came to, and the "
    "probability is the share of draws{chance}. No interval is narrower than that of the mean over all draws."
    " Prices, contracts and the share of refill as given are each draw’s own. What was drawn is in "
    "tables/draws."
)
OF_CHANCE = (
    "; the chance between the replications of a draw is taken out by drawing each draw’s mean towards the "
    "mean of all, and what chance leaves unsure in that mean is counted in the probability"
)
REPLICATIONS_ONLY = " Intervals are 95% intervals over replications (Student’s t)."
AS_PEOPLE = (
    "{followed} Only what the services do differs. So a difference between two worlds is caused by the "
    "scenario, not by chance. The whole is repeated in {number} with other chances."
)


def baseline_section(comparison: Comparison) -> Section:
    """Give the key figures of the baseline: what the files name, then people and occupancy."""
    named = list(named_measures(comparison))
    names = {
        name.text: name for name in comparison.names.values() if not name.cuts and "@" not in name.subject
    }
    people = [text for text, name in names.items() if name.family == "people"]
    flows = [
        text
        for text, name in names.items()
        if name.what in ("per_year", "starts_per_day", "occupancy_mean", "waiting_mean")
    ]
    blocks: list[Block] = [
        Paragraph(
            text="The baseline is the place with nothing switched on. If these figures do not look like your "
            "place, the differences above are not about it."
        )
    ]
    if named:
        blocks.append(level_table(comparison, named, caption="Key figures of the baseline"))
    if people:
        blocks.append(
            level_table(
                comparison,
                people,
                caption="People in each group, mean over the period",
                folded="Show people by group",
            )
        )
    blocks.append(
        level_table(
            comparison,
            flows,
            caption="Needs, services and occupancy in the baseline",
            folded="Show every need and service",
        )
    )
    return Section(
        id="baseline",
        title="How the place stands without any of this",
        short="The place today",
        blocks=tuple(blocks),
    )


def method_section(comparison: Comparison) -> Section:
    """Say in short how the numbers were made, and their limits."""
    number = count_words(len(comparison.results.replications), "replication")
    results = comparison.results
    limits = LIMITS if has_chance(results) else (*LIMITS_OF_STOCKS, *LIMITS[1:])
    if results.draws:
        limits = (*LIMITS_OF_DRAWS, *(() if has_chance(results) else LIMITS_OF_STOCKS[1:]), *LIMITS[2:])
        number = f"{count_words(results.draws, 'draw')} of {number} each"
    followed = AS_PEOPLE.format(followed=followed_words(results.model), number=number)
    text = followed if has_chance(results) else AS_STOCKS
    if has_chance(results) and not results.draws:
        text += REPLICATIONS_ONLY
    drawn = AS_DRAWN.format(chance=OF_CHANCE if has_chance(results) and len(results.replications) > 1 else "")
    return Section(
        id="method",
        title="How this was worked out, and what it leaves out",
        short="Method and limits",
        blocks=(
            Paragraph(text=text),
            *((Paragraph(text=drawn),) if results.draws else ()),
            Items(items=tuple(Paragraph(text=limit) for limit in limits)),
        ),
    )


def provenance_section(comparison: Comparison) -> Section:
    """Say what produced the numbers, and how to produce them again."""
    results = comparison.results
    prints = results.manifest.fingerprints
    return provenance_of(
        results.manifest,
        text=(
            "The same design, seed and versions give the same numbers, to the last digit. The "
            "folder of this page holds the model and the experiment as they were run, every table "
            "as CSV and parquet, and summary.json."
        ),
        lines=(again(comparison), "downstream report ."),
        counts=(
            *((("Draws", str(results.draws)),) if results.draws else ()),
            ("Replications", _replications(results)),
        ),
        last=((f"Fingerprint: {clean(name)}", prints[name]) for name in results.scenarios if name in prints),
    )


def left_over_line(results: Results) -> str:
    """Say that fewer replications were asked for than the folder holds; nothing where that is not so.

    Those beyond what ``until = "precise"`` needed are nobody's mistake and go unsaid.
    """
    shown, more = len(results.replications), results.left_over
    if not more or isinstance(results.experiment.replications, UntilPrecise):
        return ""
    if results.draws:
        return (
            f"The folder holds {more} more parts of the same design, of other draws or replications; report, "
            "tables and summary show those asked for."
        )
    return (
        f"Fewer than the folder holds: report, tables and summary now show the first {shown} replications "
        f"only. {more} more of the same design are kept in {results.folder / PARTS}, untouched: ask for "
        f"--replications {shown + more} to show them all again, or choose another folder with --out."
    )


def _replications(results: Results) -> str:
    more = f"; {results.left_over} more kept in parts/, not used" if results.left_over else ""
    return f"{len(results.replications)}{more}"


def again(comparison: Comparison) -> str:
    """Give the command that makes the same numbers again."""
    count = len(comparison.results.replications)
    return f"downstream run experiment.toml --replications {count} --out again"


def notices(comparison: Comparison) -> tuple[Notice, ...]:
    """Give the notices that stand beside every figure, the population share first."""
    share = float(comparison.results.experiment.population_share)
    found = [Notice(word="Notice", text=clean(note)) for note in comparison.notes]
    if share < 1 and not any("of the population" in note.lower() for note in comparison.notes):
        text = (
            f"Only {share:.3g} of the people and places were run. A smaller place pools less: waits and "
            "crowding are not those of the whole place, and counts are those of the part."
        )
        found.insert(0, Notice(word="Notice", text=text))
    return tuple(found)
