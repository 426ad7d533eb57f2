"""What a measure is, in a planner's words."""

from collections.abc import Mapping

from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.experiment.measure_names import HARM_FAMILIES, Cut, MeasureName, family_of, time_word

# Spans are kept in bins, so what is read from them is right to a bin's width.
TO_A_BIN = " (to within 4.4%)"


def _harm_phrases(what: str) -> dict[str, str]:
    """Say an outcome of a harm, at its value and at the ends of its interval."""
    ends = {"at_low": ", at the low end of what it may do", "at_high": ", at the high end of what it may do"}
    return {"": "{}: " + what, **{end: "{}: " + what + said for end, said in ends.items()}}


PHRASES = {
    "activity": {
        "arrivals_per_day": "{}: arrivals a day",
        "starts_per_day": "{}: starts a day",
        "ends_per_day": "{}: ends a day",
        "wait_mean_days": "{}: mean wait of those who started",
        "queue_time_mean_days": "{}: mean wait of all who came",
        "ended_wait_mean_days": "{}: mean wait of those who finished",
        "wait_p50_days": "{}: wait that half stayed below" + TO_A_BIN,
        "wait_p90_days": "{}: wait that nine in ten stayed below" + TO_A_BIN,
        "wait_p95_days": "{}: wait that 95 in 100 stayed below" + TO_A_BIN,
        "waits_over": "{}: share who waited over {time}" + TO_A_BIN,
        "waited_share": "{}: share who had to wait",
        "refused_share": "{}: share refused",
        "gave_up_share": "{}: share who gave up",
        "helped_per_day": "{}: starts a day in places of partners",
        "time_mean_days": "{}: mean length of stay",
        "kept_mean_days": "{}: mean stay after it was over",
        "in_progress_mean": "{}: people in it",
        "waiting_mean": "{}: people waiting",
        "present_mean": "{}: people waiting or in it",
    },
    "resource": {
        "occupancy_mean": "{}: occupancy",
        "in_use_mean": "{}: places in use",
        "kept_mean": "{}: places held by people who could leave",
        "turnaround_mean": "{}: places being made ready",
        "queue_mean": "{}: people waiting for a place",
        "free_share": "{}: share of places free",
        "full_share": "{}: share of open time full",
    },
    "clock": {
        "mean": "{}: mean time",
        "p50": "{}: time that half stayed below" + TO_A_BIN,
        "p92": "{}: time that 92 in 100 stayed below" + TO_A_BIN,
        "p95": "{}: time that 95 in 100 stayed below" + TO_A_BIN,
        "within": "{}: share within {time}",
        "open_over": "{}: people still waiting over {time}",
    },
    "need": {
        "per_year": "{} a year",
        "averted_per_year": "{} averted a year",
        "induced_per_year": "{} induced a year",
        "displaced_per_year": "{} displaced a year",
    },
    "count": {
        "mean": "{}: mean of the daily count",
        "sd": "{}: spread (standard deviation) of the daily count",
        "p90": "{}: count that nine days in ten do not exceed",
        "p95": "{}: count that 95 days in 100 do not exceed",
    },
    "organisation": {
        "resources_per_year": "{}: cost of care and of schemes it leads, before refill, a year",
        "transfers_per_year": "{}: paid by others less paid to them under its contract, after refill, a year",
        "net_per_year": "{}: left of what others pay, less its costs, after refill, a year",
        "released_per_year": "{}: bed-days freed against the baseline, before any fills again, a year",
    },
    "system": {
        "resources_per_year": "Cost of care and schemes, before freed beds fill again, a year",
        "released_per_year": "Bed-days freed against the baseline, before any fills again, a year",
    },
    "intervention": {
        "enrolled_mean": "{}: people enrolled",
        "resources_per_year": "{}: cost of the scheme itself a year",
        "set_up_per_year": "{}: cost of setting up, spread over the years shown",
        "places_per_year": "{}: cost of places a year",
        "enrolments_per_year": "{}: cost of enrolments a year",
    },
    "people": {"": "{}: people"},
    "stock": {"mean": "{}: mean level", "at_end": "{}: level at the end"},
    "consequence": {"per_year": "{}: people befallen a year"},
    "expected_deaths_per_year": _harm_phrases("expected deaths a year"),
    "expected_readmissions_per_year": _harm_phrases("expected readmissions a year"),
    "expected_people_per_year": _harm_phrases("people a year expected to need more care for good"),
    "lost_qalys_per_year": _harm_phrases("quality-adjusted life years lost a year"),
    "qalys_per_year": {
        "": "Quality-adjusted life years lived a year",
        "discounted_1_5": "Quality-adjusted life years lived a year, discounted at 1.5%",
        "discounted_3_5": "Quality-adjusted life years lived a year, discounted at 3.5%",
    },
    "net_benefit_per_year": {
        "at_15000": "Worth of QALYs at £15,000 less cost before refill, a year (NHS money spent elsewhere)",
        "at_25000": "Worth of QALYs at £25,000 less cost before refill, a year (NICE)",
        "at_25000_health_3_5": "Worth of QALYs at £25,000 less cost before refill, a year (NICE, 3.5%)",
        "at_70000": "Worth of QALYs at £70,000 less cost before refill, a year (society)",
    },
    "deaths_per_year": {"": "Deaths a year"},
    "exits_per_day": {"": "Cases leaving a day"},
    "time_in_system_mean_days": {"": "Mean time from first contact to leaving"},
}

ABBREVIATIONS = {
    "ae": "A&E",
    "gp": "GP",
    "nhs": "NHS",
    "icb": "ICB",
    "utc": "UTC",
    "sdec": "SDEC",
    "mdt": "MDT",
}


def label(name: MeasureName, model: Model) -> str:
    """Say what a measure is, by the titles of the model where it has them, else by its ids."""
    phrase = PHRASES[name.family][name.what]
    if name.family in ("organisation", "system") and name.what == "resources_per_year" and not name.cuts:
        has_any = any(one.overheads for one in model.organisations.values())
        phrase = phrase.replace(", a year", ", and overheads, a year") if has_any else phrase
        stands = any(one.stepped or one.fixed or one.bought_by for one in model.costs.values())
        phrase = phrase.replace(", a year", ", wards and what else stands, a year") if stands else phrase
    time = "" if name.seconds is None else time_word(name.seconds).replace("_", " ")
    words = phrase.format(subject_title(name.family, name.subject, model=model), time=time)
    cuts = ", ".join(_cut_words(cut, model) for cut in name.cuts)
    return f"{words} ({cuts})" if cuts else words


def subject_title(family: str, subject: str, *, model: Model) -> str:
    """Give the title of what a measure is about, or its id made readable."""
    nouns: Mapping[str, Mapping[str, object]] = {
        "activity": model.activities,
        "resource": model.resources,
        "clock": model.clocks,
        "need": model.needs,
        "referral": model.referrals,
        "count": model.counts,
        "organisation": model.organisations,
        "contract": model.contracts,
        "intervention": model.interventions,
        "people": model.segments,
        "locality": model.localities,
        "stock": model.stocks,
        "consequence": model.consequences,
        **dict.fromkeys(HARM_FAMILIES, model.harms),
    }
    base, at, place = subject.partition("@")
    noun = nouns.get(family, {}).get(base)
    unsaid = OUTSIDE.get(base) if family == "organisation" else None
    title = getattr(noun, "title", None) or getattr(noun, "name", None) or unsaid or readable(base)
    return f"{title} ({readable(place)})" if at else str(title)


def readable(id: str) -> str:
    """Write an id as words: ``beds_medical`` becomes ``Beds medical``."""
    words = " ".join(ABBREVIATIONS.get(word, word) for word in family_of(id).split("_"))
    return words[:1].upper() + words[1:]


def _cut_words(cut: Cut, model: Model) -> str:
    """Say whom a cut keeps."""
    return f"{cut.dimension} {cut.value.replace('_', ' ')}"
