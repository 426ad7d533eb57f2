"""XMILE files: what is read, what is refused by name, and what could do harm."""

from pathlib import Path

import pytest
from stock_systems import written

from simulator.engines.stocks.run import run_stocks
from simulator.errors import DefinitionError
from simulator.experiment.stock_files import read_stocks
from simulator.xmile.reading import read_xmile
from simulator.xmile.units import unit_notes

FRAME = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>us</vendor></header>
<sim_specs{attributes}><start>0</start><stop>{stop}</stop><dt>1</dt></sim_specs>
{before}<model><variables>
{variables}
</variables></model>{after}</xmile>
"""
STOCK = """<stock name="S"><eqn>10</eqn><outflow>F</outflow>{more}</stock>
<flow name="F"><eqn>4</eqn>{flow}</flow>"""
MODULES = """<model><variables>
<aux name="area"><eqn>1000</eqn></aux>
<module name="hares"><connect to="area" from=".area"/><connect to="lynxes" from="lynxes.lynxes"/></module>
<module name="lynxes"><connect to="density" from="hares.density"/></module>
</variables></model>
<model name="hares"><variables>
<stock name="hares"><eqn>5000</eqn></stock>
<aux name="density"><eqn>hares / .area</eqn></aux>
<aux name="area" access="input"><eqn>{not here}</eqn></aux>
<stock name="lynxes" access="input"><eqn>{not here}</eqn></stock>
<aux name="each"><eqn>hares / lynxes</eqn></aux>
</variables></model>
<model name="lynxes"><variables>
<stock name="lynxes"><eqn>100</eqn></stock>
<aux name="density" access="input"><eqn>{not here}</eqn></aux>
<aux name="food"><eqn>density * lynxes</eqn></aux>
</variables></model>"""


def xmile(variables: str, *, attributes: str = "", stop: str = "3", before: str = "", after: str = "") -> str:
    """Write a file round some variables."""
    return FRAME.format(variables=variables, attributes=attributes, stop=stop, before=before, after=after)


def last(folder: Path, text: str) -> dict[str, float]:
    """Run a file and give what everything is at the end."""
    runs = run_stocks(read_xmile(written(folder, text, "model.xmile")).system)
    return dict(zip(runs.names, runs.values[-1, :, 0].tolist(), strict=True))


def refusal(folder: Path, text: str) -> str:
    """Say why a file is refused."""
    with pytest.raises(DefinitionError) as found:
        read_stocks(written(folder, text, "model.xmile"))
    return str(found.value).replace(f"{folder}/", "")


def test_one_non_negative_stock_limits_its_flow_and_the_flow_shows_it(tmp_path: Path) -> None:
    end = last(tmp_path, xmile(STOCK.format(more="<non_negative/>", flow="")))

    assert end == {"S": 0, "F": 0}


def test_a_whole_file_may_be_declared_non_negative(tmp_path: Path) -> None:
    behaviour = "<behavior><stock><non_negative/></stock></behavior>"

    assert last(tmp_path, xmile(STOCK.format(more="", flow=""), before=behaviour))["S"] == 0


def test_modules_are_laid_out_flat_and_connected(tmp_path: Path) -> None:
    text = xmile("<aux name='x'><eqn>1</eqn></aux>")
    text = text[: text.index("<model>")] + MODULES + "</xmile>"

    end = last(tmp_path, text)

    assert end["hares.density"] == 5
    assert end["hares.each"] == 50
    assert end["lynxes.food"] == 500


def test_subranges_are_mapped_by_their_elements(tmp_path: Path) -> None:
    dimensions = """<dimensions><dim name="D"><elem name="a"/><elem name="b"/><elem name="c"/></dim>
    <dim name="E"><elem name="c"/><elem name="a"/></dim></dimensions>"""
    variables = """<aux name="x"><dimensions><dim name="D"/></dimensions><eqn>1, 2, 4</eqn></aux>
    <aux name="y"><dimensions><dim name="E"/></dimensions><eqn>x[E] * 10</eqn></aux>
    <aux name="z"><eqn>SUM(x[*]) + MAX(x[*]) + MEAN(x[E]) + SIZE(x) + x[b]</eqn></aux>"""

    end = last(tmp_path, xmile(variables, before=dimensions))

    assert end["y[c]"] == 40
    assert end["y[a]"] == 10
    assert end["z"] == 7 + 4 + 2.5 + 3 + 2


def test_an_undeclared_isee_prefix_is_declared(tmp_path: Path) -> None:
    text = xmile(STOCK.format(more="", flow=""), attributes=' isee:save_interval="3"')

    runs = run_stocks(read_xmile(written(tmp_path, text, "m.stmx")).system)

    assert runs.times.tolist() == [0, 3]


BOMB = '<!DOCTYPE lolz [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>'
PARTS = [
    ("<stock name='S'><eqn>1</eqn><conveyor><len>4</len></conveyor></stock>", "model.xmile:6: s: a conveyor"),
    ("<stock name='S'><eqn>1</eqn><queue/></stock>", "a queue is not supported"),
    ("<stock name='S'><eqn>1</eqn><oven/></stock>", "an oven is not supported"),
    ("<aux name='x'><eqn>RANDOM(0, 1)</eqn></aux>", "model.xmile:6: variables.x: random draws by chance"),
    ("<data><import type='CSV' resource='a.csv'/></data>", "data that is imported is not supported"),
    ("<aux name='x'><eqn>1</eqn><isee:delay_aux/></aux>", "model.xmile:6: x: <isee:delay_aux> is not supp"),
    ("<isee:summing name='x'/>", "<isee:summing> 'x' is not supported"),
    ("<aux name='x'><eqn>1 +</eqn></aux>", "model.xmile:6: x: the end where a number"),
    ("<aux name='x'><eqn>1</eqn></aux><aux name='X'><eqn>1</eqn></aux>", "'X' is there twice"),
    ("<aux name='x'><eqn>1</eqn><gf><ypts>1,2</ypts><xpts>0</xpts></gf></aux>", "1 places and 2 heights"),
    ("<aux name='x'><eqn>1</eqn><gf><ypts>1,b</ypts></gf></aux>", "the points must be numbers"),
    ("<gadget name='x'/>", "<gadget> 'x' is not supported"),
    ("<module name='x'/>", "the module 'x' has no model"),
    (
        "<aux name='x'><dimensions><dim name='d'/></dimensions><eqn>1</eqn></aux>",
        "'d', which is no dimension",
    ),
]


@pytest.mark.parametrize(("variables", "said"), PARTS)
def test_what_is_not_supported_is_named_with_its_line(tmp_path: Path, variables: str, said: str) -> None:
    assert said in refusal(tmp_path, xmile(variables))


def test_all_that_is_wrong_with_the_variables_is_told_in_one_pass(tmp_path: Path) -> None:
    said = refusal(
        tmp_path,
        xmile(
            "<aux name='x'><eqn>1 +</eqn></aux>\n<aux name='y'><eqn>nosuch + x</eqn></aux>\n"
            "<aux name='a'><eqn>b</eqn></aux><aux name='b'><eqn>a + other</eqn></aux>"
            "<aux name='c'><eqn>d</eqn></aux><aux name='d'><eqn>c</eqn></aux>"
        ),
    )

    for one in ("6: x: the end", "7: variables.y", "'nosuch'.", "'other'.", "an algebraic loop: c → d → c"):
        assert one in said


def test_how_things_look_is_passed_over(tmp_path: Path) -> None:
    looks = "<isee:dependencies><var/></isee:dependencies><data><export type='CSV' resource='a'/></data>"

    assert last(tmp_path, xmile("<aux name='x'><eqn>2</eqn></aux>" + looks)) == {"x": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            xmile("<aux name='x'><eqn>1</eqn></aux>").replace("<xmile", f"{BOMB}<xmile", 1),
            "model.xmile:2: holds a DOCTYPE",
        ),
        (
            xmile("<aux name='x'><eqn>1</eqn></aux>", attributes=" other:x='1'"),
            "uses a prefix that it does not declare",
        ),
        (
            xmile("<aux name='x'><eqn>1</eqn></aux>", attributes=" method='gear'"),
            "the method 'gear' is not supported",
        ),
        (xmile("<aux name='x'><eqn>1</eqn></aux>", stop="x"), "sim_specs.stop: 'x' is not a number"),
        (xmile("<aux name='x'><eqn>1</eqn></aux>", stop="1e12"), "are the most"),
        (xmile("<aux name='x'><eqn>1</eqn></aux>", stop="-1"), "before it starts at 0"),
        (
            xmile("<aux name='x'><eqn>1</eqn></aux>", stop="0.5"),
            "model.xmile:4: sim_specs.dt: the step of 1 is longer than the run, which lasts 0.5",
        ),
        (
            xmile("<aux name='x'><eqn>1</eqn></aux>", after="<macro name='m'/>"),
            "a macro 'm' is not supported",
        ),
        (
            xmile("<aux name='x'><eqn>1</eqn></aux>", after="<data><import type='CSV' resource='a'/></data>"),
            "model.xmile:7: data that is imported is not supported",
        ),
        ("", "ends before it is complete, or is empty"),
        ("<html/>", "begins with <html>, not with <xmile>"),
        ("<xmile>", "ends before it is complete"),
        ("<a>" * 200, "nested more than 100 deep"),
    ],
)
def test_a_file_that_is_none_is_told_so(tmp_path: Path, text: str, said: str) -> None:
    assert said in refusal(tmp_path, text)


def test_a_file_of_another_kind_or_size_is_not_read(tmp_path: Path) -> None:
    big = tmp_path / "big.xmile"
    big.write_bytes(b"<xmile>" + b" " * (17 * 1024 * 1024))

    for path, said in ((big, "larger than 16 MB"), (tmp_path, "a folder"), (Path("/dev/zero"), "a device")):
        with pytest.raises(DefinitionError, match=said):
            read_xmile(path)


def test_units_that_do_not_agree_are_noted_and_run_all_the_same(tmp_path: Path) -> None:
    text = xmile(
        "<aux name='beds'><eqn>3</eqn><units>beds</units></aux>\n"
        "<aux name='pay'><eqn>4</eqn><units>pounds</units></aux>\n"
        "<aux name='sum'><eqn>beds + pay</eqn></aux>\n<aux name='odd'><eqn>1</eqn><units>5 @</units></aux>"
    )

    notes = unit_notes(read_xmile(written(tmp_path, text, "model.xmile")))

    assert notes[0].startswith(
        "line 8: sum: one side of '+' is in bed, and what stands beside it is in pound"
    )
    assert notes[1].startswith("line 9: odd: '5 @'")
    assert last(tmp_path, text)["sum"] == 7


def test_a_file_whose_units_agree_has_no_notes_of_them(tmp_path: Path) -> None:
    text = xmile("<aux name='beds'><eqn>3</eqn><units>beds</units></aux>")

    assert unit_notes(read_xmile(written(tmp_path, text, "model.xmile"))) == ()
