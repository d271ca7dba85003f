"""Addresses of escalation by meaning."""

from django.urls import URLPattern, path

from zabota.tickets.pages import alarms, on_call

desk_urls: list[URLPattern] = [
    path("alarms/<id:pk>/", alarms.alarm_page, name="alarm"),
    path("alarms/<id:pk>/take/", alarms.alarm_take, name="alarm-take"),
    path("firm/alarms/", alarms.firm_alarms, name="firm-alarms"),
    path("firm/on-call/", on_call.firm_on_call, name="firm-on-call"),
    *(
        path(f"firm/on-call/<id:pk>/{verb}/", on_call.on_call_do, {"verb": verb}, name="on-call-do")
        for verb in on_call.VERBS
    ),
]
