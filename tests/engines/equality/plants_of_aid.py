"""Plants in the kernel rooms of mutual aid: partners, what they do, places that are moved."""

from plant import Plant

OF_AID: tuple[Plant, ...] = (
    Plant(
        room="kernels/aid.py",
        defect="who has waited just as long as a pact asks is helped",
        old="waited > world[pact + PACT_WAITED]",
        new="waited >= world[pact + PACT_WAITED]",
        rule="test_only_who_has_waited_longer_is_helped_as_seen_at_midnight",
        found_by="its rule",
    ),
    Plant(
        room="kernels/aid.py",
        defect="newcomers ask partners of fewest free places first",
        old="free > free_places(world, best)",
        new="free < free_places(world, best)",
        rule="test_one_of_each_site_helps_the_others_by_most_free_places_then_name",
        found_by="its rule",
    ),
    Plant(
        room="kernels/helping.py",
        defect="what a partner does is not written down by group",
        old="world[place] + group_of(world, case) * CELL_SIZE",
        new="world[place]",
        rule="test_what_a_partner_does_is_written_down_apart",
        found_by="its rule",
    ),
    Plant(
        room="kernels/partners.py",
        defect="a pact holds before it has begun",
        old="world[world[pact + PACT_SCHEME] + IS_RUNNING] != 0 and ",
        new="",
        rule="test_a_pact_that_has_not_begun_puts_nobody_before_another",
        found_by="its rule",
    ),
    Plant(
        room="kernels/shifting.py",
        defect="all waits count alike, whatever the harms say",
        old=" * world[weights + of_activity + group_of(world, case)]",
        new="",
        rule="test_the_greatest_harm_is_what_the_harms_say_of_waiting_and_time_where_they_say_nothing",
        found_by="its rule",
    ),
    Plant(
        room="kernels/shifting.py",
        defect="whom a harm is of makes no difference",
        old=" + group_of(world, case)]",
        new="]",
        rule="test_a_harm_of_some_groups_counts_the_waits_of_these_alone",
        found_by="its rule",
    ),
    Plant(
        room="kernels/shifting.py",
        defect="a member may give the places that it must keep",
        old="there - world[world[decision + DECIDED_LEAST] + place]",
        new="there",
        rule="test_no_member_goes_below_its_floor",
        found_by="its rule",
    ),
)
