"""A server killed at a bad moment, again and again: whatever it answered "done" to is there."""

import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Count

from tests.support.blow import family, kill
from tests.support.fresh import of_home
from tests.support.site import Site, WarmSite, environ
from tests.support.visitor import Gone, Visitor
from zabota.cases.models import Holder
from zabota.contracts.models import Attachment, Comment, Contract, Decision, DraftClause
from zabota.contracts.parties import is_asked
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.home.in_world import clause_numbered, example_value
from zabota.home.models import Reacted
from zabota.journal.models import Entry
from zabota.outreach.models import Message, MessageState

ROUNDS = 2
# A round; a contract takes a hundred files, and a refused one is answered as politely.
FILES = 40
# Acts answered before the blow: enough to be in the middle of many others.
LEAST, MOST = 12, 24
CLAUSES = ("3.1", "3.2")
WAIT = 60.0


@dataclass
class Plan:
    """What the people of this test work on."""

    review: int
    draft: int
    clauses: tuple[str, ...]
    form: int
    values: dict[str, str]


@dataclass
class Told:
    """What the site said "done" to, and what was on its way when it was killed."""

    comments: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)
    started: list[int] = field(default_factory=list)
    submitted: list[int] = field(default_factory=list)
    approved: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        lists = (self.comments, self.files, self.started, self.submitted, self.approved)
        return sum(map(len, lists)) + sum(map(len, self.texts.values()))


def plan() -> Plan:
    """Read from the sample firm: the contract before the lawyer, the draft, the shortest form."""
    review = Contract.objects.get(case__client_number="77/2026")
    draft = Contract.objects.get(case__state="draft")
    agreed = Contract.objects.get(case__state="agreed")
    values = {
        f"f:{spec['name']}": example_value(spec)
        for spec in agreed.edition.fields
        if is_asked(spec["name"])
    }
    clauses = tuple(clause_numbered(draft, number) for number in CLAUSES)
    return Plan(review.pk, draft.pk, clauses, agreed.edition_id, values)


def open_seat(contract: int) -> int | None:
    """The stage of this contract that waits for our manager."""
    rows = Holder.objects.filter(case=contract, rank_at__isnull=False)
    return rows.values_list("promise__stage", flat=True).first()


class Crowd:
    """Clients and staff at work, each act noted once it was answered."""

    def __init__(self, site: Site, plan: Plan, told: Told, seed: int) -> None:
        self.site, self.plan, self.told, self.seed = site, plan, told, seed
        self.enough, self.over = threading.Event(), threading.Event()
        chance = random.Random(seed)
        self.goal = told.count + chance.randint(LEAST, MOST)
        self.decisions = len(told.approved) + chance.randint(1, 2)
        self.faults: list[str] = []
        self.windows: dict[str, Visitor] = {}
        works = [self.talk, self.attach, self.agree, *(self.writer(c) for c in plan.clauses)]
        self.threads = [threading.Thread(target=self.go_on, args=(work,)) for work in works]

    def go_on(self, work: Callable[[int], None]) -> None:
        number = 0
        while not self.over.is_set():
            number += 1
            try:
                work(number)
            except Gone:
                # Whoever gets no answer was promised nothing; the killed site gives none.
                if not self.enough.wait(WAIT):
                    self.faults.append("no answer from a site that was not killed")
                return
            except Exception as fault:
                self.faults.append(repr(fault))
                self.enough.set()
                return
            if self.told.count >= self.goal and len(self.told.approved) >= self.decisions:
                self.enough.set()

    def window(self, work: str, name: str) -> Visitor:
        """Each work has a window of its own, opened when it is first needed."""
        if work not in self.windows:
            self.windows[work] = Visitor(self.site.link(name))
        return self.windows[work]

    def talk(self, number: int) -> None:
        anna = self.window("talk", "Анна Крылова")
        text = f"Слово {self.seed}-{number}"
        answer = anna.post(
            f"/room/contracts/{self.plan.review}/comments/", {"text": text, "audience": "both"}
        )
        assert answer.status == 302, answer
        self.told.comments.append(text)

    def attach(self, number: int) -> None:
        if number > FILES:
            self.over.wait(0.1)
            return
        anna = self.window("attach", "Анна Крылова")
        name = f"файл-{self.seed}-{number}.txt"
        data = f"{name} ".encode() * random.Random(f"{self.seed}{number}").randint(1, 60_000)
        path = f"/room/contracts/{self.plan.review}/files/"
        answer = anna.post(path, {"audience": "both"}, {"file": (name, data)})
        assert answer.status == 302, answer
        self.told.files[name] = data

    def writer(self, clause: str) -> Callable[[int], None]:
        """Saves one clause of the draft again and again, as autosave does."""

        def save(number: int) -> None:
            boris = self.window(clause, "Борис Ветров")
            text = f"Исполнитель оказывает услугу {self.seed}-{number}."
            self.told.begun[clause] = text
            path = f"/room/contracts/{self.plan.draft}/clauses/{clause}/"
            answer = boris.post(path, {"part-0": text})
            assert answer.status == 302, answer
            self.told.texts.setdefault(clause, []).append(text)

        return save

    def agree(self, number: int) -> None:
        """A contract from its beginning to our manager's decision."""
        anna = self.window("agree", "Анна Крылова")
        igor = self.window("decide", "Игорь Ким")
        begun = anna.post("/room/contracts/new/", {"form": str(self.plan.form)})
        found = re.fullmatch(r"/room/contracts/(\d+)/", begun.to)
        assert found is not None, begun
        contract = int(found[1])
        self.told.started.append(contract)
        assert anna.post(f"{begun.to}values/", self.plan.values).status == 302
        sent = anna.post(f"{begun.to}submit/", {})
        assert sent.status == 302, sent.text[:2000]
        self.told.submitted.append(contract)
        stage = read(self.site.home, open_seat, contract)
        assert igor.post(f"/desk/stages/{stage}/approve/", {}).status == 302
        self.told.approved.append(stage)


def read(home: Path, function: Callable[..., Any], *arguments: Any) -> Any:
    """Asks the database of this home, from a process of its own."""
    return of_home(home).call(function, *arguments)


def what_is_missing(told: Told, plan: Plan) -> list[str]:
    """Every act the site said "done" to, looked for in its home."""
    missing = [
        f"comment {text}"
        for text in told.comments
        if Comment.objects.filter(text=text, contract=plan.review).count() != 1
    ]
    missing += [f"comment {text} twice or not told" for text in untold()]
    kept = {row.name: row.file for row in Attachment.objects.select_related("file")}
    for name, data in told.files.items():
        if name not in kept or bytes_of(kept[name].path) != data:
            missing.append(f"file {name}")
    for clause, texts in told.texts.items():
        blocks = DraftClause.objects.get(draft__contract=plan.draft, clause=clause).blocks
        now = plain_parts(blocks_from_json(blocks))["0"]
        # What was on its way may have arrived; nothing older may stand.
        if now not in (texts[-1], told.begun[clause]):
            missing.append(f"clause {clause}: {now!r} instead of {texts[-1]!r}")
    states = dict(Contract.objects.values_list("pk", "case__state"))
    missing += [f"contract {pk}" for pk in told.started if pk not in states]
    missing += [f"submission {pk}" for pk in told.submitted if states.get(pk) != "review"]
    decided = set(Decision.objects.values_list("stage", flat=True))
    missing += [f"decision {pk}" for pk in told.approved if pk not in decided]
    return missing


def bytes_of(path: str) -> bytes:
    """What lies in the files of the home that is read."""
    file = Path(settings.HOME) / "files" / path
    return file.read_bytes() if file.exists() else b""


def untold() -> list[str]:
    """Comments without exactly one entry, and entries without what they speak of."""
    entries = [e.facts["comment"] for e in Entry.objects.filter(kind="contract.commented")]
    rows = dict(Comment.objects.values_list("pk", "text"))
    return [
        rows.get(pk, str(pk))
        for pk in {*entries, *rows}
        if entries.count(pk) != 1 or pk not in rows
    ]


def messages() -> tuple[int, int, int, list[str]]:
    """Entries not announced, messages not sent, messages stored twice, Message-IDs that left."""
    sent = Message.objects.filter(state=MessageState.SENT, sent_with=None)
    twice = Message.objects.values("entry", "address", "channel").annotate(n=Count("pk"))
    again = Reacted.objects.values("entry", "action").annotate(n=Count("pk")).filter(n__gt=1)
    return (
        Entry.objects.filter(announced_at=None).count(),
        Message.objects.exclude(state=MessageState.SENT).count(),
        twice.filter(n__gt=1, entry__isnull=False).count() + again.count(),
        list(sent.values_list("message_id", flat=True)),
    )


def verify(home: Path) -> None:
    command = [sys.executable, "-m", "zabota.config.cli", "journal", "verify"]
    subprocess.run(command, env=environ(home), capture_output=True, check=True)


def all_letters_left(site: Site) -> list[str]:
    """Waits until nothing is left to announce or to send."""
    pause = threading.Event()
    for _ in range(int(WAIT / 0.3)):
        unannounced, unsent, twice, left = read(site.home, messages)
        assert twice == 0
        if not unannounced and not unsent:
            return list(left)
        pause.wait(0.3)
    raise AssertionError(f"{unannounced} entries unannounced, {unsent} messages unsent")


@pytest.mark.parametrize("seed", [2026])
def test_nothing_acknowledged_is_lost(warm_site: Callable[[str], WarmSite], seed: int) -> None:
    warm, told = warm_site("ru"), Told()
    with warm.serving() as site:
        works = read(site.home, plan)
        for number in range(ROUNDS):
            crowd = Crowd(site, works, told, seed + number)
            for thread in crowd.threads:
                thread.start()
            assert crowd.enough.wait(WAIT)
            kill(pid for pid in family(site.pid) if pid != site.pid)
            crowd.over.set()
            for thread in crowd.threads:
                thread.join(WAIT)
            assert crowd.faults == []
            assert read(site.home, what_is_missing, told, works) == []
            verify(site.home)
            warm.start(site.log)
        assert min(map(len, (told.comments, told.files, told.approved))) >= ROUNDS
        # What the killed worker had claimed is free again after a while, and so are digests.
        site.later("30m")
        left = all_letters_left(site)
        ids = re.findall(r"^Message-ID: (\S+)", "\n".join(site.letters()), re.MULTILINE)
        assert set(left) <= set(ids), "a letter said to be sent never left"
        assert site.troubles() == []
        assert read(site.home, what_is_missing, told, works) == []
        verify(site.home)
