"""Keys of programs: made and shown once, acting as an employee, closed; what programs are told."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils.translation import override

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, world, world_file
from zabota.common import clock
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.people.actions.programs import AGAIN, close_key, make_key, note_use
from zabota.people.models import ApiKey
from zabota.people.programs import A_MINUTE, WRONG_KEYS, ProgramRequest, program_page, read_json
from zabota.people.refusal import Refused
from zabota.people.rules import may_manage_people
from zabota.people.sign_in import count_try

__all__ = ["world", "world_file"]


@program_page("till")
def echo(request: ProgramRequest) -> JsonResponse:
    """Who acts, and what was sent."""
    return JsonResponse({"as": request.viewer.employee.pk, "sent": read_json(request)})


@program_page("till")
def refusing(request: ProgramRequest) -> JsonResponse:
    raise Refused("sum", "The sum is wrong.", field="sum")


@program_page("till")
def forbidding(request: ProgramRequest) -> JsonResponse:
    raise PermissionDenied


def call(page: object, token: str = "", body: bytes = b"{}", **headers: str) -> HttpResponse:
    given = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
    request = RequestFactory().post(
        "/api/x/", body, content_type="application/json", **given, **headers
    )
    return page(request)  # type: ignore[operator,no-any-return]


def a_key(world: World, who: str = "manager", scopes: tuple[str, ...] = ("till",)) -> str:
    _, token = make_key(
        "Касса", scopes, employee=world.staff[who], by=world.staff["director"].user, at=AT
    )
    return token


def error_of(answer: HttpResponse) -> dict[str, str]:
    return dict(json.loads(answer.content)["error"])


def test_a_program_acts_as_whom_its_key_names(world: World) -> None:
    token = a_key(world)
    answer = call(echo, token, '{"sum": 10.10, "имя": "Ё"}'.encode())
    assert json.loads(answer.content) == {
        "as": world.staff["manager"].pk, "sent": {"sum": "10.10", "имя": "Ё"},
    }  # fmt: skip
    assert token not in str(ApiKey.objects.values().get())
    assert Entry.objects.filter(kind="people.key_made").count() == 1


def test_without_a_key_nothing_opens(world: World) -> None:
    key = ApiKey.objects.get(tail=a_key(world)[-4:])
    assert call(echo).status_code == 401
    assert call(echo, "zab_other").headers["WWW-Authenticate"] == "Bearer"
    other = a_key(world, scopes=("orders",))
    assert call(echo, other).status_code == 403
    token = a_key(world)
    close_key(ApiKey.objects.order_by("-pk")[0], by=world.staff["director"].user, at=AT)
    assert call(echo, token).status_code == 401
    with pytest.raises(Refused):
        close_key(
            ApiKey.objects.get(closed_at__isnull=False), by=world.staff["director"].user, at=AT
        )
    assert Entry.objects.filter(kind="people.key_closed").count() == 1
    assert ApiKey.objects.get(pk=key.pk).closed_at is None


def test_whose_key_is_dismissed_is_refused(world: World) -> None:
    token = a_key(world)
    type(world.staff["manager"]).objects.filter(pk=world.staff["manager"].pk).update(
        dismissed_at=AT
    )
    assert call(echo, token).status_code == 401


def test_guessing_ends(world: World) -> None:
    token = a_key(world)
    for _ in range(WRONG_KEYS):
        assert call(echo, "zab_guess").status_code == 401
    assert call(echo, token).status_code == 429
    assert call(echo, token, REMOTE_ADDR="10.1.1.1").status_code == 200


def test_a_program_that_calls_without_end_is_slowed(world: World) -> None:
    token = a_key(world)
    call(echo, token)
    for _ in range(3):
        assert call(echo, token).status_code == 200
    key = ApiKey.objects.get()
    for _ in range(A_MINUTE - 4):
        count_try(f"key:{key.pk}", minutes=1, at=clock.now())
    assert call(echo, token).status_code == 429


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"[1]", "braces"), (b"{", "line 1"), (b"\xff", "UTF-8"), (b"[" * 100_000, "JSON")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(world: World, body: bytes, said: str) -> None:
    with override("en"):
        answer = call(echo, a_key(world), body)
    assert answer.status_code == 400
    assert said in error_of(answer)["message"]


def test_refusals_are_told_in_words(world: World) -> None:
    token = a_key(world)
    assert error_of(call(refusing, token)) == {
        "code": "sum", "message": "The sum is wrong.", "field": "sum",
    }  # fmt: skip
    assert call(refusing, token).status_code == 422
    assert call(forbidding, token).status_code == 403


def test_use_is_noted_now_and_then(world: World) -> None:
    a_key(world)
    key = ApiKey.objects.get()
    note_use(key, at=AT)
    note_use(key, at=AT + AGAIN / 2)
    assert ApiKey.objects.get().used_at == AT
    note_use(key, at=AT + AGAIN + timedelta(seconds=1))
    assert ApiKey.objects.get().used_at == AT + AGAIN + timedelta(seconds=1)


def test_the_page_shows_a_key_once(world: World) -> None:
    director, page = browser_of(world, "director"), "/desk/firm/keys/"
    sent = {"name": "Касса", "scopes": ["till"], "employee": world.staff["manager"].pk}
    made = director.post(page, sent)
    assert 'value="zab_' in made.content.decode()
    assert made.headers["Cache-Control"] == "no-store"
    again = director.get(page).content.decode()
    assert "Касса" in again and "zab_" not in again
    assert director.post(page, {"name": "", "scopes": []}).status_code == 422
    closed = director.post(f"/desk/firm/keys/{ApiKey.objects.get().pk}/close/", follow=True)
    assert "<strong>Касса</strong>" not in closed.content.decode()


def test_only_who_changes_the_firm_makes_keys(world: World) -> None:
    manager = world.staff["manager"]
    assert not may_manage_people(manager.user, AT)
    with pytest.raises(PermissionDenied):
        make_key("x", ["till"], employee=manager, by=manager.user, at=AT)
    assert browser_of(world, "manager").get("/desk/firm/keys/").status_code == 403
    assert Browser().get("/desk/firm/keys/").status_code == 302
