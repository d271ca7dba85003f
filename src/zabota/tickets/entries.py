"""What is remembered of a request. Words that were said lie in its thread, not in the journal."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, declare
from zabota.tickets.alarmed import meaning_in_words, those_alarmed, who_is_alarmed
from zabota.tickets.told import (
    Told,
    drill_lead,
    drill_player,
    those_called,
    those_who_have_it,
    those_who_look_on,
    together,
    who_wrote,
)


def _kind(
    name: str, sentence: LazyText, icon: str, told: Told | None = None, audience: str = "both"
) -> EntryKind:
    return declare(EntryKind(f"ticket.{name}", sentence, audience, told, icon))


OPENED = _kind(
    "opened",
    _("Request received: {type}[. Written by: {actor}]"),
    "message-circle",
    together(who_wrote("ticket_receipt", even_themselves=True), those_who_have_it("ticket_task")),
)
REOPENED = _kind(
    "reopened",
    _("The request is begun anew[: {actor}]"),
    "rotate-ccw",
    together(who_wrote("ticket_receipt", even_themselves=True), those_who_have_it("ticket_task")),
)
CLIENT_WROTE = _kind(
    "client_wrote",
    _("A message[ from {actor}]"),
    "message-circle",
    together(those_who_have_it("ticket_said"), those_who_look_on("ticket_said")),
)
THANKED = _kind(
    "thanked", _("The client thanked us[: {actor}]"), "heart", those_who_have_it("ticket_said")
)
VERDICT_ASKED = _kind(
    "verdict_asked", _("Asked whether it helped"), "star", who_wrote("ticket_verdict")
)
VERDICT_GIVEN = _kind(
    "verdict_given",
    _("The client’s word: {helped}[, effort {effort} of 7][. {actor}]"),
    "star",
    those_who_have_it("ticket_thought"),
    audience="ours",
)
TAKEN = _kind(
    "taken",
    _("Has it now: {actor}[ (before: {before})]"),
    "hand",
    together(who_wrote("ticket_news"), those_who_have_it("ticket_news")),
)
GIVEN = _kind(
    "given",
    _("Has it now: {to}[ (before: {before})][. Given by: {actor}]"),
    "hand-helping",
    together(those_called("ticket_given"), who_wrote("ticket_news")),
)
REPLIED = _kind(
    "replied", _("Answered[: {actor}][. Next news by {news}]"), "reply",
    who_wrote("ticket_reply"),
)  # fmt: skip
ASKED = _kind(
    "asked", _("A question, the clock stands until it is answered[: {actor}]"), "pause",
    who_wrote("ticket_turn"),
)  # fmt: skip
ASKED_AFTER = _kind(
    "asked_after", _("A question after the end[: {actor}]"), "circle-question-mark",
    who_wrote("ticket_turn"),
)  # fmt: skip
CALL_LOGGED = _kind("call_logged", _("Talked by phone[: {actor}][. Next news by {news}]"), "phone")
CALL_MISSED = _kind(
    "call_missed", _("Called again, and nobody answered"), "phone-missed",
    those_who_have_it("ticket_said"),
)  # fmt: skip
NOTED = _kind(
    "noted", _("A note among ourselves[: {actor}]"), "lock", those_called("ticket_called"),
    audience="ours",
)  # fmt: skip
WATCHED = _kind(
    "watched", _("Looks on: {who}[. {actor}]"), "eye", those_called("ticket_called"),
    audience="ours",
)  # fmt: skip
UNWATCHED = _kind("unwatched", _("Looks on no longer: {who}"), "eye-off", audience="ours")
ENDED = _kind(
    "ended", _("The request is finished: {outcome}[. {actor}]"), "circle-check",
    who_wrote("ticket_ended"),
)  # fmt: skip
MERGED = _kind(
    "merged",
    _("Your requests are one from now on: what was asked in {number} goes on here"),
    "merge",
    together(who_wrote("ticket_news"), those_who_have_it("ticket_news")),
)
MERGED_INTO = _kind("merged_into", _("Goes on in {number}"), "merge")
PARTED = _kind(
    "parted", _("Request {number} goes on by itself again"), "split",
    together(who_wrote("ticket_news"), those_who_have_it("ticket_news")),
)  # fmt: skip
SPLIT = _kind(
    "split",
    _("A part of what you asked has a request of its own from now on: {number}"),
    "split",
    who_wrote("ticket_news"),
)
SPLIT_FROM = _kind(
    "split_from", _("Split from {number}"), "split", those_who_have_it("ticket_task")
)
SPLIT_UNDONE = _kind(
    "split_undone",
    _("What had its own request {number} is here again"),
    "merge",
    together(who_wrote("ticket_news"), those_who_have_it("ticket_news")),
)
SNOOZED = _kind("snoozed", _("Put aside until {until}[: {actor}]"), "alarm-clock", audience="ours")
WOKEN = _kind("woken", _("Taken up again[: {actor}]"), "alarm-clock", audience="ours")
PRIORITY_CHANGED = _kind(
    "priority_changed",
    _("Priority: {to} instead of {was}[. {actor}][. Reason: {reason}]"),
    "gauge",
    audience="ours",
)
KIND_CHANGED = _kind(
    "kind_changed", _("Of the kind “{to}” from now on, before: “{was}”[. {actor}]"), "replace"
)
KIND_SET = _kind(
    "kind_set",
    _("A kind of request was set: {called}[. {actor}]"),
    "message-circle",
    audience="ours",
)  # fmt: skip
KIND_CLOSED = _kind(
    "kind_closed", _("A kind of request is no longer offered: {called}[. {actor}]"), "archive",
    audience="ours",
)  # fmt: skip
KIND_OFFERED = _kind(
    "kind_offered", _("A kind of request is offered again: {called}[. {actor}]"), "rotate-ccw",
    audience="ours",
)  # fmt: skip
KINDS_ORDERED = _kind(
    "kinds_ordered", _("Kinds of requests stand in another order[. {actor}]"), "list",
    audience="ours",
)  # fmt: skip
SPEEDS_SET = _kind(
    "speeds_set", _("How fast requests are answered and solved was set[. {actor}]"), "gauge",
    audience="ours",
)  # fmt: skip
KIND_FIELD_SET = _kind(
    "kind_field_set", _("A question of a kind of request was set: {called}[. {actor}]"), "list",
    audience="ours",
)  # fmt: skip
KIND_FIELD_CLOSED = _kind(
    "kind_field_closed", _("A question is asked no more: {called}[. {actor}]"), "archive",
    audience="ours",
)  # fmt: skip
DETAILS_SET = _kind(
    "details_set", _("Filled in: {what}[. {actor}]"), "list", audience="ours"
)  # fmt: skip
RECEIVING_RULE_SET = _kind(
    "receiving_rule_set", _("A rule of who gets requests was set[. {actor}]"), "route",
    audience="ours",
)  # fmt: skip
RECEIVING_RULE_CLOSED = _kind(
    "receiving_rule_closed", _("A rule of who gets requests no longer counts[. {actor}]"),
    "archive", audience="ours",
)  # fmt: skip
TAKEN_UP = _kind(
    "taken_up", _("We do what was suggested, by {until}[. {actor}]"), "lightbulb",
    who_wrote("ticket_reply"),
)  # fmt: skip
URGENCY_RULE_SET = _kind(
    "urgency_rule_set", _("A rule of urgency was set[. {actor}]"), "gauge", audience="ours"
)
URGENCY_RULE_CLOSED = _kind(
    "urgency_rule_closed", _("A rule of urgency no longer counts[. {actor}]"), "archive",
    audience="ours",
)  # fmt: skip
REFUSED = _kind(
    "refused", _("Closed without a word: this is no client[. {actor}]"), "user-x", audience="ours"
)
ACCEPTED = _kind(
    "accepted",
    _("A client after all: the request is begun[. {actor}]"),
    "user-check",
    together(who_wrote("ticket_receipt"), those_who_have_it("ticket_task")),
)
EXERCISE_MADE = declare(
    EntryKind(
        "exercise.made", _("An exercise was made of a past request: {title}[. {actor}]"), "ours",
        icon="graduation-cap",
    )
)  # fmt: skip
EXERCISE_CHANGED = declare(
    EntryKind("exercise.changed", _("The exercise was changed[: {actor}]"), "ours", icon="pencil")
)
EXERCISE_CLOSED = declare(
    EntryKind(
        "exercise.closed", _("The exercise is played no more[. {actor}]"), "ours", icon="archive"
    )
)


def _drill(name: str, sentence: LazyText, icon: str, told: Told | None = None) -> EntryKind:
    return declare(EntryKind(f"drill.{name}", sentence, "ours", told, icon))


DRILL_PLANNED = _drill(
    "planned",
    _("A drill is planned[, it comes {arrives}][. {actor}]"),
    "calendar-plus",
    drill_player(_("A drill is planned for you"), unless_surprise=True),
)
DRILL_CANCELLED = _drill("cancelled", _("The drill is called off[. {actor}]"), "calendar-minus")
DRILL_ARRIVED = _drill(
    "arrived", _("A new request: {title}"), "message-circle",
    drill_player(_("A new request has come to you")),
)  # fmt: skip
DRILL_REPLIED = _drill("replied", _("The first words of the drill are said[: {actor}]"), "reply")
DRILL_ENDED = _drill(
    "ended", _("The drill is played: {who}"), "circle-check",
    drill_lead(_("A drill waits for your score")),
)  # fmt: skip
DRILL_SCORED = _drill(
    "scored",
    _("The drill is {result}, its words have {words} of 5[. {actor}]"),
    "graduation-cap",
    drill_player(_("Your drill is scored")),
)
DRILL_MISSED = _drill(
    "missed", _("The drill was not played: {who}"), "circle-x",
    drill_lead(_("A drill was not played")),
)  # fmt: skip
GIVEN_TO_TEAM = _kind(
    "given_to_team",
    _("Is for {team} now[. {actor}]"),
    "users",
    together(who_wrote("ticket_news"), those_who_have_it("ticket_task")),
)
MACRO_SET = _kind(
    "macro_set", _("A ready answer was set: {called}[. {actor}]"), "zap", audience="ours"
)
MACRO_CLOSED = _kind(
    "macro_closed", _("A ready answer was removed: {called}[. {actor}]"), "archive",
    audience="ours",
)  # fmt: skip
MACRO_USED = _kind(
    "macro_used", _("By a ready answer: {called}[. {actor}]"), "zap", audience="ours"
)
ARTICLE_WRITTEN = _kind(
    "article_written", _("An article was written: {called}, edition {edition}[. {actor}]"),
    "pencil", audience="ours",
)  # fmt: skip
ARTICLE_PUBLISHED = _kind(
    "article_published", _("An article was published: {called}, edition {edition}[. {actor}]"),
    "book-open", audience="ours",
)  # fmt: skip
ARTICLE_WITHDRAWN = _kind(
    "article_withdrawn", _("An article was withdrawn: {called}[. {actor}]"), "archive",
    audience="ours",
)  # fmt: skip
ARTICLE_HELPED = _kind(
    "article_helped", _("An article helped: {called}[. {actor}]"), "heart", audience="ours"
)


def _alarm(name: str, sentence: LazyText, icon: str, told: Told) -> EntryKind:
    kind = EntryKind(f"ticket.alarm_{name}", sentence, "ours", told, icon, words=meaning_in_words)
    return declare(kind)


ALARM_RAISED = _alarm("raised", _("Escalated: {meaning}. Told: {to}"), "siren", who_is_alarmed)
ALARM_TAKEN = _alarm(
    "taken",
    _("The escalation is taken up: {meaning}[. {actor}]"),
    "hand",
    those_alarmed("alarm_news"),
)
ALARM_CALLED = _alarm(
    "called",
    _("Called, being on call: {who}; {meaning}"),
    "phone-call",
    those_alarmed("alarm_call"),
)
ON_CALL_SET = _kind(
    "on_call_set", _("Who is called out of hours was set[. {actor}]"), "phone-call",
    audience="ours",
)  # fmt: skip
ALARMS_SET = _kind(
    "alarms_set", _("What is escalated by meaning was set[. {actor}]"), "siren", audience="ours"
)
