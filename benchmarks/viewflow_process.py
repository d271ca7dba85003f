"""Runs inside the peer's environment: its flow of `../shared/peers`, its own Django, our questions.

Reads `verb number` per line and answers one line of JSON: `fill` how many tasks wait, else
[median milliseconds, statements]. Both requests of a decision are what its own pages send.
"""

import contextlib
import gc
import io
import json
import os
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
sys.path[:0] = [str(FOLDER), str(FOLDER / "vfl")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

import common  # noqa: E402 - the harness, from the folder just named
import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

BEGUN = "2026-11-21 10:00:00"
WARM = 3


class Flow:
    """Its approval of four steps, used by a browser that is signed in."""

    def __init__(self):
        call_command("migrate", verbosity=0)
        user = User.objects.create(username="u", is_staff=True, is_superuser=True)
        self.browser = Client()
        self.browser.force_login(user)
        self.tasks = apps.get_model("viewflow", "Task").objects

    def post(self, path, **data):
        answer = self.browser.post(path, data)
        if answer.status_code != 302:
            raise RuntimeError(f"{path} answers {answer.status_code}")

    def fill(self, number):
        waiting = self.tasks.filter(status="NEW")
        while waiting.count() < number:
            self.post("/approval/start/", text="Договор", **{"_viewflow_activation-started": BEGUN})
        return waiting.count()

    def inbox(self):
        answer = self.browser.get("/approval/queue/")
        if answer.status_code != 200:
            raise RuntimeError(f"the queue answers {answer.status_code}")

    def first_steps(self, number):
        rows = self.tasks.filter(status="NEW", flow_task__endswith=".a1").order_by("pk")[:number]
        return [f"/approval/{row.process_id}/a1/{row.pk}" for row in rows]

    def assign(self, task):
        self.post(f"{task}/assign/")

    def execute(self, task):
        self.post(f"{task}/execute/", ok="on", **{"_viewflow_activation-started": BEGUN})


def settle():
    """As a web process of ours is settled, so that both look for garbage alike."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def answer(flow, verb, number):
    """One question."""
    if verb == "fill":
        return flow.fill(number)
    settle()
    if verb == "inbox":
        return measured(flow.inbox, number)
    steps = flow.first_steps(number + WARM + 1)
    if verb == "execute":
        for step in steps:
            flow.assign(step)
    waiting = iter(steps)

    def decide():
        step = next(waiting)
        if verb == "decision":
            flow.assign(step)
        flow.execute(step)

    return measured(decide, number)


def measured(call, number):
    """By the harness, which prints as well."""
    with contextlib.redirect_stdout(io.StringIO()):
        return list(common.measure("", call, n=number, warm=WARM))


flow = Flow()
for line in sys.stdin:
    verb, number = line.split()
    print(json.dumps(answer(flow, verb, int(number))), flush=True)
