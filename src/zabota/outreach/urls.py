"""Addresses of letters that did not leave."""

from django.urls import path

from zabota.outreach import desk

desk_urls = [
    path("firm/undelivered/", desk.undelivered, name="undelivered"),
    path("firm/undelivered/<id:pk>/again/", desk.message_send_again, name="message-send-again"),
]
