"""What a kept statement yields is what Django itself would make of the same rows."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.signals import post_init, pre_init

from tests.support.fresh import FreshDatabase
from zabota.cases.models import Script
from zabota.clients.models import Client
from zabota.common.prepared import Prepared
from zabota.journal.models import Stream
from zabota.people.models import Employee, Team, User

AT = datetime(2026, 11, 17, 7, 0, 0, 5, tzinfo=UTC)


def people(pk: int) -> models.QuerySet[Any, Any]:
    return (
        Employee.objects.filter(pk__gt=pk)
        .select_related("user", "team", "lead__user", "photo")
        .annotate(twice=F("pk") * 2, joined=F("user__made_at"))
        .order_by("pk")
    )


QUERYSETS: dict[str, Callable[[int], models.QuerySet[Any, Any]]] = {
    "instances": people,
    "clients": lambda pk: Client.objects.filter(pk__gt=pk).select_related(
        "owner__user", "root__owner__team"
    ),
    "without some columns": lambda pk: User.objects.filter(pk__gt=pk).defer("name"),
    "with few columns": lambda pk: (
        Employee.objects.filter(pk__gt=pk)
        .select_related("user", "lead__user")
        .only("hired_at", "user__email", "lead__user__name")
        .order_by("pk")
    ),
    "tuples": lambda pk: people(pk).values_list("pk", "user__made_at", "team__name_ru", "twice"),
    "single values": lambda pk: people(pk).values_list("user__made_at", flat=True),
    "named tuples": lambda pk: people(pk).values_list("pk", "user__is_active", named=True),
    "dicts": lambda pk: Client.objects.filter(pk__gt=pk).values("worth", "since", "root__made_at"),
    "distinct": lambda pk: (
        people(pk).order_by("-user__made_at").values_list("is_administrator", flat=True).distinct()
    ),
    "json": lambda pk: Script.objects.filter(pk__gt=pk).annotate(one=Value("x")),
}


def lived() -> None:
    """A few rows of each, with and without what they may lead to."""
    team = Team.objects.create(name_ru="Отдел", stream=Stream.objects.create())
    employee: Employee | None = None
    root: Client | None = None
    for number in range(4):
        full = number > 0
        user = User.objects.create(
            email=f"u{number}@x.example",
            name=f"Имя {number}",
            made_at=AT,
            is_active=not full,
            last_login=AT if full else None,
        )
        employee = Employee.objects.create(
            user=user,
            stream=Stream.objects.create(),
            hired_at=AT,
            lead=employee,
            team=team if number % 2 else None,
            quiet_from=time(22) if full else None,
            quiet_to=time(7, 30) if full else None,
        )
        client = Client.objects.create(
            name=f"ООО {number}",
            owner=employee,
            root=root,
            stream=Stream.objects.create(),
            made_at=AT,
            worth=Decimal("12.50") if full else None,
            since=AT.date() if full else None,
        )
        root = root or client
    Script.objects.create(
        name_ru="С", occasions=["court", {"a": None}], stream=Stream.objects.create(), made_at=AT
    )


def told(value: Any) -> Any:
    """All one can see of an instance, and of what it leads to."""
    if not isinstance(value, models.Model):
        return type(value), value
    state = value._state
    held = {name: told(one) for name, one in vars(value).items() if name != "_state"}
    # An account knows its employee, who knows the account: it is looked at from one side.
    leads = {name: told(one) for name, one in state.fields_cache.items() if name != "employee"}
    return type(value), held, state.db, state.adding, type(state.fetch_mode), leads


def differing() -> list[str]:
    """Those that are not what Django makes of them."""
    lived()
    found = []
    for name, make in QUERYSETS.items():
        prepared = Prepared(make)
        for _ in range(2):
            ours, theirs = prepared(0), list(make(0))
            if not theirs or list(map(told, ours)) != list(map(told, theirs)):
                found.append(name)
    return found


def test_what_is_made_of_rows_is_what_django_makes(on_both: FreshDatabase) -> None:
    assert on_both.call(differing) == []


def test_nobody_listens_to_instances() -> None:
    # What is made of rows tells nobody: should a library begin to listen, it has to.
    listened = [
        model.__name__
        for model in apps.get_models()
        if pre_init.has_listeners(model) or post_init.has_listeners(model)
    ]
    assert listened == []
    assert Employee in apps.get_models()


def test_a_class_that_builds_itself_does(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Stream] = []

    def build(self: Stream, *args: Any, **kwargs: Any) -> None:
        models.Model.__init__(self, *args, **kwargs)
        built.append(self)

    Stream.objects.create()
    monkeypatch.setattr(Stream, "__init__", build)
    found = Prepared(lambda pk: Stream.objects.filter(pk__gt=pk))(0)
    assert built == found != []
