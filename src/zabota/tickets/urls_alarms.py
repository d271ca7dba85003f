"""Addresses of escalation by meaning."""

from django.urls import URLPattern, path

from zabota.tickets.pages import alarms

desk_urls: list[URLPattern] = [
    path("alarms/<id:pk>/", alarms.alarm_page, name="alarm"),
    path("alarms/<id:pk>/take/", alarms.alarm_take, name="alarm-take"),
    path("firm/alarms/", alarms.firm_alarms, name="firm-alarms"),
]
