"""Whether the database is there and has the tables this version needs."""

from gettext import gettext as _

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zabota.config.cli.trouble import Trouble, where_it_looked


def missing_migrations() -> int:
    """How many migrations this database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


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
