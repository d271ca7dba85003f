"""What a client is worth: reckoned, put into the order of Today, told to our people only."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.worlds import AT, DAY, HOUR, world, world_file
from zabota.cases.actions import rank_by_worth
from zabota.cases.models import Holder, Promise
from zabota.clients import actions
from zabota.clients.actions.worth import worth_starts
from zabota.clients.models import Client, Import, Purchase, Reckoning
from zabota.common.files import keep_file
from zabota.home.work import run_once
from zabota.home.world import World

__all__ = ["world", "world_file"]
SAID = "Маржа за год 1,2 млн ₽ · с нами 4 года"


def buy(world: World, key: str, day: str, margin: int | None, sum_: int = 5_000_000) -> Purchase:
    came, _ = Import.objects.get_or_create(
        name="t", defaults={
            "kind": "purchases", "file": keep_file(b"x", "text/csv", at=AT),
            "by": world.staff["manager"], "made_at": AT,
        },
    )  # fmt: skip
    return Purchase.objects.create(
        client=world.clients[key], day=day, sum=sum_, margin=margin, came_with=came,
        mark=f"{key}{day}{margin}",
    )  # fmt: skip


def worth_of(world: World, key: str) -> Client:
    return Client.objects.get(pk=world.clients[key].pk)


def ranks() -> dict[int, object]:
    return dict(Holder.objects.filter(rank_at__isnull=False).values_list("pk", "rank_at"))


def rank(at: object) -> None:
    while rank_by_worth(by=None, at=at):  # type: ignore[arg-type]
        pass


def test_twelve_months_and_since_when(world: World) -> None:
    buy(world, "romashka", "2022-11-10", 9_000_000)
    buy(world, "romashka", "2026-05-05", 1_000_000)
    buy(world, "romashka", "2026-11-10", 200_000)
    buy(world, "vector", "2026-11-01", None)
    assert actions.reckon_worth(by=None, at=AT) == 2
    daisy, vector = worth_of(world, "romashka"), worth_of(world, "vector")
    assert (daisy.worth, str(daisy.since)) == (1_200_000, "2022-11-10")
    assert (vector.worth, vector.worth_start) == (None, 0)
    assert daisy.worth_start > 0
    assert actions.reckon_worth(by=None, at=AT) == 0
    # A year without purchases: what was is no worth of this year any more.
    later = AT + 400 * DAY
    assert actions.reckon_worth(by=None, at=later) == 1
    assert (worth_of(world, "romashka").worth, worth_of(world, "romashka").worth_start) == (None, 0)


def test_once_a_day_by_the_worker(world: World) -> None:
    buy(world, "romashka", "2026-11-10", 200_000)
    assert actions.reckon_daily(by=None, at=AT) == 1
    buy(world, "romashka", "2026-11-11", 1)
    assert actions.reckon_daily(by=None, at=AT + HOUR) == 0
    run_once(AT + DAY)
    assert worth_of(world, "romashka").worth == 200_001


def test_what_is_one_is_worth_what_both_brought(world: World) -> None:
    buy(world, "romashka", "2026-11-10", 200_000)
    buy(world, "vector", "2021-11-10", 0)
    romashka, vector = world.clients["romashka"], world.clients["vector"]
    actions.merge_clients(vector, romashka, by=None, at=AT, reason="один")
    actions.reckon_worth(by=None, at=AT)
    for key in ("romashka", "vector"):
        one = worth_of(world, key)
        assert (one.worth, str(one.since)) == (200_000, "2021-11-10")
    actions.undo_merge(romashka, by=None, at=AT)
    actions.reckon_worth(by=None, at=AT)
    assert worth_of(world, "vector").worth is None


def test_a_merge_and_its_undoing_are_reckoned_within_minutes(world: World) -> None:
    for key in ("romashka", "vector"):
        buy(world, key, "2026-11-01", 300)
    actions.reckon_daily(by=None, at=AT)
    romashka, vector = world.clients["romashka"], world.clients["vector"]
    actions.merge_clients(romashka, vector, by=None, at=AT + HOUR, reason="один")
    actions.reckon_daily(by=None, at=AT + HOUR)
    assert worth_of(world, "romashka").worth == 600
    later = AT + 2 * HOUR
    vector.refresh_from_db()
    actions.undo_merge(vector, by=None, at=later)
    actions.reckon_daily(by=None, at=later)
    assert worth_of(world, "romashka").worth == 300
    # Nothing was merged since: nothing is reckoned.
    count = Reckoning.objects.count()
    actions.reckon_daily(by=None, at=later + HOUR)
    assert Reckoning.objects.count() == count


def test_today_follows_and_comes_back(world: World) -> None:
    contract = sent_supply(world)
    before = ranks()
    buy(world, "romashka", "2026-11-10", 1_200_000)
    actions.reckon_worth(by=None, at=AT + HOUR)
    start = timedelta(minutes=worth_of(world, "romashka").worth_start)
    assert start and Reckoning.objects.get().ranked_at is None
    rank(AT + HOUR)
    mine = Holder.objects.filter(case=contract.pk, rank_at__isnull=False)
    assert mine
    for one in mine:
        assert one.rank_at == before[one.pk] - start  # type: ignore[operator]
    others = {pk: at for pk, at in ranks().items() if pk not in {one.pk for one in mine}}
    assert others == {pk: before[pk] for pk in others}
    assert Reckoning.objects.get().ranked_at is not None
    # What is promised from now on stands there at once.
    assert sent_supply(world).agreeing.worth_start == start.total_seconds() // 60
    Purchase.objects.all().delete()
    actions.reckon_worth(by=None, at=AT + HOUR)
    rank(AT + HOUR)
    assert {pk: at for pk, at in ranks().items() if pk in before} == before
    assert not Promise.objects.filter(state="running").exclude(worth_start=0).exists()


def test_a_line_for_our_people_and_never_in_the_room(world: World, tmp_path: Path) -> None:
    contract = sent_supply(world)
    buy(world, "romashka", "2022-11-10", None)
    buy(world, "romashka", "2026-11-10", 1_200_000)
    actions.reckon_worth(by=None, at=AT)
    number, client = contract.pk, contract.case.client_id
    lawyer, anna = browser_of(world, "manager"), browser_of(world, "anna")
    pages = ("", "clients/", f"clients/{client}/", f"contracts/{number}/")
    for page in pages:
        assert SAID in lawyer.get(f"/desk/{page}").content.decode().replace("\u00a0", " "), page
    seen = lawyer.get(f"/desk/contracts/{number}/as-client/").content.decode()
    room = ("", "contracts/", f"contracts/{number}/", "people/", "profile/", "tickets/")
    told = seen + "".join(anna.get(f"/room/{page}").content.decode() for page in room)
    told += anna.post("/room/profile/export/").content.decode()
    for word in ("Маржа", "с нами", "worth", "1,2", "1200000", "1 200 000"):
        assert word not in told.replace("\u00a0", " "), word


@given(st.dictionaries(st.integers(), st.decimals(-100, 100, places=2), max_size=60))
def test_who_brings_more_never_stands_later(margins: dict[int, Decimal]) -> None:
    starts = worth_starts(margins)
    told = sorted((margin, starts.get(pk, 0)) for pk, margin in margins.items())
    assert [start for _margin, start in told] == sorted(start for _margin, start in told)
    assert all(starts.get(pk, 0) == 0 for pk, margin in margins.items() if margin <= 0)
    brings = [pk for pk, margin in margins.items() if margin > 0]
    assert len([pk for pk in brings if starts.get(pk)]) >= min(1, len(brings))


def test_the_card_says_what_was_bought_last(world: World) -> None:
    for day in range(10, 17):
        buy(world, "vector", f"2026-11-{day}", day)
    romashka, vector = world.clients["romashka"], world.clients["vector"]
    actions.merge_clients(romashka, vector, by=None, at=AT, reason="один")
    page = browser_of(world, "manager").get(f"/desk/clients/{romashka.pk}/").content.decode()
    assert "16.11.2026" in page and "12.11.2026" in page and "11.11.2026" not in page
    assert "₽" in page
    # All of it is in the currency the firm counts in.
    director = browser_of(world, "director")
    form = director.get("/desk/firm/").context["form"].initial
    told = {name: value for name, value in form.items() if value not in (None, "")}
    assert director.post("/desk/firm/", {**told, "currency": "KZT"}).status_code == 302
    page = browser_of(world, "manager").get(f"/desk/clients/{romashka.pk}/").content.decode()
    assert "KZT" in page.partition("<main")[2]
    assert "000\xa0₽" not in page.partition("<main")[2]
