"""A heat map: one number over two that were varied; every field says its value besides its colour."""

from collections.abc import Sequence

from simulator.reports.figures.look import INK, axis, bare_figure, drawn, figure_text
from simulator.reports.numbers import plain

FIELD = 46
EDGES = 150
# From blue over white to brown: fewer, no change, more; told apart by eyes that see no red or no green.
FEWER, NONE, MORE = "#4393c3", "#ffffff", "#d8803f"


def heat_height(rows: int) -> int:
    """Give the height that so many rows need."""
    return EDGES + FIELD * rows


def heat_figure(
    values: Sequence[Sequence[float | None]],
    *,
    along: Sequence[str],
    up: Sequence[str],
    titles: tuple[str, str],
    step: float | None = None,
) -> str:
    """Draw ``values`` (rows, columns); colours are even around nought; texts are rounded to ``step``."""
    from plotly.graph_objects import Heatmap

    figure = bare_figure(height=heat_height(len(up)))
    known = [abs(value) for row in values for value in row if value is not None]
    most = max(known, default=0.0) or 1.0
    figure.add_trace(
        Heatmap(
            z=[list(row) for row in values],
            x=[drawn(one) for one in along],
            y=[drawn(one) for one in up],
            text=[["" if value is None else plain(value, step=step) for value in row] for row in values],
            texttemplate="%{text}",
            textfont={"color": INK},
            colorscale=[[0, FEWER], [0.5, NONE], [1, MORE]],
            zmin=-most,
            zmax=most,
            xgap=2,
            ygap=2,
            showscale=False,
            hovertemplate="%{x}, %{y}: %{text}<extra></extra>",
        )
    )
    figure.update_layout(
        xaxis=axis(drawn(titles[0]), type="category"), yaxis=axis(drawn(titles[1]), type="category")
    )
    return figure_text(figure)
