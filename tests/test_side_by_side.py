"""Processes that run tests side by side find the same tests, and compile in turn."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from side_by_side import held, lock_of, long_ones_earlier, pays, waiting_its_turn

TESTS = Path(__file__).resolve().parent


def test_all_tests_are_worth_several_processes_and_a_file_is_not() -> None:
    assert pays(["tests"], folder=TESTS.parent)
    assert not pays([str(TESTS / "accounts"), f"{__file__}::test_of_one"], folder=TESTS.parent)


def test_no_test_is_named_by_an_address_in_memory(request: pytest.FixtureRequest) -> None:
    assert [one.nodeid for one in request.session.items if " at 0x" in one.nodeid] == []


def test_long_files_come_before_many_short_ones_and_nothing_else_is_moved() -> None:
    folders = ["docs", "models", "reports", "reports", "theory", "validation", "xmile"]

    assert long_ones_earlier(folders) == [0, 1, 4, 5, 2, 3, 6]
    assert long_ones_earlier(["docs", "validation"]) == [0, 1]
    assert long_ones_earlier(["validation", "xmile"]) == [1, 0]


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_kernel_waits_while_another_process_compiles_it(tmp_path: Path) -> None:
    kernel, compiled = SimpleNamespace(py_func=pays), list[str]()
    compile_whole = waiting_its_turn(lambda _, signature: compiled.append(signature), tmp_path)
    thread = threading.Thread(target=compile_whole, args=(kernel, "its numbers"))

    with held(lock_of(kernel, tmp_path)):
        thread.start()
        thread.join(0.3)
        waits = not compiled
    thread.join()

    assert waits
    assert compiled == ["its numbers"]
