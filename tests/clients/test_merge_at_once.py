"""Merging, finding alike, taking in and reckoning, on both databases; two who merge at once."""

from tests.clients.conftest import make_clients
from tests.people.conftest import AT
from tests.support.fresh import FreshDatabase
from zabota.cases.actions import rank_by_worth
from zabota.clients import actions
from zabota.clients.access import room_viewer
from zabota.clients.models import Client, Contact, Likeness, Merging
from zabota.people import actions as people
from zabota.people.models import PowerKind
from zabota.people.refusal import Refused

TABLE = "Клиент;Дата;Сумма;Маржа;Точка\nРомашка;01.11.2026;1000;300;Центр\n"


def live() -> dict[str, object]:
    clients = make_clients()
    people.grant_power(clients.staff.clerk, PowerKind.CLIENTS, by=None, at=AT)
    by = clients.staff.user("clerk")
    twin = actions.add_client(
        {"name": "Ромашкa", "phone": "+7 495 123-45-67"}, owner=clients.staff.clerk, by=by, at=AT
    )
    while actions.look_for_same(by=None, at=AT):
        pass
    alike = Likeness.objects.offered().count()
    actions.merge_clients(twin, clients.daisy, by=by, at=AT, reason="одно название")
    viewer = room_viewer(clients.user("owner"), None)
    assert viewer is not None
    table = actions.open_import("purchases", TABLE.encode(), "t.csv", by=by, at=AT)
    actions.start_import(table, by=by, at=AT)
    while actions.carry_on_import(by=None, at=AT):
        pass
    while rank_by_worth(by=None, at=AT):
        pass
    worth = set(Client.objects.filter(worth__isnull=False).values_list("pk", flat=True))
    seen = set(Client.objects.visible_to(viewer).values_list("pk", flat=True))
    people_of = Contact.objects.of_whole(twin.pk).count()
    after = Likeness.objects.offered().count()
    actions.undo_merge(clients.daisy, by=by, at=AT)
    both = {clients.daisy.pk, twin.pk}
    return {
        "alike": alike, "after": after, "worth": worth == both, "seen": seen == both,
        "people": people_of, "stands": viewer.client.pk == twin.pk,
    }  # fmt: skip


def test_the_same_on_both_databases(on_both: FreshDatabase) -> None:
    assert on_both.call(live) == {
        "alike": 1, "after": 0, "worth": True, "seen": True, "people": 3, "stands": True,
    }  # fmt: skip


def make_pair() -> tuple[int, int]:
    clients = make_clients()
    return clients.daisy.pk, clients.other.pk


def merge(into: int, other: int) -> str:
    one, two = Client.objects.get(pk=into), Client.objects.get(pk=other)
    try:
        actions.merge_clients(one, two, by=None, at=AT, reason="один и тот же")
    except Refused as refused:
        return refused.code
    return "done"


def merged_how() -> tuple[int, int]:
    """Mergings that hold, cards that have a root."""
    holding = Merging.objects.filter(undone_at=None).count()
    return holding, Client.objects.filter(root__isnull=False).count()


def test_two_who_merge_the_same_pair_either_way_merge_it_once(on_both: FreshDatabase) -> None:
    one, other = on_both.call(make_pair)
    outcomes = on_both.race([(merge, (one, other)), (merge, (other, one))])
    assert sorted(str(outcome.value) for outcome in outcomes) == ["done", "merged"]
    assert on_both.call(merged_how) == (1, 1)
