"""The door: command line, worker, site, the fresh databases the tests stand on."""

from django.conf import settings
from django.db import connection

from tests.support.fresh import FreshDatabase
from zabota.journal.actions import open_stream
from zabota.journal.models import Stream


def vendor() -> str:
    return connection.vendor


def count_streams() -> int:
    return Stream.objects.count()


def open_one() -> int:
    return open_stream().pk


def test_fresh_database_of_each_kind(on_both: FreshDatabase) -> None:
    assert on_both.call(vendor) == on_both.vendor
    assert on_both.call(count_streams) == 0


def test_race_runs_in_processes(on_both: FreshDatabase) -> None:
    outcomes = on_both.race([(open_one, ())] * 4)
    assert len({outcome.value for outcome in outcomes}) == 4, outcomes
    assert on_both.call(count_streams) == 4


def test_default_database_is_a_file_of_this_worker(db: None) -> None:
    assert str(connection.settings_dict["NAME"]).startswith(str(settings.HOME))
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert count_streams() == 0
