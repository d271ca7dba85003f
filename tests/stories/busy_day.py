"""A busy day of a firm: tills ring receipts up and take goods back, guests take presents by their
codes, all over HTTP; whoever gets no answer tells the same again. What the books must say then.
"""

import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tests.stories.at_code import Guest
from tests.support.line import Line, Reply
from tests.support.visitor import Gone
from zabota.clients.actions import add_client
from zabota.clients.models import Client, Consent, Purchase, PurchaseReturn
from zabota.goodwill.actions import Given, give_gift, set_terms
from zabota.goodwill.codes import code_of
from zabota.goodwill.models import Allowance, Gift
from zabota.home.work import announce, react
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.loyalty.actions import make_card
from zabota.loyalty.models import Posting, Transfer
from zabota.loyalty.verify import faults_of_points
from zabota.outreach.models import Message
from zabota.people.access import StaffViewer
from zabota.people.actions.programs import make_key
from zabota.people.models import Employee

BUYERS, POINTS = 12, 10
COST = Decimal(10)
NAME = "Гостья"
# Goods of one receipt in so many come back; one present in so many is wanted by two at once.
BACK, WANTED_BY_TWO = 7, 10


@dataclass(frozen=True)
class Plan:
    """The keys of the tills, the cards of the buyers, the presents with their codes."""

    keys: list[str]
    cards: list[str]
    codes: dict[int, str]


def lay(tills: int, presents: int, at: datetime) -> Plan:
    """Into the sample firm, before the day begins. Every other present is points."""
    ours = {one.user.email.split("@")[0]: one for one in Employee.objects.select_related("user")}
    manager, director, giver = ours["manager"], ours["director"].user, ours["finance"]
    keys = [
        make_key(f"Касса {till}", ["till"], employee=manager, by=director, at=at)[1]
        for till in range(tills)
    ]
    cards = []
    for number in range(BUYERS):
        told = {"name": f"Покупатель {number}", "kind": "person"}
        buyer = add_client(told, owner=manager, by=None, at=at)
        cards.append(make_card(buyer, by=manager.user, at=at).number)
    set_terms({"base": COST * (presents + 1000)}, by=None, at=at)
    codes = {}
    with transaction.atomic():
        for number in range(presents):
            kind = {"kind": "points", "points": POINTS} if number % 2 else {"kind": "flowers"}
            given = Given(occasion="в парке", cost=COST, **kind)  # type: ignore[arg-type]
            gift = give_gift(given, by=StaffViewer(giver.user, giver), at=at)
            codes[gift.pk] = code_of(gift.employee_id, gift.salt)
    return Plan(keys, cards, codes)


@dataclass
class Told:
    """What the site said "done" to: receipts with the points they earned and were paid by, goods
    that came back, presents with the names of the pages that have them.
    """

    rung: dict[str, tuple[int, int]] = field(default_factory=dict)
    back: dict[str, Decimal] = field(default_factory=dict)
    taken: dict[int, list[str]] = field(default_factory=dict)
    late: int = 0
    again: int = 0

    @property
    def count(self) -> int:
        return len(self.rung) + len(self.back) + len(self.taken) + self.late


class Day:
    """Tills and guests, each in a thread; how far they are."""

    def __init__(self, port: int, plan: Plan, receipts: int) -> None:
        self.port, self.plan, self.told = port, plan, Told()
        self.faults: list[str] = []
        self.over = threading.Event()
        tills = len(plan.keys)
        works: list[Callable[[], None]] = [
            self.till(key, number, range(number, receipts, tills))
            for number, key in enumerate(plan.keys)
        ]
        gifts = list(plan.codes)
        works += [self.guests(gifts[part::tills]) for part in range(tills)]
        # They come a moment apart, each for one in so many: the same present is wanted by two.
        works.append(self.guests(gifts[::WANTED_BY_TWO]))
        self.threads = [threading.Thread(target=self.go, args=(work,)) for work in works]

    def go(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:
            self.faults.append(repr(fault))
            self.over.set()

    def asked(self, ask: Callable[[], Reply]) -> Reply:
        """The answer, however often it has to be asked for."""
        while not self.over.is_set():
            try:
                return ask()
            except Gone:
                self.told.again += 1
                self.over.wait(0.02)
        raise AssertionError("the day was broken off")

    def till(self, key: str, till: int, numbers: Iterable[int]) -> Callable[[], None]:
        """Rings up its receipts one after another; of some the goods come back."""
        line = Line(self.port)

        def post(verb: str, **sent: Any) -> Reply:
            body, kind = json.dumps(sent), "application/json"
            return self.asked(
                lambda: line.ask(
                    "POST", f"/api/till/{verb}/", body,
                    Authorization=f"Bearer {key}", Content_Type=kind,
                )
            )  # fmt: skip

        def ring(number: int) -> None:
            chance = random.Random(number)
            card, sum_ = chance.choice(self.plan.cards), str(chance.randint(100, 900))
            receipt, spend = f"{till}-{number}", chance.choice([0, 0, 5, 20])
            answer = post("receipts", card=card, receipt=receipt, sum=sum_, spend=spend)
            if answer.status == 422 and answer.json["error"]["code"] == "not_enough":
                answer = post("receipts", card=card, receipt=receipt, sum=sum_)
            assert answer.status == 200, answer.text[:500]
            earned = sum(one["amount"] for one in answer.json["earned"])
            self.told.rung[receipt] = (earned, answer.json["spent"])
            if number % BACK == 0:
                answer = post("returns", receipt=receipt, slip="1")
                assert answer.status == 200, answer.text[:500]
                self.told.back[receipt] = Decimal(answer.json["sum"])

        def work() -> None:
            for number in numbers:
                ring(number)
            line.close()

        return work

    def guests(self, gifts: list[int]) -> Callable[[], None]:
        """One after another opens the page of a code, takes what is there, says who they are."""

        def take(gift: int) -> None:
            guest = Guest(self.port, self.plan.codes[gift])
            page = self.asked(guest.opens)
            assert page.status == 200, page.text[:500]
            said = {"name": f"{NAME} {gift}", "email": f"g{gift}@x.example", "consent": "on"}
            answer = self.asked(lambda: guest.takes(**said)) if guest.key else None
            guest.leaves()
            if answer is not None and answer.status == 302:
                self.told.taken.setdefault(gift, []).append(guest.key)
                return
            assert answer is None or answer.status in (409, 422), answer.text[:500]
            self.told.late += 1

        def work() -> None:
            for gift in gifts:
                take(gift)

        return work


def follow_up(at: datetime) -> None:
    """What is left to the worker: everything that follows what was done."""
    while react(at) + announce(at):
        pass


def wrong(plan: Plan, told: Told) -> dict[str, list[str]]:
    """What was answered and is not there, or otherwise; and what is there more than once."""
    lost, doubled = [], []
    purchases = {one.mark.removeprefix("till:0:"): one for one in of_tills()}
    moved: Counter[str] = Counter()
    for mark, amount in Transfer.objects.values_list("mark", "amount"):
        moved[mark] += amount
    backs = Counter(PurchaseReturn.objects.values_list("purchase", flat=True))
    sums = dict(PurchaseReturn.objects.values_list("purchase", "sum"))
    for receipt, (earned, spent) in told.rung.items():
        one = purchases.get(receipt)
        if one is None or moved[f"purchase:{one.pk}"] != earned:
            lost.append(f"receipt {receipt}")
        elif moved[one.mark] != spent:
            lost.append(f"points that paid {receipt}")
        elif receipt in told.back and sums.get(one.pk) != told.back[receipt]:
            lost.append(f"return {receipt}")
    doubled += [f"receipt {receipt}" for receipt in set(purchases) - set(told.rung)]
    doubled += [f"return of {pk}" for pk, times in backs.items() if times > 1]
    keys = dict(Gift.objects.values_list("pk", "claim_key"))
    guests = Counter(
        Client.objects.filter(name__startswith=f"{NAME} ").values_list("name", flat=True)
    )
    for gift in plan.codes:
        has = told.taken.get(gift, [])
        if not has or keys[gift] not in has or guests[f"{NAME} {gift}"] == 0:
            lost.append(f"present {gift}")
        if len(has) > 1 or guests[f"{NAME} {gift}"] > 1:
            doubled.append(f"present {gift}")
    given = [f"gift:{gift}" for gift in list(plan.codes)[1::2]]
    lost += [mark for mark in given if moved[mark] < POINTS]
    doubled += [mark for mark in given if moved[mark] > POINTS]
    return {"lost": lost, "doubled": doubled + told_twice()}


def of_tills() -> Iterable[Purchase]:
    """What the tills of this day sold; the sample firm's own have other numbers."""
    return Purchase.objects.filter(mark__regex=r"^till:0:\d+-\d+$")


def told_twice() -> list[str]:
    """Entries of one thing, and messages of one entry to one person, of which there are several."""
    kinds = ("clients.purchase_recorded", "clients.purchase_returned", "goodwill.gift_claimed")
    entries = Counter(
        (entry.kind, entry.facts.get("back") or entry.facts.get("purchase") or entry.facts["gift"])
        for entry in Entry.objects.filter(kind__in=kinds)
    )
    messages = Counter(
        Message.objects.filter(entry__isnull=False).values_list("entry", "address", "channel")
    )
    consents = Counter(Consent.objects.filter(purpose="gift").values_list("contact", flat=True))
    found = (*entries.items(), *messages.items(), *consents.items())
    return [str(what) for what, times in found if times > 1]


def books() -> dict[str, Any]:
    """Whether everything adds up, and how many lines there are."""
    spent = Allowance.objects.values_list("spent", flat=True)
    cost = Gift.objects.exclude(allowance=None).values_list("cost", flat=True)
    return {
        "faults": list(faults_of_points()),
        "sum": sum(Posting.objects.values_list("amount", flat=True)),
        "budgets": sum(spent) - sum(cost),
        "broken": verify_journal().broken,
        "lines": (Posting.objects.count(), Purchase.objects.count(), Entry.objects.count()),
    }
