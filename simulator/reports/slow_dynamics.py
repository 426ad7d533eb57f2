"""What changes slowly: the stocks, flows and feedback loops of the model that was run, as it is drawn."""

from simulator.definition.model import Model
from simulator.definition.systems import system_of
from simulator.reports.blocks import Code, Paragraph, Section
from simulator.reports.describe.system_blocks import loop_blocks, stock_flow_blocks
from simulator.reports.describe.systems import known_system

WHAT = (
    "Besides its people and services the model has stocks and flows of its own. What follows is their "
    "structure in the baseline: what flows where, what depends on what, how a change comes back to itself. "
    "The signs are those of the stocks run by themselves."
)


def slow_dynamics_section(model: Model) -> Section:
    """Draw the stocks and flows of a model that has some, and list their loops."""
    known = known_system(system_of(model))
    return Section(
        id="slow-dynamics",
        title="What changes slowly, and what feeds back",
        short="Stocks and feedback",
        blocks=(
            Paragraph(text=WHAT),
            *stock_flow_blocks(known),
            *loop_blocks(known),
            Paragraph(text="Their equations and units, in the folder of this page:"),
            Code(lines=("downstream describe model.toml",)),
        ),
    )
