"""Migrations run forwards from nothing on both databases, and say all that the tables say."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests.support.fresh import FreshDatabase
from zabota.config.cli.ready import made_halfway


def plan() -> tuple[int, int]:
    """How many migrations were run, and how many are still waiting."""
    executor = MigrationExecutor(connection)
    done = executor.loader.applied_migrations
    return len(done), len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def test_every_migration_has_run(on_both: FreshDatabase) -> None:
    done, waiting = on_both.call(plan)
    assert done > 20
    assert waiting == 0


def missing() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=3)


def test_no_table_has_changed_without_a_migration(on_both: FreshDatabase) -> None:
    on_both.call(missing)


def halfway() -> tuple[bool, bool]:
    """What is said of these tables, and of such as a version before the first release left."""
    whole = made_halfway()
    MigrationRecorder(connection).record_unapplied("clients", "0003_client_by_name")
    return whole, made_halfway()


def test_tables_made_halfway_are_known(on_both: FreshDatabase) -> None:
    assert on_both.call(halfway) == (False, True)
