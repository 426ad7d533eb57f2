"""The list of plants does not rot: each can be planted, and every kernel room that does something has one."""

import pytest
from elsewhere import REPOSITORY
from plant import Plant
from plants import KERNELS, NO_BEHAVIOUR, PLANTS

ENGINES = REPOSITORY / "simulator" / "engines"


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.room}: {plant.defect}")
def test_a_plant_can_be_planted(plant: Plant) -> None:
    room = (ENGINES / plant.room).read_text(encoding="utf-8")

    compile(plant.in_text(room), plant.room, "exec")


def test_every_kernel_room_that_holds_behaviour_has_a_plant() -> None:
    rooms = {f"{KERNELS}{room.name}" for room in (ENGINES / KERNELS).glob("*.py")}

    planted = {plant.room for plant in PLANTS if plant.room.startswith(KERNELS)}

    assert planted == rooms - {f"{KERNELS}{name}" for name in NO_BEHAVIOUR}
