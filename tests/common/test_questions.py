"""Questions put together once answer as the querysets they are made of, whatever is asked next."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Count, Q, Value
from django.test.utils import CaptureQueriesContext

from tests.support.fresh import FreshDatabase
from zabota.common.questions import Numbers, One, Question
from zabota.people.models import Throttle

AT = datetime(2026, 11, 16, 7, tzinfo=UTC)

by_keys = Question(
    lambda keys: Throttle.objects.filter(pk__in=keys).order_by("pk").values_list("key", flat=True),
    keys=Numbers(3),
)
since = Question(
    lambda at, last: Throttle.objects.filter(window_ends_at__gte=at, pk__gt=last).order_by("pk"),
    at=One(),
    last=One(),
)
figures = Question(
    lambda at: (
        Throttle.objects.order_by()
        .values(one=Value(1))
        .annotate(whole=Count("pk"), late=Count("pk", filter=Q(window_ends_at__lt=at)))
        .values("whole", "late")
    ),
    at=One(),
)


def four() -> list[int]:
    return [
        Throttle.objects.create(
            key=f"k{n}", count=n, window_ends_at=AT + n * timedelta(hours=1)
        ).pk
        for n in range(4)
    ]  # fmt: skip


def asked() -> None:
    keys = four()
    for _ in range(2):
        assert by_keys(keys=keys[:1]) == ["k0"]
        assert by_keys(keys=[keys[2], keys[1], keys[2]]) == ["k1", "k2"]
        assert by_keys(keys=iter(keys[1:])) == ["k1", "k2", "k3"]
        assert [one.key for one in since(at=AT + timedelta(hours=1), last=0)] == ["k1", "k2", "k3"]
        assert [one.count for one in since(at=AT, last=keys[2])] == [3]
        assert figures(at=AT + timedelta(hours=2)) == [{"whole": 4, "late": 2}]
        assert figures(at=AT) == [{"whole": 4, "late": 0}]


def test_both_databases_answer_as_they_would_without_it(on_both: FreshDatabase) -> None:
    on_both.call(asked)


@pytest.mark.django_db
def test_nothing_is_asked_about_nobody() -> None:
    with CaptureQueriesContext(connection) as sent:
        assert by_keys(keys=[]) == []
    assert not sent.captured_queries


@pytest.mark.django_db
def test_more_than_a_place_takes_is_asked_in_the_ordinary_way() -> None:
    assert by_keys(keys=four()) == ["k0", "k1", "k2", "k3"]


@pytest.mark.django_db
def test_a_value_that_is_not_used_as_it_is_is_refused() -> None:
    doubled = Question(lambda least: Throttle.objects.filter(pk=least * 2), least=One())
    with pytest.raises(TypeError, match="as it is"):
        doubled(least=1)
