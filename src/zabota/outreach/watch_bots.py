"""Workers ask the firm's bots for news; the server holds its answer until there is some. Where the
firm wants that, it tells us by itself.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse

from zabota.common import clock
from zabota.outreach import actions
from zabota.outreach.bot import Bot, BotFault
from zabota.outreach.models import Gate, GateKind
from zabota.outreach.outlets import bot_of, webhook_secret
from zabota.outreach.watcher import Watcher

# Seconds the server holds an answer without news.
HOLD = 25


@dataclass
class BotWatch(Watcher):
    """All bots of this worker."""

    called = "bot"
    faults = (BotFault,)
    hold: int = HOLD

    def places(self) -> list[int]:
        """Every bot of the firm."""
        bots = Gate.objects.filter(kind=GateKind.TELEGRAM, closed_at=None)
        return list(bots.values_list("pk", flat=True))

    def find(self, pk: int) -> Gate | None:
        """One of them, while it is open."""
        return Gate.objects.filter(pk=pk, closed_at=None).first()

    def claims(self, row: Gate) -> bool:
        """Whether this worker asks it now: two at once the server refuses."""
        return actions.claim_gate(row, self.name, by=None, at=clock.now())

    def release(self, pk: int) -> None:
        """Others may have it."""
        actions.release_gate(Gate(pk=pk), self.name, by=None, at=clock.now())

    def note(self, pk: int, fault: str) -> None:
        """What the server answered."""
        actions.note_gate(Gate(pk=pk), fault, by=None, at=clock.now())

    def read(self, row: Gate) -> None:
        """Ask again and again, or have the server tell us, until it is changed, closed or another
        worker has it.
        """
        gate, bot, count = row, bot_of(row), 0
        told = bool(gate.options.get("webhook"))
        if told:
            address = reverse("bot-update", args=[gate.key])
            bot.tell_us(f"{settings.BASE_URL}{address}", webhook_secret(gate))
            actions.note_gate(gate, "", by=None, at=clock.now())
        else:
            bot.ask_again()
        while not self.stop.is_set():
            # Nothing of the database is held while we wait.
            connection.close()
            if told:
                self.stop.wait(self.hold)
            else:
                count = self.ask(gate, bot, count)
            now = self.find(gate.pk)
            if now is None or _signature(now) != _signature(gate) or not self.claims(now):
                return
            gate = now

    def ask(self, gate: Gate, bot: Bot, count: int) -> int:
        """Once; `count` is how much came the last time. After a quiet week numbers begin anew,
        below the last: only what came just now is said to be taken in.
        """
        after = gate.last_update if count else -1
        return self.take(gate, bot, bot.updates(after, self.hold))

    def take(self, gate: Gate, bot: Bot, updates: list[dict[str, Any]]) -> int:
        """What is new; how much. The place is remembered after each, so that a worker that dies
        goes on where it was, and what came twice does nothing.
        """
        actions.note_gate(gate, "", by=None, at=clock.now())
        for update in updates:
            actions.receive_update(gate, update, bot, by=None, at=clock.now())
            self.news.set()
        return len(updates)


def _signature(gate: Gate) -> tuple[object, ...]:
    """What has to be the same for the bot to be still the right one."""
    named = (gate.options.get("api"), gate.options.get("webhook"))
    return (gate.secret, gate.secret_env, gate.key, *named)
