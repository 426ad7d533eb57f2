"""Small models at random: a few people, an A&E, a ward, home care and a clinic, with rules of all kinds."""

from hypothesis import strategies as st

CHOICES = {
    "fall": ["20", "60", "150"],
    "batch": ["", "batch = { geom = { p = 0.5 } }\n"],
    "cubicles": ["1", "2", '[["0 days", 2], ["20 days", 1], ["30 days", 3]]'],
    "beds": ["1", "2", "4", '"unlimited"', '[["0 days", 4], ["15 days", 1]]'],
    "rooms": ["1", '{ number = 2, timetable = "office" }'],
    "reserve": ["", 'reserved = { places = 1, against = ["call"] }\n'],
    "packages": ["1", "3"],
    "room": ["", "room = 0\n", "room = 2\n"],
    "queue": ["true", "false"],
    "ae_keeps": ['"leaves"', '"starts"', '"has_room"', '{ ward = "starts" }'],
    "ward_keeps": ['"leaves"', '"starts"', '"has_room"', '{ home_care = "starts" }'],
    "home_keeps": ['"leaves"', '"starts"'],
    "turnaround": ["", 'turnaround = "3 h"\n'],
    "patience": ["", 'patience = { expon = { mean = "2 days" } }\ngives_up_to = "clinic"\n'],
    "full": ["", 'if_full = ["outlier"]\n'],
    "ends": ["", 'ends_at = "discharges"\n'],
    "also": ["false", "true"],
    "interrupted": ["", 'interrupted_to = "clinic"\n', "ends_on_admission = false\n"],
    "present": ["", "present_at_start = 3\n", "waiting_at_start = 2\n"],
    "trouble": ["0.0", "0.5"],
}
WORDS = st.fixed_dictionaries({word: st.sampled_from(allowed) for word, allowed in CHOICES.items()})
TEXT = """
[segments.old]
people = 8
becomes = {{ dead = "0.8 per year" }}
joiners = "9 per year"
[segments.young]
people = 16
becomes = {{ old = "1 per year", dead = "0.2 per year" }}
[needs.cough]
rate = "30 per year"
starts_at = "clinic"
one_at_a_time = false
[needs.fall]
rate = {{ old = "{fall} per year", otherwise = "9 per year" }}
starts_at = {{ ae = 0.8, clinic = 0.2 }}
[referrals.call]
rate = "2 per day"
{batch}starts_at = {{ clinic = 0.7, ae = 0.3 }}
[timetables.office]
weekdays = ["08:00-18:00"]
[profiles.discharges]
steps = [["00:00", 0.0], ["10:00", 1.0], ["20:00", 0.0]]
[resources.cubicles]
capacity = {cubicles}
[resources.beds]
capacity = {beds}
{room_of_beds}[resources.rooms]
capacity = {rooms}
{room}{reserve}[resources.packages]
capacity = {packages}
[activities.ae]
resource = "cubicles"
duration = {{ gamma = {{ mean = "5 h", cv = 0.8 }} }}
resident = true
queue_is_resident = {queue}
priority = {{ call = 2, otherwise = 1 }}
keeps_place_until_next = {ae_keeps}
routes = {{ ward = 0.6, clinic = 0.1, exit = 0.28, died = 0.02 }}
[activities.ward]
resource = "beds"
duration = {{ old = "3 days", otherwise = {{ lognorm = {{ mean = "1 day", cv = 1 }} }} }}
resident = true
keeps_place_until_next = {ward_keeps}
{turnaround}{patience}{full}{ends}{present}
routes = {{ assessment = 0.4, home_care = 0.2, exit = 0.37, died = 0.03 }}
[activities.outlier]
resource = "rooms"
duration = "1 day"
resident = true
[activities.assessment]
holds = "previous"
duration = {{ expon = {{ mean = "12 h" }} }}
keeps_place_until_next = {ward_keeps}
routes = {{ home_care = 0.8, exit = 0.2 }}
[activities.home_care]
resource = "packages"
duration = {{ expon = {{ mean = "4 days" }} }}
keeps_place_until_next = {home_keeps}
{interrupted}{turnaround}
routes = {{ back = {{ to = "ward", share = {trouble}, as = "relapse" }}, exit = {fine} }}
[activities.clinic]
resource = "rooms"
duration = {{ gamma = {{ mean = "40 min", cv = 0.5 }} }}
also_in_bed = {also}
{patience_clinic}routes = {{ exit = 0.9, home_care = 0.1 }}
[interventions.help]
starts = "10 days"
uptake = 0.6
places = 5
stays = "3 weeks"
[[interventions.help.effects]]
times = "needs.fall.rate"
value = 0.5
[[interventions.help.effects]]
diverts = {{ at = "ae", from = "ward", to = "home_care", share = 0.5 }}
substitution = 0.6
for = "everyone"
[[interventions.help.effects]]
step_down = {{ from = "ward", to = "home_care", last = "12 h", share = 0.5 }}
for = "everyone"
"""


def text_of(words: dict[str, str]) -> str:
    """Write the file of a small model."""
    patience = words["patience"].replace('"clinic"', '"exit"')
    room = "" if "unlimited" in words["beds"] else words["room"]
    more = {"room_of_beds": room, "patience_clinic": patience, "fine": str(1 - float(words["trouble"]))}
    text = TEXT.format(**words, **more)
    outlier = text[text.index("[activities.outlier]") : text.index("[activities.assessment]")]
    return text if words["full"] else text.replace(outlier, "")


MODELS = WORDS.map(text_of)
