"""Whether the database is there and has the tables this version needs."""

from gettext import gettext as _

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from zabota.config.cli.trouble import Trouble, where_it_looked


def missing_migrations() -> int:
    """How many migrations this database still lacks."""
    if made_halfway():
        raise Trouble(
            _("These tables were made by a version before 0.1.0, from which there is no way here."),
            _("A demo begins anew with “zabota demo --reset”; another home needs a new database."),
            *where_it_looked(),
        )
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def made_halfway() -> bool:
    """Whether only some of the steps are applied that were laid together before the first
    release.
    """
    applied = set(MigrationRecorder(connection).applied_migrations())
    laid = MigrationLoader(None).disk_migrations.values()
    parts = [{*migration.replaces} for migration in laid if migration.replaces]
    return any(part & applied and part - applied for part in parts)


def check_tables() -> None:
    """Refuses to run on a database without its tables, or with those of an older version."""
    if missing_migrations():
        raise Trouble(
            _("The database lacks tables of this version. Run “zabota migrate” first."),
            *where_it_looked(),
        )
    connection.close()


def migrate() -> int:
    """Makes or upgrades the tables; returns how many migrations were applied."""
    missing = missing_migrations()
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    return missing
