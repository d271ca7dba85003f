"""Addresses of what looks at several domains: Today, the room's first page, a case by its id."""

from django.urls import URLPattern, path

from zabota.home import (
    beyond,
    cases_page,
    explain,
    leaving,
    links,
    merge,
    room,
    team,
    till,
    till_api,
    today,
)
from zabota.home.holds import desk as holds
from zabota.home.holds import room as room_holds
from zabota.home.holds import steps as hold_steps

desk_urls: list[URLPattern] = [
    path("", today.today_page, name="today"),
    path("team/", team.team_page, name="team-work"),
    path("promises/<id:pk>/remind/", team.promise_remind, name="promise-remind"),
    path("cases/<id:pk>/", cases_page.case_page, name="case"),
    path("cases/<id:pk>/beyond/", beyond.case_beyond, name="case-beyond"),
    path("cases/<id:pk>/links/", links.case_link, name="case-link"),
    path("links/<id:pk>/undo/", links.link_undo, name="link-undo"),
    path("beyond/", beyond.beyond_list, name="beyond-list"),
    path("beyond/rule/", beyond.rule_settle, name="rule-settle"),
    path("beyond/<id:pk>/", beyond.beyond_page, name="beyond-page"),
    path("beyond/<id:pk>/take-back/", beyond.beyond_take_back, name="beyond-take-back"),
    path("beyond/<id:pk>/answer/", beyond.beyond_answer, name="beyond-answer"),
    path("orders/holds/", holds.hold_list, name="desk-holds"),
    path("orders/invoices/<id:pk>/hold/", holds.hold_quote, name="hold-quote"),
    path("orders/holds/<id:pk>/", holds.hold_page, name="desk-hold"),
    path("orders/holds/<id:pk>/said/", holds.hold_said, name="hold-said"),
    path("orders/holds/<id:pk>/release/", holds.hold_release, name="hold-release"),
    path("orders/holds/<id:pk>/step/<slug:kind>/", hold_steps.hold_step, name="hold-step"),
    path("firm/holds/", hold_steps.firm_holds, name="firm-holds"),
    path("explanations/", explain.explanation_list, name="explanations"),
    path("explanations/<id:pk>/", explain.explanation_page, name="explanation"),
    path("firm/moments/", explain.firm_moments, name="firm-moments"),
    path("clients/<id:pk>/merge/", merge.client_merge, name="client-merge"),
    path("clients/<id:pk>/merge/<id:other>/", merge.client_merge_with, name="client-merge-with"),
    path("clients/<id:pk>/merge/undo/", merge.client_merge_undo, name="client-merge-undo"),
    path("till/", till.till_page, name="till"),
    path("till/back/", till.till_back, name="till-back"),
    path("till/code/", till.till_code, name="till-code"),
    path("till/<id:pk>/ring/", till.till_ring, name="till-ring"),
    path("till/<id:pk>/card/", till.till_card, name="till-card"),
    path("till/<id:pk>/rewards/<id:reward>/", till.till_reward, name="till-reward"),
    path("people/<id:pk>/dismiss/", leaving.employee_dismiss, name="employee-dismiss"),
]
api_urls: list[URLPattern] = [
    path("till/client/", till_api.client_read, name="api-till-client"),
    path("till/receipts/", till_api.receipt_ring, name="api-till-receipt"),
    path("till/returns/", till_api.receipt_back, name="api-till-return"),
    path("till/codes/", till_api.code_use, name="api-till-code"),
]
room_urls: list[URLPattern] = [
    path("", room.promises_page, name="room"),
    path("cases/<id:pk>/", cases_page.room_case_page, name="room-case"),
    path("orders/holds/", room_holds.room_holds, name="room-holds"),
    path("orders/holds/<id:pk>/", room_holds.room_hold, name="room-hold"),
    path("orders/holds/<id:pk>/prolong/", room_holds.room_hold_prolong, name="room-hold-prolong"),
    path("orders/holds/<id:pk>/said/", room_holds.room_hold_said, name="room-hold-said"),
    path("orders/holds/<id:pk>/release/", room_holds.room_hold_release, name="room-hold-release"),
]
root_urls: list[URLPattern] = [path("", cases_page.front_page, name="front")]
