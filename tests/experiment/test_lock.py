"""A lock is let go of whatever has become of its folder."""

import shutil
from pathlib import Path

import pytest

from simulator.experiment.lock import alone_in


def test_a_folder_that_is_now_a_file_does_not_hide_what_went_wrong_in_it(tmp_path: Path) -> None:
    def broken() -> None:
        shutil.rmtree(tmp_path / "e")
        (tmp_path / "e").write_text("here")
        raise KeyError("first")

    with pytest.raises(KeyError, match="first"), alone_in(tmp_path / "e" / "parts"):
        broken()
