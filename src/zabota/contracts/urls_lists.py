"""Addresses of the lists of contracts and of the ways in to one."""

from django.urls import URLPattern, path

from zabota.contracts.desk import lists as desk_lists
from zabota.contracts.desk import register
from zabota.contracts.desk import start as desk_start
from zabota.contracts.portal import lists as room_lists
from zabota.contracts.portal import start as room_start

desk_urls: list[URLPattern] = [
    path("contracts/", desk_lists.contract_list, name="desk-contracts"),
    path("contracts/register/", register.register_page, name="desk-register"),
    path("contracts/new/", desk_start.start_page, name="desk-start"),
    path("contracts/new/paper/", desk_start.paper_page, name="desk-start-paper"),
]
room_urls: list[URLPattern] = [
    path("contracts/", room_lists.contract_list, name="room-contracts"),
    path("contracts/new/", room_start.start_page, name="room-start"),
    path("contracts/new/paper/", room_start.paper_page, name="room-start-paper"),
    path("forms/<id:pk>/", room_start.form_page, name="room-form"),
]
