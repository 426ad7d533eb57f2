"""Every benchmark runs, on a job so tiny that its figures mean nothing."""

from importlib import import_module

import pytest


def test_the_hand_written_cpp_has_the_same_events(capsys: pytest.CaptureFixture[str]) -> None:
    import_module("against_cpp").main(["--quick"])

    said = capsys.readouterr().out
    if "no g++" in said:
        pytest.skip("There is no g++ here.")
    assert "NOT" not in said
    assert said.count("numbers recorded") == 2
