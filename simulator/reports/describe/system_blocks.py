"""The sections of a system: its stock-flow diagram, its feedback loops, its equations."""

from collections.abc import Iterator

from simulator.analysis.feedback import Loop, Loops, Polarity
from simulator.analysis.feedback.loops import Kind
from simulator.equations.limiting import ends_of
from simulator.equations.system import Role
from simulator.reports.blocks import Block, Chart, Items, Notice, Paragraph, Section, Table, simple_table
from simulator.reports.describe.own_run import own_run_blocks
from simulator.reports.describe.system_tables import OUTSIDE, links_table, system_tables
from simulator.reports.describe.systems import KnownSystem, equation_words
from simulator.reports.diagrams.causal import causal_diagram
from simulator.reports.diagrams.drawing import Diagram
from simulator.reports.diagrams.stock_flow import stock_flow_diagram
from simulator.reports.numbers import count_words, listed
from simulator.reports.titles import clean

MOST_IN_WORDS = 12
PAGE_WIDTH = 1_040
HOW_TO_READ_STOCKS = (
    "Boxes are stocks, what is there until it flows away. Wide pipes with a valve are flows; a cloud is the "
    "outside. Thin arrows say what each flow and each other number is worked out from. Point at a name to "
    "see its equation."
)
HOW_TO_READ_LOOPS = (
    "An arrow with + (solid) means that when the first rises, the second rises, all else equal; − (dashed) "
    "that it falls; ± (dotted) that it is sometimes one and sometimes the other; ? (dotted) that it cannot "
    "be told. ‖ marks a delay. A loop with an even number of − is reinforcing (R): a change comes back as "
    "more of itself. With an odd number it is balancing (B): a change comes back as less."
)
HOW_TO_READ_EQUATIONS = (
    "Each in the names of this page; below it, in small print, as equations in a file are written where that "
    "differs."
)
WORDS = {
    Kind.REINFORCING: "reinforcing",
    Kind.BALANCING: "balancing",
    Kind.DEPENDS: "reinforcing at some levels and balancing at others",
    Kind.UNKNOWN: "unknown",
}


def system_sections(known: KnownSystem) -> tuple[Section, ...]:
    """Describe a system: picture, feedback, equations."""
    blocks: list[Block] = [*stock_flow_blocks(known), *own_run_blocks(known)]
    return (
        Section(id="stock-flow", title="Stocks and flows", short="Stocks and flows", blocks=tuple(blocks)),
        Section(id="loops", title="Feedback loops", short="Feedback loops", blocks=tuple(loop_blocks(known))),
        Section(
            id="equations",
            title="The equations",
            short="Equations",
            blocks=(
                Paragraph(text=HOW_TO_READ_EQUATIONS),
                *system_tables(known),
            ),
        ),
    )


def stock_flow_blocks(known: KnownSystem) -> Iterator[Block]:
    """Show the stock-flow diagram and what it holds."""
    system = known.system
    diagram = stock_flow_diagram(system, known.links, names=known.names, hovers=_hovers(known))
    if diagram is None:
        yield Paragraph(text="There is nothing to draw: no stock, no flow, and nothing depends on anything.")
        return
    yield Paragraph(text=HOW_TO_READ_STOCKS)
    yield _chart(
        diagram,
        id="stock-flow-diagram",
        caption=f"Stock-flow diagram: {counts_words(known)}",
        alternative=_stock_flow_words(known),
        table=links_table(known),
    )


def loop_blocks(known: KnownSystem) -> Iterator[Block]:
    """Show the causal-loop diagram and list every loop."""
    loops = known.loops
    if known.failed:
        yield Notice(
            word="Notice",
            text=f"The run by itself failed ({clean(known.failed)}), so signs that only a run can tell are "
            "unknown.",
        )
    if not loops.loops:
        yield Paragraph(text=f"{loop_count_words(loops)} Nothing that changes here comes back to itself.")
        return
    yield Paragraph(text=f"{loop_count_words(loops)} {HOW_TO_READ_LOOPS}")
    diagram = causal_diagram(
        loops.loops, list(known.system.variables), names=known.names, hovers=_hovers(known)
    )
    yield _chart(
        diagram,
        id="causal-loop-diagram",
        caption="Causal-loop diagram: the variables on the loops below, and how each moves the next",
        alternative=_causal_words(known),
        table=None,
    )
    yield _loops_table(known)
    if unknown := list(_untold(known)):
        yield Paragraph(text="What cannot be told:")
        yield Items(items=tuple(unknown))


def loop_words(loop: Loop, known: KnownSystem) -> str:
    """Write a loop as ``a → (+) b → (−) a``."""
    steps = [f"{known.names[loop.links[0].source]}"]
    steps += [f"→ ({one.polarity.value}) {known.names[one.target]}" for one in loop.links]
    return " ".join(steps)


def loop_count_words(loops: Loops) -> str:
    """Say how many loops there are, of which kind, and what was not looked for."""
    kinds = [(kind, sum(one.kind is kind for one in loops.loops)) for kind in Kind]
    said = listed(f"{count} {WORDS[kind]}" for kind, count in kinds if count)
    found = f"{count_words(len(loops.loops), 'feedback loop').capitalize()}{f': {said}' if said else ''}."
    if loops.is_cut:
        found = (
            f"There are more feedback loops than can be listed; here are the {len(loops.loops)} shortest "
            f"({said}), the longest of {loops.length} links."
        )
    elif loops.may_be_longer:
        found += f" Loops of more than {loops.length} links were not looked for."
    return found


def counts_words(known: KnownSystem) -> str:
    """Count what there is of each kind."""
    roles = [one.role for one in known.system.shown]
    others = len(roles) - roles.count(Role.STOCK) - roles.count(Role.FLOW)
    return listed(
        (
            count_words(roles.count(Role.STOCK), "stock"),
            count_words(roles.count(Role.FLOW), "flow"),
            "one other number" if others == 1 else f"{count_words(others, 'other number')}",
        )
    )


def _chart(diagram: Diagram, *, id: str, caption: str, alternative: str, table: Table | None) -> Chart:
    said = [diagram.left_out, "scroll sideways to see all of it" if diagram.width > PAGE_WIDTH else ""]
    beside = "; ".join(one for one in said if one)
    return Chart(
        id=id,
        caption=f"{caption} ({beside})" if beside else caption,
        alternative=alternative,
        figure=diagram.figure,
        height=round(diagram.height),
        width=round(diagram.width),
        table=table,
    )


def _hovers(known: KnownSystem) -> dict[str, str]:
    """Say of each variable what it is, as hovering shows it."""
    found = {}
    for one in known.system.variables.values():
        unit = f" [{one.unit}]" if one.unit else ""
        begins = "begins with " if one.role is Role.STOCK else ""
        text = equation_words(one, known) if one.formulas or one.share else "set from outside"
        found[one.key] = clean(f"{known.names[one.key]}{unit}: {begins}{text}")
    return found


def _stock_flow_words(known: KnownSystem) -> str:
    ends = ends_of(known.system)
    flows = [
        f"{known.names[key]} from {known.names.get(source, OUTSIDE)} to {known.names.get(target, OUTSIDE)}"
        for key in known.system.variables
        for source, target in ends.get(key, ())
    ]
    more = f"; and {len(flows) - MOST_IN_WORDS} more" if len(flows) > MOST_IN_WORDS else ""
    said = "; ".join(flows[:MOST_IN_WORDS]) or "none"
    return (
        f"Stock-flow diagram of {counts_words(known)}. Flows: {said}{more}. The tables below hold all of it."
    )


def _causal_words(known: KnownSystem) -> str:
    loops = known.loops.loops
    said = "; ".join(f"{one.name}: {loop_words(one, known)}" for one in loops[:MOST_IN_WORDS])
    return (
        f"Causal-loop diagram of {count_words(len(loops), 'loop')}. {said}. The table below lists every loop."
    )


def _loops_table(known: KnownSystem) -> Table:
    rows = [
        (
            one.name,
            WORDS[one.kind],
            loop_words(one, known),
            str(len(one.links)),
            "yes" if one.is_delayed else "no",
        )
        for one in known.loops.loops
    ]
    return simple_table(
        "Feedback loops, the shortest first",
        columns=("Loop", "Kind", "Way round", "Links", "Delayed"),
        rows=tuple(rows),
        texts=("Kind", "Way round", "Delayed"),
    )


def _untold(known: KnownSystem) -> Iterator[Paragraph]:
    """Say of every link on a loop whose polarity is no plain sign what is so about it."""
    links = {(one.source, one.target): one for loop in known.loops.loops for one in loop.links}
    why = {
        Polarity.UNKNOWN: "nothing was seen to move at the levels of its own run, or it could not be tried.",
        Polarity.DEPENDS: "it moves one way at some levels or elements, the other way at others.",
    }
    for one in links.values():
        if one.polarity in why:
            lead = f"{known.names[one.source]} → {known.names[one.target]} ({one.polarity.value}):"
            yield Paragraph(lead=lead, text=why[one.polarity])
