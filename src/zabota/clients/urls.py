"""Addresses of clients and their people: on the desk and in the room."""

from django.urls import path

from zabota.clients import portal
from zabota.clients.desk import clients, contacts, refused_rows, same, tables

desk_urls = [
    path("clients/", clients.client_list, name="client-list"),
    path("clients/add/", clients.client_add, name="client-add"),
    path("clients/import/", tables.import_table, name="import-table"),
    path("clients/import/<id:pk>/", tables.import_columns, name="import-columns"),
    path("clients/import/<id:pk>/refused/", refused_rows.import_refused, name="import-refused"),
    path("clients/same/", same.same_list, name="same-list"),
    path("clients/same/<id:pk>/apart/", same.same_apart, name="same-apart"),
    path("clients/<id:pk>/", clients.client, name="client"),
    path("clients/<id:pk>/edit/", clients.client_edit, name="client-edit"),
    path("clients/<id:pk>/contacts/add/", contacts.contact_add, name="contact-add"),
    path("contacts/<id:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<id:pk>/access/", contacts.contact_access, name="contact-access"),
    path("contacts/<id:pk>/points/", contacts.contact_points, name="contact-points"),
    path("points/<id:pk>/remove/", contacts.point_remove, name="point-remove"),
    path("points/<id:pk>/prefer/", contacts.point_prefer, name="point-prefer"),
    path("contacts/<id:pk>/join/", contacts.contact_join, name="contact-join"),
    path("contacts/<id:pk>/hand-over/", contacts.contact_hand_over, name="contact-hand-over"),
    path("contacts/<id:pk>/remove/", contacts.contact_remove, name="contact-remove"),
    path("contacts/<id:pk>/export/", contacts.contact_export, name="contact-export"),
    path("contacts/<id:pk>/erase/", contacts.contact_erase, name="contact-erase"),
]
room_urls = [
    path("people/", portal.colleague_list, name="colleague-list"),
    path("people/invite/", portal.colleague_invite, name="colleague-invite"),
    path("people/<id:pk>/role/", portal.colleague_role, name="colleague-role"),
    path("people/<id:pk>/hand-over/", portal.colleague_hand_over, name="colleague-hand-over"),
    path("people/<id:pk>/remove/", portal.colleague_remove, name="colleague-remove"),
    path("company/<id:pk>/", portal.choose_company, name="choose-company"),
    path("profile/", portal.room_profile, name="room-profile"),
    path("profile/export/", portal.room_export, name="room-export"),
]
