"""The sample firm for these tests."""

from tests.contracts.worlds import firm_on_both, world

__all__ = ["firm_on_both", "world"]
