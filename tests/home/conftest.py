"""The sample firm for these tests."""

from tests.contracts.worlds import firm_on_both, world, world_file, world_in_postgres

__all__ = ["firm_on_both", "world", "world_file", "world_in_postgres"]
