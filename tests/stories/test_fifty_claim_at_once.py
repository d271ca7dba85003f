"""Fifty people take one present at the same moment, each in a browser of their own, from the server
as `zabota serve` runs it: one has it, the others read clearly that it is gone.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from tests.stories.at_code import TAKEN, Guest
from tests.support.fresh import of_home
from tests.support.line import Reply
from tests.support.site import Site, WarmSite
from zabota.clients.models import Client, Consent
from zabota.goodwill.actions import Given, give_gift
from zabota.goodwill.codes import code_of, shown_code
from zabota.goodwill.models import Gift, GiftState
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.people.access import StaffViewer
from zabota.people.models import Employee

PEOPLE = 50
NAME = "Встречный"
# So long all of them may wait for each other, and for the site.
LONGEST = 60


def give(at: datetime) -> str:
    """An accountant gives to whoever has the code."""
    pavel = Employee.objects.select_related("user").get(user__email__startswith="finance@")
    told = Given(kind="flowers", occasion="в парке", cost=Decimal(300))
    gift = give_gift(told, by=StaffViewer(pavel.user, pavel), at=at)
    return code_of(gift.employee_id, gift.salt)


def outcome(code: str) -> dict[str, object]:
    gift = next(one for one in Gift.objects.all() if code_of(one.employee_id, one.salt) == code)
    claims = Entry.objects.filter(kind="goodwill.gift_claimed")
    return {
        "state": gift.state,
        "new": list(Client.objects.filter(name__startswith=NAME)) == [gift.client],
        "consents": Consent.objects.filter(contact=gift.contact).count(),
        "claims": sum(entry.facts["gift"] == gift.pk for entry in claims),
        "broken": verify_journal().broken,
    }


def take(site: Site, code: str) -> list[tuple[Guest, Reply]]:
    """All have opened the page and press at once."""
    together = threading.Barrier(PEOPLE, timeout=LONGEST)

    def one(number: int) -> tuple[Guest, Reply]:
        guest = Guest(site.port, code)
        assert guest.opens().status == 200
        together.wait()
        told = {"name": f"{NAME} {number}", "email": f"g{number}@x.example", "consent": "on"}
        return guest, guest.takes(**told)

    with ThreadPoolExecutor(PEOPLE) as crowd:
        return list(crowd.map(one, range(PEOPLE)))


def test_fifty_take_one_present_and_one_has_it(warm_site: Callable[[str], WarmSite]) -> None:
    codes: list[str] = []

    def prepare(home: Path) -> None:
        codes.append(of_home(home).call(give, datetime.now(UTC)))

    with warm_site("ru").serving(prepare) as site:
        answers = take(site, *codes)
        assert len({guest.key for guest, _answer in answers}) == PEOPLE
        (has,) = (guest for guest, answer in answers if answer.status == 302)
        assert shown_code(codes[0]) in has.opens().text
        late = [(guest, answer) for guest, answer in answers if guest is not has]
        for _guest, answer in late:
            assert answer.status in (409, 422) and TAKEN in answer.text
        # Looking again shows the same, and no code.
        page = late[0][0].opens()
        assert TAKEN in page.text and shown_code(codes[0]) not in page.text
        for guest, _answer in answers:
            guest.leaves()
        assert of_home(site.home).call(outcome, codes[0]) == {
            "state": GiftState.CLAIMED, "new": True, "consents": 1, "claims": 1, "broken": None,
        }  # fmt: skip
        assert site.troubles() == []
