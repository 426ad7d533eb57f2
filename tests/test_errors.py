"""Every kind of failure has its exit code, and a fault says where it is."""

import pytest

from simulator import errors
from simulator.errors import (
    CompileError,
    DefinitionError,
    Fault,
    Interrupted,
    OutputError,
    RunFailed,
    SelfCheckFailed,
    SimulatorError,
    UnitError,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (DefinitionError, 2),
        (UnitError, 2),
        (CompileError, 2),
        (RunFailed, 3),
        (OutputError, 4),
        (SelfCheckFailed, 5),
        (Interrupted, 130),
    ],
)
def test_each_failure_has_its_exit_code(kind: type[SimulatorError], code: int) -> None:
    assert kind.exit_code == code


def test_there_are_at_most_eight_kinds_of_failure() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]

    assert len(kinds) <= 8
    assert all(issubclass(kind, SimulatorError) for kind in kinds)


def test_a_fault_is_written_as_file_line_path_message() -> None:
    fault = Fault(message="no stock is called 'x'.", path="flows.discharge.to", file="place.toml", line=212)

    assert str(fault) == "place.toml:212: flows.discharge.to: no stock is called 'x'."
    assert str(Fault(message="wrong.", file="place.toml")) == "place.toml: wrong."


def test_an_error_of_several_faults_has_a_line_for_each() -> None:
    error = DefinitionError([Fault(message="one."), Fault(message="two.", path="a.b")])

    assert str(error) == "one.\na.b: two."
    assert DefinitionError("simple.").faults == (Fault(message="simple."),)
