"""The files that the folder of a design over stocks keeps, so that it can be run again from there."""

import tomli_w

from simulator.experiment.folder import MODEL
from simulator.experiment.stock_sweep.plan import StockPlan

DESIGN, XMILE, POINTS = "design.toml", "model.xmile", "points.csv"


def model_name(plan: StockPlan) -> str:
    """Name the model's file in the folder."""
    return MODEL if plan.file.model is not None else XMILE


def texts_of(plan: StockPlan) -> dict[str, str]:
    """Give the files by name: the model, the design, and its points where a file has them."""
    design = plan.design
    resolved = dict(design.origin.resolved)
    texts: dict[str, str] = {}
    if (name := design.design.file) is not None:
        texts[POINTS] = (design.origin.folder / name).read_text(encoding="utf-8-sig")
        said = resolved["design"]
        assert isinstance(said, dict)
        resolved["design"] = {**said, "file": POINTS}
    # Both in the order of their files: measures are shown in it, and what flows in and out is added up in it.
    texts[DESIGN] = tomli_w.dumps(resolved, multiline_strings=False)
    model = plan.file.model
    texts[model_name(plan)] = (
        _xmile_text(plan)
        if model is None
        else tomli_w.dumps(dict(model.origin.resolved), multiline_strings=False)
    )
    return texts


def _xmile_text(plan: StockPlan) -> str:
    with open(plan.file.file, encoding="utf-8-sig") as opened:
        return opened.read()
