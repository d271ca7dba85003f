"""Addresses of clients and their people: on the desk and in the room."""

from django.urls import path

from zabota.clients import portal
from zabota.clients.desk import clients, contacts

desk_urls = [
    path("clients/", clients.client_list, name="client-list"),
    path("clients/add/", clients.client_add, name="client-add"),
    path("clients/<int:pk>/", clients.client, name="client"),
    path("clients/<int:pk>/edit/", clients.client_edit, name="client-edit"),
    path("clients/<int:pk>/contacts/add/", contacts.contact_add, name="contact-add"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/access/", contacts.contact_access, name="contact-access"),
    path("contacts/<int:pk>/hand-over/", contacts.contact_hand_over, name="contact-hand-over"),
    path("contacts/<int:pk>/remove/", contacts.contact_remove, name="contact-remove"),
    path("contacts/<int:pk>/export/", contacts.contact_export, name="contact-export"),
    path("contacts/<int:pk>/erase/", contacts.contact_erase, name="contact-erase"),
]
room_urls = [
    path("people/", portal.colleague_list, name="colleague-list"),
    path("people/invite/", portal.colleague_invite, name="colleague-invite"),
    path("people/<int:pk>/role/", portal.colleague_role, name="colleague-role"),
    path("people/<int:pk>/hand-over/", portal.colleague_hand_over, name="colleague-hand-over"),
    path("people/<int:pk>/remove/", portal.colleague_remove, name="colleague-remove"),
    path("company/<int:pk>/", portal.choose_company, name="choose-company"),
    path("profile/", portal.room_profile, name="room-profile"),
    path("profile/export/", portal.room_export, name="room-export"),
]
