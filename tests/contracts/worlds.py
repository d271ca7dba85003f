"""The sample firm for tests: built once per run; each test has its own transaction in it.

Routes and contracts of tests are made here by the same actions that people use.
"""

import inspect
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.support import fresh
from tests.support.fresh import FreshDatabase
from tests.support.remembered import remembered
from tests.support.standing import leave, stand_on
from zabota.cases.models import Holder
from zabota.contracts.actions import approve_stage, return_stage, save_route, submit_contract
from zabota.contracts.actions.settle import Decided
from zabota.contracts.models import Contract, Stage, TemplateEdition, Wording
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.tree import Block
from zabota.home.models import ReactionMark
from zabota.home.world import World, begin, build_forms, build_people, reword
from zabota.journal.models import Entry
from zabota.people import firm as firm_cache

# A Tuesday, ten in the morning in Moscow; the firm works from nine to six with an hour for lunch.
AT = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
FORMS = ("supply-ru", "services-ru", "nda-ru", "supply-en")
WHY = "Так принято в наших договорах."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def build() -> bytes:
    """The firm, its people, clients and four forms, without contracts; pickled."""
    firm_cache._kept.clear()
    world = build_people(AT - 30 * DAY)
    build_forms(world, AT - 29 * DAY, only=FORMS)
    # What led here was told and followed up long ago.
    Entry.objects.update(announced_at=AT - 28 * DAY)
    ReactionMark.objects.create(pk=1, upto=Entry.objects.latest("pk").pk)
    return pickle.dumps(world)


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A SQLite file with the sample firm, and the firm's keys; built by one worker of a run. Each
    has a copy: a transaction locks what is attached, and the others would wait for it.
    """

    def make(folder: Path) -> tuple[Path, bytes, Path]:
        database = fresh.fresh_sqlite(folder)
        made: bytes = database.call(build)
        return Path(database.url.removeprefix("sqlite://")), made, settings.FILES_ROOT

    path, made, files = fresh.once("world", make)
    if files != settings.FILES_ROOT:
        # What the firm keeps lies with the worker that built it.
        shutil.copytree(files, settings.FILES_ROOT, dirs_exist_ok=True)
    mine = tmp_path_factory.mktemp("world") / "world.sqlite3"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(mine)) as target:
        source.backup(target)
    return mine, made


@pytest.fixture(scope="session")
def world_in_postgres(postgres_server: str) -> tuple[str, str, bytes]:
    """A PostgreSQL database with the sample firm, to copy from; built by one worker of a run."""

    def make(folder: Path) -> tuple[str, bytes]:
        database = fresh.fresh_postgres(postgres_server, folder)
        made: bytes = database.call(build)
        return database.url.rsplit("/", 1)[1], made

    port = postgres_server.rpartition(":")[2].replace("/", "_")
    return postgres_server, *fresh.once(f"world_{port}", make)


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None, world_file: tuple[Path, bytes]) -> World:
    """The sample firm in this test's own transaction."""
    path, made = world_file
    firm_cache._kept.clear()
    stand_on(path)
    if {"monkeypatch", "settings"} & set(inspect.signature(request.function).parameters):
        # What others remember was done by other code than runs here.
        leave()
    return pickle.loads(made)


@pytest.fixture
def firm_on_both(
    request: pytest.FixtureRequest, on_both: FreshDatabase, tmp_path: Path
) -> tuple[FreshDatabase, bytes]:
    """A fresh database with the sample firm, on SQLite and on PostgreSQL."""
    if on_both.vendor == "sqlite":
        path, made = request.getfixturevalue("world_file")
        source = sqlite3.connect(path)
        target = sqlite3.connect(on_both.url.removeprefix("sqlite://"))
        source.backup(target)
        source.close()
        target.close()
        return on_both, made
    server, template, made = request.getfixturevalue("world_in_postgres")
    url = fresh.create(server, f"w{tmp_path.name[-20:].lower()}{id(request)}", template)
    return FreshDatabase("postgresql", url, tmp_path), made


@remembered
def sent(
    world: World,
    form: str = "nda-ru",
    guest: str = "anna",
    at: datetime = AT,
    reworded: dict[str, Callable[[str], str]] | None = None,
) -> Contract:
    """A contract begun, filled in and sent by a client; `reworded` are clauses by number."""
    contract = begin(world, form, guest, at)
    for number, change in (reworded or {}).items():
        reword(contract, number, change, by=world.as_guest(guest), at=at, reason=WHY)
    submit_contract(contract, by=world.as_guest(guest), at=at)
    return fresh_contract(contract)


def fresh_contract(contract: Contract) -> Contract:
    """As it stands now."""
    return Contract.objects.select_related("case", "version", "edition", "agreeing").get(
        pk=contract.pk
    )


def resent(world: World, contract: Contract, guest: str, at: datetime, *numbers: str) -> Contract:
    """The client changes these clauses once more and sends the next version."""
    by = world.as_guest(guest)
    for number in numbers:
        reword(contract, number, lambda text: f"{text} И ещё.", by=by, at=at, reason=WHY)
    submit_contract(contract, by=by, at=at)
    return fresh_contract(contract)


def stage(contract: Contract, key: str) -> Stage:
    """A stage of the present round, by its key."""
    now = Contract.objects.get(pk=contract.pk)
    return Stage.objects.select_related("promise").get(contract=now, round=now.round, key=key)


def outcomes(contract: Contract) -> dict[str, tuple[str, str]]:
    """How the stages of the present round stand: state of the clock and outcome."""
    now = Contract.objects.get(pk=contract.pk)
    rows = Stage.objects.filter(contract=now, round=now.round).select_related("promise")
    return {row.key: (row.promise.state, row.promise.outcome) for row in rows.order_by("position")}


def open_now(contract: Contract) -> set[str]:
    """Keys of the stages that are open."""
    return {key for key, (state, _) in outcomes(contract).items() if state == "running"}


def approve(world: World, contract: Contract, key: str, who: str, at: datetime = AT) -> Decided:
    """This person of ours approves."""
    return approve_stage(stage(contract, key).pk, by=world.as_staff(who), at=at)


def send_back(
    world: World,
    contract: Contract,
    key: str,
    who: str,
    at: datetime = AT,
    asked: str = "Уточните",
    clauses: tuple[str, ...] = (),
) -> Decided:
    """This person of ours returns it."""
    reasons = [{"clause": clause, "text": "не так"} for clause in clauses]
    return return_stage(
        stage(contract, key).pk, by=world.as_staff(who), at=at, asked=asked, reasons=reasons
    )


def holders(contract: Contract, key: str) -> set[str]:
    """Whose turn it is at a stage, by the first part of their address."""
    rows = Holder.objects.filter(promise=stage(contract, key).promise, outcome="")
    return {email.split("@")[0] for email in rows.values_list("employee__user__email", flat=True)}


def seat(kind: str, ref: object = "") -> dict[str, str]:
    return {"kind": kind, "ref": str(ref)}


def step(
    key: str, concern: str, seats: list[dict[str, str]], group: int = 1, **more: Any
) -> dict[str, Any]:
    """A stage of a route."""
    return {
        "key": key, "title_ru": key, "title_en": key, "group": group, "concern": concern,
        "seats": seats, "rule": "all", "hours": "8", **more,
    }  # fmt: skip


@remembered
def route(world: World, *stages: dict[str, Any], form: str = "nda-ru", **more: Any) -> None:
    """A form follows this route from now on."""
    edition = save_route(
        "tried", {"no_self_approval": True, "stages": list(stages), **more}, by=None, at=AT,
        names=("Проба", "Trial"),
    )  # fmt: skip
    TemplateEdition.objects.filter(pk=world.forms[form].pk).update(route=edition.route)
    world.forms[form].refresh_from_db()


def person(world: World, key: str) -> dict[str, str]:
    """A seat of this person."""
    return seat("person", world.staff[key].pk)


def load_blocks(digest: str) -> tuple[Block, ...]:
    """The blocks of one wording."""
    return blocks_from_json(Wording.objects.get(digest=digest).blocks)


def told(kind: str) -> list[tuple[str, str]]:
    """Whom the last entry of a kind tells, and why."""
    entry = Entry.objects.filter(kind=kind).order_by("pk").last()
    assert entry is not None, f"no entry {kind}"
    if entry.entry_kind.told is None:
        return []
    names = dict(
        Entry._meta.get_field("actor").related_model.objects.values_list("pk", "email")  # type: ignore[union-attr]
    )
    notices = entry.entry_kind.told(entry)
    return sorted(
        (names[n.user_id].split("@")[0], n.purpose) for n in notices if n.user_id != entry.actor_id
    )


def kinds(contract: Contract) -> list[str]:
    """The history of a contract, by kinds without their app."""
    rows = Entry.objects.filter(stream=contract.case.stream_id).order_by("seq")
    return [kind.split(".")[1] for kind in rows.values_list("kind", flat=True)]


def last_entry(kind: str) -> Entry:
    found = Entry.objects.filter(kind=kind).order_by("pk").last()
    assert found is not None, f"no entry {kind}"
    return found
