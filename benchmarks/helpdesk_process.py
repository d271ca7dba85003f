"""Runs inside the environment of django-helpdesk: its own settings of `../shared/peers`.

Reads `verb number` per line and answers one line of JSON: `fill` how many tickets there are, else
[median milliseconds, statements]. What a verb does is what its own pages send, as in
`helpdesk_bench.py` of the same folder.
"""

import contextlib
import gc
import io
import json
import os
import re
import sys
import urllib.parse
from pathlib import Path

FOLDER = Path(sys.argv[1])
sys.path[:0] = [str(FOLDER), str(FOLDER / "hd")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

import common  # noqa: E402 - the harness, from the folder just named
import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from helpdesk.models import Queue, Ticket  # noqa: E402

WARM = 3
# How many rows its list asks for: those ours shows.
ROWS = 50


class Desk:
    """One queue, used by a browser that is signed in as staff."""

    def __init__(self):
        call_command("migrate", verbosity=0)
        about = {"is_staff": True, "is_superuser": True, "email": "s@x.example"}
        self.user = User.objects.create(username="staff", **about)
        self.queue = Queue.objects.create(slug="q", title="Договоры", allow_public_submission=True)
        self.browser = Client()
        self.browser.force_login(self.user)

    def fill(self, number):
        with transaction.atomic():
            for index in range(Ticket.objects.count(), number):
                Ticket.objects.create(
                    title=f"Договор аренды № {index}",
                    queue=self.queue,
                    submitter_email=f"u{index % 50}@x.example",
                    description="Прошу согласовать договор аренды офиса",
                    status=1,
                    assigned_to=self.user if index % 2 else None,
                    priority=1 + index % 5,
                )
        return Ticket.objects.count()

    def get(self, path):
        answer = self.browser.get(path, follow=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return answer

    def rows_of(self, path):
        """Where the page at `path` gets its rows from."""
        found = re.search(rb"datatables_ticket_list/([A-Za-z0-9=_+/%-]+)", self.get(path).content)
        asked = {
            "draw": 1, "start": 0, "length": ROWS, "order[0][column]": 0,
            "order[0][dir]": "desc", "search[value]": "", "search[regex]": "false",
        }  # fmt: skip
        return f"/datatables_ticket_list/{found[1].decode()}?{urllib.parse.urlencode(asked)}"

    def listing(self, path):
        """A list as a browser opens it: the page, then its rows."""
        rows = self.rows_of(path)
        if not self.get(rows).json()["data"]:
            raise RuntimeError(f"{path} shows nothing")

        def both():
            self.get(path)
            self.get(rows)

        return both

    def ticket(self):
        path = f"/tickets/{Ticket.objects.order_by('-id')[5].pk}/"
        return lambda: self.get(path)

    def reply(self, number):
        numbers = iter(list(Ticket.objects.order_by("id").values_list("pk", flat=True)[:number]))

        def post():
            said = {
                "comment": "Согласовано", "new_status": 1, "title": "Т", "priority": 3,
                "owner": self.user.pk, "due_date": "", "public": "1", "time_spent": "",
                "queue": self.queue.pk,
            }  # fmt: skip
            answer = self.browser.post(f"/tickets/{next(numbers)}/update/", said)
            if answer.status_code != 302:
                raise RuntimeError(f"an answer answers {answer.status_code}")

        return post


def settle():
    """As a web process of ours is settled, so that both look for garbage alike."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def answer(desk, verb, number):
    """One question."""
    if verb == "fill":
        return desk.fill(number)
    settle()
    calls = {
        "list": lambda: desk.listing("/tickets/"),
        "search": lambda: desk.listing("/tickets/?q=" + urllib.parse.quote("аренды № 77")),
        "ticket": desk.ticket,
        "reply": lambda: desk.reply(number + WARM + 1),
    }
    # By the harness, which prints as well.
    with contextlib.redirect_stdout(io.StringIO()):
        return list(common.measure("", calls[verb](), n=number, warm=WARM))


desk = Desk()
for line in sys.stdin:
    verb, number = line.split()
    print(json.dumps(answer(desk, verb, int(number))), flush=True)
