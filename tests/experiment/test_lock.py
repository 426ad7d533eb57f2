"""A lock is let go of whatever has become of its folder."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from experiment.test_folder import MANIFEST, TEXTS

from simulator.errors import OutputError
from simulator.experiment import lock
from simulator.experiment.folder import results_folder
from simulator.experiment.lock import alone_in


def test_a_folder_that_is_now_a_file_does_not_hide_what_went_wrong_in_it(tmp_path: Path) -> None:
    def broken() -> None:
        shutil.rmtree(tmp_path / "e")
        (tmp_path / "e").write_text("here")
        raise KeyError("first")

    with pytest.raises(KeyError, match="first"), alone_in(tmp_path / "e" / "parts"):
        broken()


@pytest.mark.parametrize("step", ["open", "_lock", "_is_at"])
def test_ctrl_c_while_the_lock_is_taken_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    does, interrupted = vars(lock).get(step, open), list[str]()

    def and_ctrl_c(*said: Any, **named: Any) -> Any:
        done = does(*said, **named)
        if not interrupted:
            interrupted.append(step)
            if step == "open":
                done.close()  # as Python does with what nobody has a name for
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(lock, step, and_ctrl_c, raising=False)

    with pytest.raises(KeyboardInterrupt), results_folder(tmp_path / "a" / "e", MANIFEST, texts=TEXTS):
        pass

    assert interrupted
    assert not [*tmp_path.iterdir()]


def test_one_that_is_refused_takes_no_lock_away_from_whoever_has_it(tmp_path: Path) -> None:
    with alone_in(tmp_path):
        for _ in range(2):
            with pytest.raises(OutputError, match="another process is at work"), alone_in(tmp_path):
                pass

        assert (tmp_path / lock.NAME).exists()

    assert not (tmp_path / lock.NAME).exists()
