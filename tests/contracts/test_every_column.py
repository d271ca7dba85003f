"""Every column that holds words has a decision: who may read it. What is ours never crosses."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import CharField, F, JSONField, Model, TextField, Value
from django.db.models.functions import Concat

from tests.contracts.browsers import browser_of, sent_supply
from tests.contracts.test_download_paper import FILES, PAGES, everything
from tests.contracts.worlds import AT, DAY, HOUR, approve, stage
from zabota.cases.actions import (
    Beyond,
    Explained,
    ask_to_explain,
    escalate_promise,
    explain_promise,
    go_beyond,
)
from zabota.cases.models import Explanation
from zabota.contracts.actions import ask_colleague, comment
from zabota.contracts.actions.own_route import answer_colleague
from zabota.contracts.actions.reassign import reassign_stage
from zabota.contracts.models import Contract
from zabota.home.world import World
from zabota.journal.models import Entry
from zabota.outreach.actions import announce_entries, send_waiting
from zabota.people.access import StaffViewer
from zabota.people.actions import appoint_substitute, plan_absence

OURS, THEIRS = "ВНУТРИНАШЕ", "ВНУТРИИХ"
# Only our people read these words. JSON gets the marker under a name of its own.
INTERNAL = {
    "people.Absence": ("reason",),
    "people.SpecialDay": ("note",),
    "people.Skill": ("name_ru", "name_en"),
    "people.ApiKey": ("name",),
    "people.Firm": ("week",),
    "clients.Client": ("relation", "note", "search"),
    "clients.Consent": ("source",),
    "clients.Merging": ("reason",),
    "clients.SameKey": ("key",),
    "referrals.Referral": ("words", "note", "reason"),
    "referrals.Departure": ("words",),
    # What a client is worth holds no words: tests/clients/test_reckon_worth.py.
    "clients.Import": ("name", "faults", "changes"),
    "cases.Case": ("search",),
    "cases.Deviation": ("rule", "rule_key", "reason", "answer"),
    "cases.Explanation": ("words",),
    "cases.Link": ("kept",),
    "cases.RuleOffer": ("rule_key", "rule", "words"),
    "cases.Script": ("name_ru", "name_en"),
    "cases.ScriptEdition": ("content",),
    "cases.StepDone": ("note",),
    "outreach.Message": ("fault",),
    "outreach.Mailbox": (
        "name", "host", "login", "secret", "secret_env", "folder", "watcher", "fault",
    ),
    # What a letter says reaches the other side only as a comment or a line of a thread.
    "outreach.Received": ("sender", "sender_name", "subject", "text", "cut"),
    "outreach.ReceivedFile": ("name",),
    "outreach.Gate": ("options", "secret", "secret_env", "watcher", "fault"),
    "outreach.Thread": ("outer",),
    "tickets.Call": ("caller", "number", "callee", "recording"),
    "tickets.AlarmRule": ("words",),
    "tickets.PriorityRule": ("relation", "words"),
    "tickets.ReceivingRule": ("relation", "words"),
    # What it says reaches a client only as a line of a thread.
    "tickets.Macro": ("name_ru", "name_en", "text_ru", "text_en"),
    "tickets.ArticleEdition": ("words",),
    "tickets.TicketWord": ("word",),
    "tickets.TicketWords": ("words",),
    "tickets.Exercise": ("title", "text", "client", "steps", "answer", "good_end"),
    "tickets.Drill": ("reply", "ending", "remark"),
    "contracts.Route": ("name_ru", "name_en"),
    "contracts.RouteEdition": ("spec",),
    "contracts.Contract": ("route_copy",),
    "contracts.SearchText": ("words",),
    "contracts.SearchWord": ("word",),
    "contracts.SearchWording": ("words",),
    "contracts.Stage": ("spec", "facts", "standing"),
    "contracts.Decision": ("remark",),
    "contracts.PassportFact": ("name", "value"),
    "contracts.FieldLimit": ("field",),
    "goodwill.Budget": ("reason",),
    # A mention is ours to know; of a request it became a client reads their own words.
    "voice.Source": ("name", "url", "secret", "columns", "etag", "modified", "fault"),
    "voice.Delivery": ("name", "faults"),
    "voice.Mention": ("outer", "link", "text", "author", "author_link", "where", "answer_link"),
    "voice.ReadyThanks": ("text_ru", "text_en"),
    "goodwill.ReviewLine": ("words",),
    # Whose money came, and what for, is read by our people: tests/orders/test_pages.py.
    "orders.Payment": ("payer", "payer_inn", "payer_account", "purpose"),
    "goodwill.LegalLimit": ("source_ru", "source_en", "why_ru", "why_en"),
}  # fmt: skip
# Only the client's people read these words.
OWN = {
    "contracts.OwnStep": ("name", "email", "role", "asked", "words"),
    # What whoever recommends and whoever comes say to each other, as far as either lets it.
    "referrals.Sheet": ("told", "needed"),
}
# Words whose reader is stamped in the row, or in the entry, promise or draft they belong to.
STAMPED = {
    "contracts.Comment": ("quote", "text", "author"),
    "contracts.Attachment": ("name",),
    "contracts.Change": (
        "old_value", "new_value", "lost_values", "place", "reason", "answer", "counter_wording",
        "called",
        "counter_value",
    ),
    "contracts.Draft": ("tree", "values", "reasons"),
    # Who sees a variant stands in its row: tests/contracts/test_variants_stay_hidden.py.
    "contracts.Alternative": ("name_ru", "name_en", "terms"),
    "contracts.FastLanePass": ("limits",),
    "contracts.DraftClause": ("blocks",),
    "contracts.WordReturn": ("name", "findings", "revisers"),
    "contracts.Obligation": ("quote", "words_ru", "words_en", "after"),
    "journal.Particular": ("name", "text", "salt"),
    "journal.Entry": ("canonical",),
    "cases.Promise": ("words_ru", "words_en"),
    # tests/tickets/test_say_in_ticket.py
    "tickets.Remark": ("text",),
    # Whose word it is, and ours: tests/tickets/test_give_verdict.py
    "cases.Verdict": ("words",),
    # tests/tickets/test_answers.py
    "tickets.ArticleEdition": ("title_ru", "text_ru", "title_en", "text_en"),
    # tests/tickets/test_add_files.py
    "tickets.RemarkFile": ("name",),
    # Whose answer it is says its question: tests/tickets/test_kind_fields.py
    "tickets.FieldValue": ("text",),
}  # fmt: skip
# Words for both sides: whoever sees the row at all may read them.
BOTH = {
    "referrals.Brochure": ("title_ru", "title_en", "text_ru", "text_en"),
    "referrals.Questionnaire": ("told", "needed"),
    "referrals.ReferralLink": ("shown_as", "words"),
    "people.User": ("email", "name", "name_en"),
    "people.Team": ("name_ru", "name_en"),
    "people.Employee": ("position_ru", "position_en", "phone"),
    "people.Firm": ("name", "name_en", "legal_name", "details"),
    "clients.Client": (
        "name", "short_name", "inn", "kpp", "ogrn", "address", "postal_address", "bank", "bik",
        "account", "corr_account", "signatory", "signatory_position", "authority", "name_en",
        "signatory_gen", "signatory_position_gen", "authority_gen",
        "short_name_en", "address_en", "bank_en", "signatory_en", "signatory_position_en",
        "authority_en", "phone", "email",
    ),
    "clients.Contact": ("name", "name_en", "position", "position_en", "birthday"),
    "clients.ContactPoint": ("value", "normal"),
    "cases.Case": ("number", "client_number", "title"),
    "cases.Moment": ("name_ru", "name_en"),
    "cases.Pause": ("asked",),
    # Where goods are kept for them, the client reads.
    "people.Place": ("name",),
    "orders.HoldLine": ("name", "unit"),
    "orders.HoldStep": ("told",),
    "cases.Deviation": ("told",),
    "cases.Explanation": ("told",),
    "outreach.Message": ("address", "facts"),
    "outreach.Mailbox": ("address",),
    "outreach.Gate": ("name",),
    "outreach.ConsentText": ("text",),
    "contracts.ContractTemplate": ("title_ru", "title_en", "about"),
    "contracts.TemplateEdition": ("tree", "fields", "kept"),
    "contracts.Wording": ("blocks",),
    "contracts.Contract": ("registered_number",),
    "contracts.Version": ("tree", "values"),
    "contracts.Stage": ("title_ru", "title_en"),
    "contracts.Decision": ("reasons",),
    "contracts.Signing": ("reason",),
    "contracts.Signatory": ("name", "position", "company", "ground_number", "address"),
    "contracts.Dispatch": ("carrier", "tracking"),
    "contracts.SigningFile": ("name",),
    "tickets.TicketType": ("name_ru", "name_en", "purpose_ru", "purpose_en"),
    "tickets.KindField": ("name_ru", "name_en", "options_ru", "options_en"),
    "tickets.Ticket": ("said",),
    "orders.Order": ("outer_number", "note"),
    "orders.OrderLine": ("article", "name", "unit"),
    "orders.Invoice": ("number",),
    "orders.InvoiceLine": ("name", "unit"),
    "orders.Shipment": ("number",),
    "orders.ShipmentLine": ("article", "name"),
    "orders.Return": ("number",),
    "orders.Payment": ("number",),
    # Which of them a client reads stands in the row: tests/orders/test_papers.py.
    "orders.OrderPaper": ("name",),
    "goodwill.Terms": ("consent_ru", "consent_en"),
    "goodwill.Good": ("name_ru", "name_en"),
    "goodwill.CallingCard": ("what",),
    "goodwill.Gift": ("number", "what", "occasion", "words", "thanks"),
    "goodwill.SaidThanks": ("words",),
    "goodwill.ReceivedThanks": ("words",),
    # Thanks by letter: tests/voice/test_thank_author.py
    "voice.Mention": ("words",),
    "loyalty.Unit": (
        "name_ru", "name_en", "one_ru", "few_ru", "many_ru", "one_en", "many_en",
    ),
    "loyalty.Tier": ("name_ru", "name_en"),
    "loyalty.Expiry": ("reason_ru", "reason_en"),
    "loyalty.Transfer": ("receipt",),
    "loyalty.Reward": ("name_ru", "name_en", "words_ru", "words_en", "after_ru", "after_en"),
    "loyalty.Claim": ("code",),
    "loyalty.Card": ("number",),
}  # fmt: skip
# No words: what programs tell apart by, secrets, addresses of other rows.
MACHINE = {
    "referrals.Referral": ("tool", "wish", "shares", "ending", "hits"),
    "referrals.ReferralLink": ("kind", "device"),
    "referrals.Thanks": ("side",),
    "common.File": ("digest", "media_type"),
    "journal.Stream": ("digest",),
    "journal.Entry": ("kind", "audience", "digest"),
    "people.User": ("password", "language", "zone"),
    "people.Power": ("kind", "concern", "currency", "requires_drill"),
    "people.Training": ("kind",),
    "people.Substitution": ("kinds",),
    "people.Firm": (
        "accent", "language", "zone", "country", "currency", "number_pattern", "blocking_errors",
    ),
    "people.SpecialDay": ("kind",),
    "people.Throttle": ("key",),
    "people.SignInCode": ("salt", "next_path", "about"),
    "clients.Client": ("kind", "language"),
    "clients.Contact": ("role",),
    "clients.ContactPoint": ("kind",),
    "clients.Consent": ("purpose", "text_version"),
    "clients.Likeness": ("why",),
    "clients.Import": ("kind", "columns", "state"),
    "clients.Purchase": ("mark",),
    "orders.Order": ("source", "outer", "digest", "currency"),
    "orders.OrderLine": ("outer",),
    "orders.Duty": ("kind",),
    "orders.Invoice": ("source", "outer", "digest", "currency"),
    "orders.Payment": ("source", "mark", "currency"),
    "orders.Allocation": ("why",),
    "orders.Shipment": ("source", "outer", "digest"),
    "orders.Return": ("source", "outer", "digest", "reason"),
    "orders.OrderPaper": ("kind",),
    "orders.Delay": ("why", "choice"),
    "orders.Terms": ("currency",),
    "orders.Act": ("currency",),
    "orders.ExchangeFile": ("session", "name"),
    "clients.PurchaseReturn": ("mark",),
    "people.ApiKey": ("scopes", "digest", "tail"),
    "cases.Case": ("kind", "state", "audience"),
    "cases.Moment": ("slug",),
    "cases.Promise": ("audience", "turn", "state", "outcome", "overdue"),
    "orders.HoldStep": ("kind", "state"),
    "cases.Deviation": ("currency", "state"),
    "cases.Explanation": ("cause",),
    "cases.Holder": ("through", "outcome"),
    "cases.Link": ("kind",),
    "cases.Series": ("name",),
    "cases.Script": ("occasions",),
    "cases.Verdict": ("helped",),
    "outreach.Mailbox": ("way", "security", "brings"),
    "outreach.Received": ("message_id", "state", "why", "found_by", "waits", "outer_id"),
    "outreach.Gate": ("kind", "language", "key"),
    "outreach.LinkCode": ("digest",),
    "tickets.Alarm": ("meaning",),
    "tickets.AlarmRule": ("meaning",),
    "tickets.OnCall": ("weekdays",),
    "tickets.Call": ("outer_id", "state"),
    "outreach.ReceivedFile": ("media_type", "doubt"),
    "outreach.Message": ("channel", "purpose", "path", "state", "message_id", "outer_id"),
    "contracts.Route": ("slug",),
    "contracts.ContractTemplate": ("slug", "kind", "language"),
    "contracts.TemplateEdition": ("state",),
    "contracts.Wording": ("digest",),
    "contracts.Contract": ("currency", "ending"),
    "contracts.SentTable": ("digest",),
    "contracts.Version": ("side", "origin"),
    "contracts.Change": (
        "clause", "kind", "concern", "number", "old_wording", "new_wording", "field", "state",
    ),
    "contracts.Stage": ("key", "concern", "rule"),
    "contracts.Seat": ("kind", "ref"),
    "contracts.Decision": ("verdict",),
    "contracts.Draft": ("side",),
    "contracts.DraftClause": ("clause", "base_wording"),
    "contracts.WordReturn": ("side",),
    "contracts.PassportFact": ("clause",),
    "contracts.Alternative": ("clause", "concern", "wording", "seen_by"),
    "contracts.FieldLimit": ("rule",),
    "contracts.Obligation": (
        "clause", "number", "what", "side", "unit", "every", "currency", "state",
    ),
    "contracts.Comment": ("clause", "audience"),
    "contracts.Attachment": ("audience",),
    "contracts.Signing": ("digest", "order", "state", "way"),
    "contracts.SignatureAgreement": ("digest", "text_version"),
    "contracts.Signatory": ("side", "ground"),
    "contracts.Dispatch": ("side",),
    "contracts.SigningFile": ("kind",),
    "home.Reacted": ("action",),
    "goodwill.Terms": ("currency", "period", "unspent"),
    "clients.PurchaseFit": ("state", "basis", "figures"),
    "goodwill.Allowance": ("currency",),
    "goodwill.Measured": ("basis", "currency"),
    "goodwill.Brought": ("kind",),
    "goodwill.ReviewLine": ("currency", "step", "why"),
    "goodwill.BonusTerms": ("currency",),
    "goodwill.BonusMonth": ("currency",),
    "goodwill.CallingCard": ("mark", "kind"),
    "goodwill.Good": ("currency",),
    "goodwill.Gift": (
        "kind", "currency", "paid_by", "state", "receipt", "salt", "digest", "claim_key",
    ),
    "goodwill.LegalLimit": ("who", "span", "currency"),
    "goodwill.ReceivedThanks": ("way",),
    "loyalty.Unit": ("slug",),
    "loyalty.EarnRule": ("occasion",),
    "loyalty.Transfer": ("kind", "mark", "occasion"),
    "loyalty.Batch": ("occasion",),
    "loyalty.Posting": ("account",),
    "loyalty.TakenBack": ("mark",),
    "loyalty.Reward": ("kind",),
    "loyalty.Claim": ("state",),
    "voice.Source": ("kind", "place_kind", "key"),
    "voice.Delivery": ("mark", "state", "columns"),
    "voice.Mention": ("way", "link_digest", "digest", "language", "place_kind", "how", "aside"),
    "voice.MentionKey": ("key",),
    "voice.Twin": ("why",),
    "voice.AuthorGuess": ("why",),
    "voice.ReadyThanks": ("place_kind",),
    "tickets.TicketType": ("slug", "priority"),
    "tickets.Ticket": ("priority", "channel", "outcome", "why"),
    "tickets.KindField": ("kind", "asked"),
    "tickets.ReceivingRule": ("channel",),
    "people.Skill": ("language",),
    "tickets.ServiceLevel": ("priority",),
    "tickets.PriorityRule": ("priority",),
    "tickets.Macro": ("priority", "outcome"),
    "tickets.ArticleEdition": ("audience", "kinds", "state"),
    "tickets.Exercise": ("priority", "outcome"),
    "tickets.Drill": ("steps_done", "outcome"),
    "tickets.Remark": ("kind", "side", "audience", "channel"),
}  # fmt: skip
DECISIONS = (INTERNAL, OWN, STAMPED, BOTH, MACHINE)
MODELS = [model for model in apps.get_models() if model.__module__.startswith("zabota.")]


def columns(model: type[Model]) -> set[str]:
    kinds = (CharField, TextField, JSONField)
    return {one.name for one in model._meta.concrete_fields if isinstance(one, kinds)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_of_words_has_a_decision(model: type[Model]) -> None:
    """A new column is put into one of the lists above before it may be shown to anybody."""
    decided = [name for table in DECISIONS for name in table.get(model._meta.label, ())]
    assert sorted(decided) == sorted(columns(model))


def mark(label: str, names: tuple[str, ...], marker: str) -> None:
    """The marker into every row of these columns, beside what stands there."""
    model = apps.get_model(label)
    for name in names:
        if isinstance(model._meta.get_field(name), JSONField):
            for row in model.objects.exclude(**{f"{name}__isnull": True}):  # type: ignore[attr-defined]
                setattr(row, name, {**getattr(row, name), "internal": marker})
                model.objects.filter(pk=row.pk).update(**{name: getattr(row, name)})  # type: ignore[attr-defined]
        else:
            # Beside the value and not instead of it, so that pages work as they do.
            words = Concat(F(name), Value(f" {marker}"))
            model.objects.update(**{name: words})  # type: ignore[attr-defined]


def lived(world: World) -> Contract:
    """A contract with something in every internal place: remark, absence, hand-over, return."""
    contract = sent_supply(world)
    manager, anna = world.as_staff("manager"), world.as_guest("anna")
    director = world.staff["director"].user
    approve(world, contract, "manager", "manager", AT + 2 * HOUR)
    lawyer, other = world.staff["lawyer"], world.staff["lawyer2"]
    held = stage(contract, "legal")
    reassign_stage(
        held.pk, 0, other, by=world.as_staff("lawyer"), at=AT + 3 * HOUR, reason=f"{OURS} передача"
    )
    plan_absence(
        lawyer, AT + DAY, AT + 3 * DAY, by=director, at=AT + 4 * HOUR, reason=f"{OURS} отпуск"
    )
    appoint_substitute(lawyer, other, AT + DAY, AT + 3 * DAY, by=director, at=AT + 4 * HOUR)
    comment(contract, f"{OURS} замечание", by=manager, at=AT + 4 * HOUR, audience="ours")
    comment(contract, f"{THEIRS} замечание", by=anna, at=AT + 4 * HOUR, audience="theirs")
    rule = Beyond(f"{OURS} правило", f"{OURS} причина", Decimal(1), "RUB", "Везём замену сами.")
    go_beyond(contract.case, rule, by=manager, at=AT + 4 * HOUR)
    escalate_promise(held.promise, by=None, at=AT + 4 * HOUR)
    ask_to_explain(Entry.objects.latest("pk"), by=None, at=AT + 4 * HOUR)
    owed = Explanation.objects.get()
    holder = StaffViewer(other.user, other)
    why = Explained("hands", f"{OURS} объяснение", "Юрист был в суде, ответим сегодня.")
    explain_promise(owed, why, by=holder, at=AT + 4 * HOUR)
    step = ask_colleague(
        contract, THEIRS, "jurist@romashka.example", by=anna, at=AT + 4 * HOUR, role=THEIRS
    )
    answer_colleague(step, by=None, at=AT + 5 * HOUR, agrees=False, words=THEIRS)
    return contract


def letters() -> tuple[str, str]:
    """All letters that leave now: to our people, and to the client's."""
    while announce_entries(by=None, at=AT + 2 * DAY):
        pass
    while send_waiting(by=None, at=AT + 3 * DAY):
        pass
    found: dict[bool, list[str]] = {True: [], False: []}
    for letter in mail.outbox:
        found["severny-svet" in letter.to[0]].append(letter.message().as_bytes().decode())
        found["severny-svet" in letter.to[0]].append(f"{letter.subject} {letter.body}")
    return "\n".join(found[True]), "\n".join(found[False])


ROOM = ("", "contracts/", "contracts/new/", "people/", "profile/")
DESK = ("", "contracts/", "clients/", "people/", "profile/")


def test_what_is_ours_and_what_is_theirs_never_cross(world: World, tmp_path: Path) -> None:
    contract = lived(world)
    for table, marker in ((INTERNAL, OURS), (OWN, THEIRS)):
        for label, names in table.items():
            mark(label, names, marker)
    anna, manager = browser_of(world, "anna"), browser_of(world, "manager")
    number = contract.pk
    room = everything(anna, f"/room/contracts/{number}", (*PAGES, *FILES, "own/"), tmp_path)
    room += everything(anna, "/room", ROOM, tmp_path)
    room += anna.post("/room/profile/export/").content.decode()
    assert OURS not in room and THEIRS in room
    assert "Везём замену сами." in room and "Юрист был в суде" in room
    desk = everything(manager, f"/desk/contracts/{number}", (*PAGES, *FILES), tmp_path)
    desk += everything(manager, "/desk", DESK, tmp_path)
    desk += everything(manager, f"/desk/clients/{contract.case.client_id}", ("",), tmp_path)
    assert THEIRS not in desk and OURS in desk
    eyes = ("", "versions/", "compare/?a=0&b=1", "dossier/", "approval-sheet/", *FILES)
    seen = everything(manager, f"/desk/contracts/{number}/as-client", eyes, tmp_path)
    assert OURS not in seen and THEIRS not in seen
    to_us, to_them = letters()
    assert to_us and to_them
    assert "Везём замену сами." in to_them and "Юрист был в суде" in to_them
    assert OURS not in to_them
    assert THEIRS not in to_us


def test_what_kind_of_client_they_are_is_never_said_to_them(world: World, tmp_path: Path) -> None:
    """The words of the screen for it, too, in both languages and from both kinds."""
    contract = sent_supply(world)
    words = ("лиент отношений", "лиент сделки", "elationship client", "eal client")
    page = browser_of(world, "manager").get(f"/desk/clients/{contract.case.client_id}/")
    assert any(word in page.content.decode() for word in words)
    anna: Any = browser_of(world, "anna")
    room = everything(anna, f"/room/contracts/{contract.pk}", (*PAGES, *FILES), tmp_path)
    room += everything(anna, "/room", ROOM, tmp_path)
    export = anna.post("/room/profile/export/").content.decode()
    assert "relation" not in export
    assert not [word for word in words if word in room + export]
