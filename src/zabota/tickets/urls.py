"""Addresses of requests."""

from django.urls import URLPattern, path

from zabota.tickets import desk, portal
from zabota.tickets.pages import (
    ask,
    bots,
    calls,
    change_kind,
    chat,
    details,
    drills,
    exercises,
    files,
    gates,
    give,
    kinds,
    looking,
    merge,
    receiving,
    refuse,
    snooze,
    watch,
    write_down,
)

desk_urls: list[URLPattern] = [
    path("tickets/", desk.ticket_list, name="desk-tickets"),
    path("tickets/new/", write_down.ticket_write_down, name="desk-ticket-write-down"),
    path("clients/<id:client>/tickets/new/", write_down.ticket_new, name="desk-ticket-new"),
    path("tickets/<id:pk>/", desk.ticket_page, name="desk-ticket"),
    path("tickets/<id:pk>/take/", desk.ticket_take, name="desk-ticket-take"),
    path("tickets/<id:pk>/give-to/", give.ticket_give, name="desk-ticket-give-to"),
    path("tickets/<id:pk>/say/", desk.ticket_say, name="desk-ticket-say"),
    path("tickets/<id:pk>/end/", desk.ticket_end, name="desk-ticket-end"),
    path("tickets/<id:pk>/kind/", change_kind.ticket_kind, name="desk-ticket-kind"),
    path("tickets/<id:pk>/priority/", desk.ticket_priority, name="desk-ticket-priority"),
    path("tickets/<id:pk>/files/<id:file_pk>/", files.desk_added, name="desk-ticket-file"),
    path(
        "tickets/<id:pk>/letter-files/<id:file_pk>/",
        files.desk_of_letter,
        name="desk-ticket-letter-file",
    ),
    path("tickets/<id:pk>/looking/", looking.ticket_looking, name="desk-ticket-looking"),
    path("tickets/<id:pk>/details/", details.ticket_details, name="desk-ticket-details"),
    path("tickets/<id:pk>/take-up/", details.ticket_take_up, name="desk-ticket-take-up"),
    path("tickets/<id:pk>/merge/", merge.ticket_merge, name="desk-ticket-merge"),
    path("tickets/<id:pk>/split/", merge.ticket_split, name="desk-ticket-split"),
    path("tickets/links/<id:pk>/undo/", merge.ticket_undo, name="desk-ticket-undo"),
    path("tickets/<id:pk>/snooze/", snooze.ticket_snooze, name="desk-ticket-snooze"),
    path("tickets/<id:pk>/wake/", snooze.ticket_wake, name="desk-ticket-wake"),
    path("tickets/<id:pk>/watch/", watch.ticket_watch, name="desk-ticket-watch"),
    path("tickets/<id:pk>/unwatch/", watch.ticket_unwatch, name="desk-ticket-unwatch"),
    path("calls/<id:pk>/take/", calls.call_take, name="call-take"),
    path("calls/now/", calls.calls_now, name="calls-now"),
    path("firm/channels/<id:pk>/try/", gates.gate_try, name="gate-try"),
    path("firm/channels/", gates.gate_list, name="gate-list"),
    path("firm/channels/new/<slug:kind>/", gates.gate_new, name="gate-new"),
    path("firm/channels/<id:pk>/", gates.gate, name="gate"),
    *(
        path(f"firm/channels/<id:pk>/{verb}/", gates.gate_do, {"verb": verb}, name="gate-do")
        for verb in ("close", "renew")
    ),
    path("tickets/<id:pk>/refuse/", refuse.ticket_refuse, name="ticket-refuse"),
    path("tickets/<id:pk>/accept/", refuse.ticket_accept, name="ticket-accept"),
    path("tickets/<id:pk>/exercise/", exercises.exercise_make, name="exercise-make"),
    path("exercises/<id:pk>/", exercises.exercise_page, name="exercise"),
    path("exercises/<id:pk>/edit/", exercises.exercise_edit, name="exercise-edit"),
    path("exercises/<id:pk>/close/", exercises.exercise_close, name="exercise-close"),
    path("drills/", drills.drill_board, name="drills"),
    path("drills/<id:pk>/", drills.drill_page, name="drill"),
    path("drills/<id:pk>/reply/", drills.drill_reply, name="drill-reply"),
    path("drills/<id:pk>/end/", drills.drill_end, name="drill-end"),
    path("drills/<id:pk>/score/", drills.drill_score, name="drill-score"),
    path("drills/<id:pk>/cancel/", drills.drill_cancel, name="drill-cancel"),
    path("firm/requests/", kinds.firm_requests, name="firm-requests"),
    path("firm/requests/kinds/new/", kinds.kind_edit, name="kind-new"),
    path("firm/requests/kinds/<id:pk>/", kinds.kind_edit, name="kind"),
    *(
        path(f"firm/requests/kinds/<id:pk>/{verb}/", kinds.kind_do, {"verb": verb}, name="kind-do")
        for verb in kinds.VERBS
    ),
    path("firm/requests/kinds/<id:pk>/fields/", receiving.kind_fields, name="kind-fields"),
    path(
        "firm/requests/kinds/<id:pk>/fields/new/",
        receiving.kind_field_edit,
        name="kind-field-new",
    ),
    path(
        "firm/requests/kinds/<id:pk>/fields/<id:field_pk>/",
        receiving.kind_field_edit,
        name="kind-field",
    ),
    path(
        "firm/requests/kinds/<id:pk>/fields/<id:field_pk>/close/",
        receiving.kind_field_close,
        name="kind-field-close",
    ),
    path("firm/requests/who/new/", receiving.receiving_rule_new, name="receiving-rule-new"),
    path(
        "firm/requests/who/<id:pk>/close/",
        receiving.receiving_rule_close,
        name="receiving-rule-close",
    ),
    path("firm/requests/speeds/", kinds.speeds_edit, name="speeds"),
    path("firm/requests/rules/new/", kinds.urgency_rule_new, name="urgency-rule-new"),
    path("firm/requests/rules/<id:pk>/close/", kinds.urgency_rule_close, name="urgency-rule-close"),
]
# For anybody, inside a frame of the firm's site.
public_urls: list[URLPattern] = [
    path("ask/<slug:key>/", ask.ask_page, name="ask"),
    path("chat/<slug:key>/", chat.chat_page, name="chat"),
    path("chat/<slug:key>/<slug:token>/", chat.chat_thread, name="chat-thread"),
    path("chat/<slug:key>/<slug:token>/reach/", chat.chat_reach, name="chat-reach"),
    path("chat/<slug:key>/<slug:token>/files/<id:pk>/", chat.chat_file, name="chat-file"),
    path("bots/<slug:key>/", bots.bot_update, name="bot-update"),
    path("calls/<str:key>/", calls.call_notice, name="call-notice"),
    path("ask/<slug:key>/done/<str:token>/", ask.ask_done_page, name="ask-done"),
]
room_urls: list[URLPattern] = [
    path("tickets/", portal.ticket_list, name="room-tickets"),
    path("tickets/new/", portal.ticket_new, name="room-ticket-new"),
    path("tickets/<id:pk>/", portal.ticket_page, name="room-ticket"),
    path("tickets/<id:pk>/write/", portal.ticket_write, name="room-ticket-write"),
    path("tickets/<id:pk>/verdict/", portal.ticket_verdict, name="room-ticket-verdict"),
    path("tickets/<id:pk>/files/<id:file_pk>/", files.room_added, name="room-ticket-file"),
    path(
        "tickets/<id:pk>/letter-files/<id:file_pk>/",
        files.room_of_letter,
        name="room-ticket-letter-file",
    ),
]
