"""Fixtures of all tests: databases of both kinds, a mail server on loopback."""

import os
import shutil
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.contracts.worlds import world_file, world_in_postgres
from tests.support import durations, fresh, postgres
from tests.support.fresh import FreshDatabase
from tests.support.mail import MailServer
from tests.support.standing import close_all, step_back
from zabota.common.memory import settle

# Here, above all folders of tests: built once, whoever asks first.
__all__ = ["world_file", "world_in_postgres"]

# Machines are shared and noisy: how long an example takes says nothing about what it shows.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis_settings.register_profile("thorough", **PATIENT)
hypothesis_settings.register_profile("quick", max_examples=15, **PATIENT)
hypothesis_settings.load_profile("thorough")


# They read hundreds of files, make papers or grow whole worlds: ./zabota check, which is for every
# minute, leaves them to ./zabota test. So it does with what starts processes of its own.
PROCESSES = {"make_database", "on_both", "smtp"}
SLOW = (
    "common/test_working_time_laws",
    "concurrency/",
    "contracts/compare/test_documents",
    "contracts/compare/test_match",
    "contracts/compare/test_render",
    "contracts/docx/test_corpus",
    "contracts/docx/test_report",
    "contracts/docx/test_track",
    "contracts/docx/test_twelve",
    "contracts/docx/test_untracked",
    "contracts/lint/test_blind_errors",
    "contracts/test_answer_word",
    "contracts/test_choose_ending",
    "contracts/test_compare_docx",
    "contracts/test_compare_pages",
    "contracts/test_decision_budget",
    "contracts/test_disagreements",
    "contracts/test_download_paper",
    "contracts/test_every_column",
    "contracts/test_last_time",
    "contracts/test_lay_shipped_forms",
    "contracts/test_limits",
    "contracts/test_lists",
    "contracts/test_nothing_passes_unagreed",
    "contracts/test_nothing_signed_unseen",
    "contracts/test_struck_clauses",
    "contracts/test_type_passport",
    "contracts/test_variants_stay_hidden",
    "contracts/test_word_back",
    "contracts/test_word_looks",
    "contracts/test_word_review",
    "contracts/test_word_threads",
    "home/test_same_cost",
    "home/test_work",
    "home/test_world",
    "outreach/test_announce",
    "outreach/test_automata",
    "outreach/test_send_waiting",
    "test_bench",
    "outreach/test_watch_mailboxes",
    "test_door",
    "test_mail_door",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Says of each test whether it is slow, and begins with those that are, so that none of them
    is left for the end; the quick profile (./zabota check) also holds where a test asks for more
    examples.
    """
    here, long = Path(__file__).parent, durations.read()
    for item in items:
        file = item.path.relative_to(here).as_posix()
        alone = PROCESSES.isdisjoint(getattr(item, "fixturenames", ()))
        if not alone or file.startswith(SLOW) or item.nodeid.partition("[")[0] in long:
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("slow", "story"))))
    profile = hypothesis_settings()
    if profile.max_examples > 15:
        return
    for item in items:
        test = getattr(item, "obj", None)
        asked = getattr(test, "_hypothesis_internal_use_settings", None)
        if asked is not None:
            fewer = min(asked.max_examples, profile.max_examples)
            test._hypothesis_internal_use_settings = hypothesis_settings(asked, max_examples=fewer)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, as in a process of the product."""
    settle()


BEGUN = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    item.stash[BEGUN] = time.process_time()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """What each test took goes into the report of the run."""
    done = yield
    took = time.process_time() - item.stash[BEGUN]
    item.user_properties.append((durations.PROPERTY, f"{took:.3f}"))
    return done


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Whatever a test stood on, the next one begins on the empty database."""
    step_back()


BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """The worker's database: a copy of the migrated template in the worker's own home."""
    shutil.copyfile(fresh.sqlite_template(), settings.DATABASES["default"]["NAME"])
    yield
    close_all()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The throw-away PostgreSQL of the run; started here when the tests run without ./zabota."""
    if running := os.environ.get("ZABOTA_TEST_POSTGRES"):
        yield running
        return
    programs = postgres.find()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine; ./zabota test installs one")
    with postgres.throw_away(programs) as url:
        yield url


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., FreshDatabase]:
    """Makes a fresh database of a kind: `make_database("postgresql", migrated=False)`."""

    def make(vendor: str, *, migrated: bool = True) -> FreshDatabase:
        if vendor == "sqlite":
            return fresh.fresh_sqlite(tmp_path, migrated=migrated)
        server = request.getfixturevalue("postgres_server")
        return fresh.fresh_postgres(server, tmp_path, migrated=migrated)

    return make


@pytest.fixture(
    params=[pytest.param(v, marks=pytest.mark.postgres) if v == "postgresql" else v for v in BOTH]
)
def on_both(
    request: pytest.FixtureRequest, make_database: Callable[..., FreshDatabase]
) -> FreshDatabase:
    """A fresh migrated database; the test runs twice, on SQLite and on PostgreSQL."""
    return make_database(request.param)


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    """A real mail server on loopback; `smtp.url` for ZABOTA_SMTP_URL, `smtp.letters` what came."""
    with MailServer() as server:
        yield server
