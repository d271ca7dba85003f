"""Addresses of what looks at several domains: Today, the room's first page, a case by its id."""

from django.urls import URLPattern, path

from zabota.home import cases_page, leaving, room, today

desk_urls: list[URLPattern] = [
    path("", today.today_page, name="today"),
    path("cases/<id:pk>/", cases_page.case_page, name="case"),
    path("people/<id:pk>/dismiss/", leaving.employee_dismiss, name="employee-dismiss"),
]
room_urls: list[URLPattern] = [path("", room.promises_page, name="room")]
root_urls: list[URLPattern] = [path("", cases_page.front_page, name="front")]
