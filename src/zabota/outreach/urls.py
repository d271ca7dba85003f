"""Addresses of letters that did not leave, of those that came in, and of mailboxes."""

from django.urls import path

from zabota.outreach import portal
from zabota.outreach.desk import letters, mailboxes, undelivered

desk_urls = [
    path("firm/undelivered/", undelivered.undelivered, name="undelivered"),
    path(
        "firm/undelivered/<id:pk>/again/", undelivered.message_send_again, name="message-send-again"
    ),
    path("firm/mailboxes/", mailboxes.mailbox_list, name="mailbox-list"),
    path("firm/mailboxes/add/", mailboxes.mailbox_add, name="mailbox-add"),
    path("firm/mailboxes/<id:pk>/", mailboxes.mailbox, name="mailbox"),
    path("firm/mailboxes/<id:pk>/close/", mailboxes.mailbox_close, name="mailbox-close"),
    path("letters/", letters.letter_list, name="letter-list"),
    path("letters/<id:pk>/", letters.letter, name="letter"),
    path("letters/<id:pk>/whole/", letters.letter_whole, name="letter-whole"),
    path("letters/<id:pk>/files/<id:file>/", letters.letter_file, name="letter-file"),
    path("letters/<id:pk>/place/", letters.letter_place, name="letter-place"),
    path("letters/<id:pk>/confirm/", letters.letter_confirm, name="letter-confirm"),
    path("letters/<id:pk>/aside/", letters.letter_aside, name="letter-aside"),
]

room_urls = [
    path("bots/<id:pk>/link/", portal.bot_link, name="room-bot-link"),
    path("bots/<id:pk>/part/", portal.bot_part, name="room-bot-part"),
]
