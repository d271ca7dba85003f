"""Addresses of requests."""

from django.urls import URLPattern, path

from zabota.tickets import desk, portal

desk_urls: list[URLPattern] = [
    path("tickets/", desk.ticket_list, name="desk-tickets"),
    path("clients/<id:client>/tickets/new/", desk.ticket_new, name="desk-ticket-new"),
    path("tickets/<id:pk>/", desk.ticket_page, name="desk-ticket"),
    path("tickets/<id:pk>/take/", desk.ticket_take, name="desk-ticket-take"),
    path("tickets/<id:pk>/say/", desk.ticket_say, name="desk-ticket-say"),
    path("tickets/<id:pk>/end/", desk.ticket_end, name="desk-ticket-end"),
    path("tickets/<id:pk>/priority/", desk.ticket_priority, name="desk-ticket-priority"),
]
room_urls: list[URLPattern] = [
    path("tickets/", portal.ticket_list, name="room-tickets"),
    path("tickets/new/", portal.ticket_new, name="room-ticket-new"),
    path("tickets/<id:pk>/", portal.ticket_page, name="room-ticket"),
    path("tickets/<id:pk>/write/", portal.ticket_write, name="room-ticket-write"),
]
