"""The sample firm with points, for these tests."""

import pytest

from tests.contracts.worlds import firm_on_both, world
from tests.loyalty.shop import Shop, open_shop
from zabota.home.world import World

__all__ = ["firm_on_both", "world"]


@pytest.fixture
def shop(world: World) -> Shop:
    return open_shop(world)
