"""Every kind of entry of people and clients can be read aloud, whole, in both languages."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from tests.clients.conftest import Clients
from tests.people.conftest import AT
from zabota.clients import actions
from zabota.clients.models import Client, Likeness
from zabota.journal.kinds import all_kinds
from zabota.journal.models import Entry, Stream
from zabota.journal.reading import read_lines
from zabota.journal.verify import verify_journal
from zabota.people import actions as people
from zabota.people.actions.accounts import choose_quiet_hours
from zabota.people.actions.programs import close_key, make_key
from zabota.people.models import Employee, User
from zabota.tickets.models import Exercise, TicketType

DAY = timedelta(days=1)
KINDS = {
    "clients.purchase_recorded",
    "clients.purchase_returned",
    "clients.return_lessened",
    "people.key_closed",
    "people.key_made",
    "people.quiet_chosen",
    "clients.accepted",
    "clients.refused",
    "people.place_closed",
    "people.place_set",
    "people.power_drill_lifted",
    "people.power_drill_set",
    "people.skill_closed",
    "people.skill_set",
    "people.skills_set",
    "people.training_lapsed",
    "people.training_passed",
    "clients.access_given",
    "clients.client_added",
    "clients.client_changed",
    "clients.client_passed_on",
    "clients.consent_given",
    "clients.contact_added",
    "clients.contact_changed",
    "clients.contact_removed",
    "clients.handed_over",
    "clients.merge_undone",
    "clients.merged",
    "clients.parted",
    "clients.person_erased",
    "clients.person_exported",
    "clients.role_changed",
    "clients.table_taken_in",
    "clients.told_apart",
    "clients.took_in",
    "people.absence_begun",
    "people.absence_cancelled",
    "people.absence_ended",
    "people.absence_planned",
    "people.employee_changed",
    "people.employee_dismissed",
    "people.employee_hired",
    "people.firm_changed",
    "people.firm_founded",
    "people.password_changed",
    "people.photo_changed",
    "people.power_begun",
    "people.power_ended",
    "people.power_granted",
    "people.power_revoked",
    "people.profile_changed",
    "people.special_day_cleared",
    "people.special_day_set",
    "people.substitute_appointed",
    "people.substitution_begun",
    "people.substitution_cancelled",
    "people.substitution_ended",
    "people.team_closed",
    "people.team_opened",
    "people.team_renamed",
}


def live_with_clients(clients: Clients, owner: User) -> None:
    """What is done with clients and their people."""
    actions.change_client(clients.other, {"note": "x"}, by=owner, at=AT)
    contact = actions.add_contact(clients.daisy, "Анна", by=owner, at=AT)
    actions.change_contact(contact, "Анна Ли", by=owner, at=AT)
    actions.change_role(clients.viewer, "edits", by=owner, at=AT)
    actions.hand_over(clients.editor, clients.viewer, by=owner, at=AT)
    actions.give_consent(clients.owner, "service", "1", "x", by=clients.user("owner"), at=AT)
    actions.export_person(clients.viewer, by=owner, at=AT)
    actions.remove_contact(clients.editor, by=owner, at=AT)
    actions.erase_person(clients.viewer, by=owner, at=AT)
    actions.merge_clients(clients.daisy, clients.other, by=owner, at=AT, reason="один ИНН")
    actions.undo_merge(clients.other, by=owner, at=AT)
    alike = Likeness.objects.create(
        one=clients.daisy, other=clients.other, doubt=40, why=["name"], found_at=AT
    )
    nobody = actions.add_client({"name": "Рассылка"}, owner=clients.staff.lawyer, by=owner, at=AT)
    actions.refuse_client(nobody, by=owner, at=AT)
    actions.accept_client(nobody, by=owner, at=AT)
    actions.tell_apart(alike, by=owner, at=AT)
    table = actions.open_import(
        "clients", "Название;ИНН\nСирень;".encode(), "x.csv", by=owner, at=AT
    )
    actions.start_import(table, by=owner, at=AT)
    actions.carry_on_import(by=None, at=AT)
    point = actions.add_point(contact, "phone", "8 495 123-45-67", by=owner, at=AT)
    actions.prefer_point(point, by=owner, at=AT)
    actions.remove_point(point, by=owner, at=AT)


def live_with_purchases(clients: Clients) -> None:
    """What clients buy and bring back."""
    lamp = actions.record_purchase(
        clients.other, day=AT.date(), sum=Decimal(900), mark="order:1", by=None, at=AT
    )
    actions.take_back_purchase(
        lamp, sum=Decimal(300), day=AT.date(), mark="return:1", by=None, at=AT
    )
    actions.lessen_return(lamp, sum=Decimal(100), day=AT.date(), mark="return:1+1", by=None, at=AT)


def live_with_programs(owner: Employee) -> None:
    """Keys by which programs do things here; when one's own letters wait."""
    key, _token = make_key("Касса", ["till"], employee=owner, by=owner.user, at=AT)
    close_key(key, by=owner.user, at=AT)
    choose_quiet_hours(owner, (time(21), time(8)), by=owner.user, at=AT)


def live_with_skills(clerk: Employee, owner: User) -> None:
    """What our people know, where they work, which drills they passed."""
    skill = people.set_skill(None, "Кабель", by=owner, at=AT, name_en="Cable")
    people.set_skills(clerk, [skill], by=owner, at=AT)
    people.close_skill(skill, by=owner, at=AT)
    people.close_place(people.set_place(None, "Склад", by=owner, at=AT), by=owner, at=AT)
    people.note_training(clerk, "question", by=owner, at=AT)
    people.lapse_trainings(at=AT + 4000 * DAY)


def live_through(clients: Clients) -> None:
    """Every verb once."""
    staff, owner = clients.staff, clients.staff.user("owner")
    people.change_firm({"accent": "plum"}, by=owner, at=AT)
    people.set_special_day(date(2026, 12, 31), "off", by=owner, at=AT)
    people.clear_special_day(date(2026, 12, 31), by=owner, at=AT)
    team = people.open_team("Юристы", by=owner, at=AT)
    people.rename_team(team, "Право", by=owner, at=AT, name_en="Law")
    people.close_team(team, by=owner, at=AT)
    people.change_employee(staff.clerk, {"phone": "1"}, by=owner, at=AT)
    people.change_photo(staff.clerk, None, by=owner, at=AT)
    people.choose_language(owner, "en", stream=staff.owner.stream, by=owner, at=AT)
    people.change_password(staff.owner, "другой-Пароль-77", by=owner, at=AT)
    power = people.grant_power(staff.clerk, "approve", by=owner, at=AT)
    kind = TicketType.objects.get(slug="question")
    stream = Stream.objects.create()
    exercise = Exercise.objects.create(
        kind=kind, title="x", client="y", text="z", made_at=AT, stream=stream
    )
    people.require_drill(power, "question", by=owner, at=AT)
    people.require_drill(power, "", by=owner, at=AT)
    exercise.delete()
    stream.delete()
    people.revoke_power(power, by=owner, at=AT)
    live_with_skills(staff.clerk, owner)
    live_with_programs(staff.owner)
    live_with_purchases(clients)
    people.grant_power(
        staff.clerk, "routes", by=owner, at=AT, valid_from=AT + DAY, valid_until=AT + 2 * DAY
    )
    for days in (1, 3):
        away = people.plan_absence(
            staff.clerk, AT + days * DAY, AT + (days + 1) * DAY, by=owner, at=AT
        )
        lent = people.appoint_substitute(
            staff.clerk, staff.lead, AT + days * DAY, AT + (days + 1) * DAY, by=owner, at=AT
        )
    people.cancel_absence(away, by=owner, at=AT)
    people.cancel_substitution(lent, by=owner, at=AT)
    people.turn_absences(at=AT + 5 * DAY)
    live_with_clients(clients, owner)
    people.dismiss_employee(staff.clerk, by=owner, at=AT, heir=staff.lead)
    people.dismiss_employee(staff.lead, by=owner, at=AT)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_kind_is_read_whole(clients: Clients, language: str) -> None:
    live_through(clients)
    left = Entry.objects.get(kind="people.employee_dismissed", stream=clients.staff.clerk.stream_id)
    passed = [actions.pass_on_after_dismissal(left, by=None, at=AT) for _ in range(2)]
    assert passed == [1, 0]
    # The heir left as well: the client went to the heir's own heir.
    assert Client.objects.get(pk=clients.daisy.pk).owner == clients.staff.owner
    with translation.override(language):
        lines = read_lines(Entry.objects.order_by("pk"), now=AT)
    mine = {kind.name for kind in all_kinds() if kind.name.startswith(("people.", "clients."))}
    assert {line.entry.kind for line in lines} == mine == KINDS
    erased = clients.viewer.user_id
    for line in lines:
        facts = line.entry.facts
        assert not set("{}[]") & set(line.sentence)
        assert ("—" in line.sentence) == (
            erased in (facts.get("user"), facts.get("to_user")) and "person" in facts
        ), line
    assert verify_journal().broken is None


def test_what_the_system_did_names_nobody(clients: Clients) -> None:
    """And what a sentence has no fact for is left out, not shown as a dash."""
    actions.add_contact(clients.daisy, "Анна", by=None, at=AT)
    actions.add_contact(clients.daisy, "Вера", by=clients.staff.user("owner"), at=AT)
    ours = clients.staff.user("owner").name
    for language, bare, signed in (
        ("ru", "Контактное лицо добавлено", f"Контактное лицо добавлено: {ours}"),
        ("en", "A contact person was added", "A contact person was added by "),
    ):
        with translation.override(language):
            lines = read_lines(
                Entry.objects.filter(kind="clients.contact_added").order_by("-pk")[:2], now=AT
            )
        assert lines[1].sentence == bare
        assert lines[0].sentence.startswith(signed)
