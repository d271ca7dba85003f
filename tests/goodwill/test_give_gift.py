"""Giving: out of one's own budget, to a client or a stranger, without asking anybody."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.worlds import AT, DAY
from tests.goodwill.given import a_person, code, fresh, gave, last, left, with_terms
from tests.support.refused import refused
from zabota.goodwill.actions import (
    GoodFields,
    LimitFields,
    Taken,
    claim_gift,
    close_good,
    lapse_gifts,
    open_allowances,
    set_budget,
    set_good,
    set_limit,
    set_recipient,
    set_terms,
    withdraw_gift,
)
from zabota.goodwill.codes import typed_code
from zabota.goodwill.models import Allowance, Gift, GiftState, LegalLimit
from zabota.goodwill.periods import period_of
from zabota.home.world import World
from zabota.journal.verify import verify_journal
from zabota.people.actions import change_firm
from zabota.people.firm import current_firm


def test_a_gift_is_paid_from_ones_own_budget(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    assert gift.to_stranger and gift.client is None and gift.number == "П-2026-0001"
    assert left(world) == Decimal(4500)
    assert last().kind == "goodwill.gift_given" and "500" not in last().canonical
    assert gave(world, kind="thanks", cost=None).cost == 0 and left(world) == Decimal(4500)
    assert len(code(gift)) == 10 and code(gift) not in str(Gift.objects.values())
    assert typed_code(f" {code(gift)[:5].lower()}-{code(gift)[5:]} ") == code(gift)
    assert verify_journal().broken is None


def test_what_the_budget_does_not_reach_is_refused_in_words(world: World) -> None:
    with_terms(world)
    gave(world, cost=Decimal(3900))
    with refused("budget"):
        gave(world, cost=Decimal("1100.01"))
    gave(world, cost=Decimal(1100))
    assert left(world) == 0 and Gift.objects.count() == 2


def test_nobody_gives_before_the_firm_has_terms(world: World) -> None:
    with refused("no_terms"):
        gave(world)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"kind": "yacht"}, "kind"),
        ({"occasion": " "}, "occasion"),
        ({"cost": None}, "cost"),
        ({"kind": "goods"}, "good"),
        ({"kind": "points"}, "points"),
        ({"kind": "own"}, "what"),
        ({"kind": "discount", "percent": 101}, "percent"),
    ],
)
def test_what_is_missing_is_said(world: World, told: dict[str, object], why: str) -> None:
    with_terms(world)
    with refused(why):
        gave(world, **told)


def test_what_is_sent_twice_is_given_once(world: World) -> None:
    with_terms(world)
    assert gave(world, once="ab12").pk == gave(world, once="ab12").pk
    assert gave(world, "manager", once="ab12").employee == world.staff["manager"]
    assert left(world) == Decimal(4500)


def test_goods_are_counted(world: World) -> None:
    with_terms(world)
    cup = set_good(None, GoodFields("Кружка", Decimal(350), stock=1), by=None, at=AT)
    gift = gave(world, kind="goods", good=cup, cost=None)
    cup.refresh_from_db()
    assert gift.cost == Decimal(350) and cup.stock == 0
    with refused("no_stock"):
        gave(world, kind="goods", good=cup)
    withdraw_gift(gift, by=world.as_staff("finance"), at=AT)
    cup.refresh_from_db()
    assert cup.stock == 1 and left(world) == Decimal(5000)
    assert last().kind == "goodwill.gift_withdrawn"
    close_good(cup, by=None, at=AT)
    assert last().kind == "goodwill.good_set"
    with refused("no_stock"):
        gave(world, kind="goods", good=cup)


def test_only_the_giver_takes_it_back_and_only_untaken(world: World) -> None:
    with_terms(world)
    gift = gave(world)
    with pytest.raises(PermissionDenied):
        withdraw_gift(gift, by=world.as_staff("manager"), at=AT)
    withdraw_gift(gift, by=world.as_staff("finance"), at=AT)
    with refused("not_there"):
        withdraw_gift(gift, by=world.as_staff("finance"), at=AT)


def test_what_nobody_takes_lapses_and_is_free_again(world: World) -> None:
    with_terms(world, unspent="carry")
    gift = gave(world)
    later = AT + timedelta(days=30)
    open_allowances(by=None, at=later)
    assert left(world) == Decimal(9500)
    assert lapse_gifts(by=None, at=later) == 1 and lapse_gifts(by=None, at=later) == 0
    assert fresh(gift).state == GiftState.LAPSED and last().kind == "goodwill.gift_lapsed"
    # Of a period that is over: into the one that runs.
    assert left(world) == Decimal(10000)


@pytest.mark.parametrize(("rule", "carried"), [("lapse", 0), ("carry", 4500), ("up_to", 1000)])
def test_what_is_not_spent_goes_as_the_firm_says(world: World, rule: str, carried: int) -> None:
    with_terms(world, unspent=rule, carry_most=Decimal(1000))
    gave(world)
    december = AT + timedelta(days=20)
    assert open_allowances(by=None, at=december) == len(world.staff)
    now = Allowance.objects.get(employee=world.staff["finance"], starts=date(2026, 12, 1))
    assert (now.carried, now.left) == (carried, 5000 + carried)
    assert open_allowances(by=None, at=december) == 0


def test_ones_own_budget_is_set_by_its_power(world: World) -> None:
    with_terms(world)
    finance, director = world.staff["finance"], world.staff["director"].user
    with pytest.raises(PermissionDenied):
        set_budget(finance, Decimal(9000), by=world.staff["manager"].user, at=AT)
    gave(world)
    set_budget(finance, Decimal(9000), by=director, at=AT, reason="возвращаются чаще")
    assert left(world) == Decimal(8500) and last().kind == "goodwill.budget_set"
    set_terms({"base": Decimal(2000)}, by=director, at=AT)
    assert left(world) == Decimal(8500) and last().kind == "goodwill.terms_set"
    set_budget(finance, None, by=director, at=AT)
    assert left(world) == Decimal(1500)
    set_budget(finance, Decimal(100), by=director, at=AT)
    assert left(world) == 0


def test_the_law_limits_gifts_to_a_person_in_a_year(world: World) -> None:
    with_terms(world, base=Decimal(20000))
    client = a_person(world).client
    gave(world, client=client, cost=Decimal(2500))
    gave(world, "manager", client=client, cost=Decimal(1500))
    with refused("law_year"):
        gave(world, client=client, cost=Decimal("0.01"))
    # A discount is no gift before the law; next year begins anew.
    gave(world, client=client, kind="discount", cost=Decimal(1000))
    gave(world, client=client, cost=Decimal(4000), at=AT + 60 * DAY)


def test_an_official_is_given_no_more_than_the_law_lets(world: World) -> None:
    with_terms(world, base=Decimal(20000))
    with refused("law_gift"):
        gave(world, cost=Decimal(3001), official=True)
    gave(world, cost=Decimal(3000), official=True)
    client = a_person(world).client
    set_recipient(client, True, by=world.as_staff("finance"), at=AT)
    assert last().kind == "goodwill.recipient_set"
    client.refresh_from_db()
    with refused("law_gift"):
        gave(world, client=client, cost=Decimal(3001))


def test_of_a_company_things_are_the_companys(world: World) -> None:
    with_terms(world, base=Decimal(20000))
    anna = world.guests["anna"]
    company = anna.client
    with refused("companies_off"):
        gave(world, client=company, contact=anna, kind="discount", cost=Decimal(100))
    with refused("law_gift"):
        gave(world, client=company, contact=anna, cost=Decimal(3001))
    assert gave(world, client=company, contact=anna, kind="thanks").contact == anna
    change_firm({"thanks_companies": True}, by=None, at=AT)
    current_firm()
    gift = gave(world, client=company, contact=anna, kind="discount", cost=Decimal(100))
    assert gift.contact is None and gift.client == company
    owner, buyer = world.as_guest("anna"), world.as_guest("boris")
    assert gift in Gift.objects.visible_to(owner)
    assert gift not in Gift.objects.visible_to(buyer)
    assert gift not in Gift.objects.visible_to(world.as_guest("alien"))


def test_the_firms_own_limit_is_below_the_law(world: World) -> None:
    with_terms(world, person_year_most=Decimal(700))
    client = a_person(world).client
    gave(world, client=client, kind="discount", cost=Decimal(500))
    with refused("firm_year"):
        gave(world, client=client, kind="delivery", cost=Decimal(201))


def test_whoever_speaks_for_a_company_is_a_person_before_the_law(world: World) -> None:
    with_terms(world, base=Decimal(20000))
    anna, boris = world.guests["anna"], world.guests["boris"]
    romashka = anna.client
    gave(world, client=romashka, contact=anna, cost=Decimal(2500))
    with refused("law_year"):
        gave(world, client=romashka, contact=anna, cost=Decimal(2500))
    gave(world, client=romashka, contact=boris, cost=Decimal(2500))
    gave(world, client=romashka, cost=Decimal(2500))


def test_what_a_companys_person_takes_is_the_companys(world: World) -> None:
    with_terms(world)
    change_firm({"thanks_companies": True}, by=None, at=AT)
    gift, anna = gave(world, kind="discount", cost=Decimal(500)), world.guests["anna"]
    claim_gift(gift, Taken("k"), by=anna.user, at=AT, contact=anna)
    assert (fresh(gift).client, fresh(gift).contact) == (anna.client, None)


def test_the_law_is_dated_and_kept_by_the_firm(world: World) -> None:
    with_terms(world, base=Decimal(20000))
    director = world.staff["director"].user
    old = LegalLimit.objects.get(who="person")
    day = AT.date()
    told = LimitFields("person", "year", old.most, old.since, old.source_ru, until=day)
    set_limit(old, told, by=director, at=AT)
    new = LimitFields("person", "year", Decimal(12000), day, "НК РФ, новая редакция")
    set_limit(None, new, by=director, at=AT)
    assert last().kind == "goodwill.limit_set"
    client = a_person(world).client
    gave(world, client=client, cost=Decimal(12000))
    with refused("law_year"):
        gave(world, client=client, cost=Decimal(1))
    with pytest.raises(PermissionDenied):
        set_limit(None, new, by=world.staff["manager"].user, at=AT)


def test_periods_of_the_calendar() -> None:
    day = date(2026, 11, 17)
    assert period_of(day, "month") == (date(2026, 11, 1), date(2026, 12, 1))
    assert period_of(day, "quarter") == (date(2026, 10, 1), date(2027, 1, 1))
    assert period_of(day, "year") == (date(2026, 1, 1), date(2027, 1, 1))
