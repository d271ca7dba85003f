"""All addresses: the desk, the room, sign-in."""

from django.conf import settings
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from zabota.clients import urls as clients_urls
from zabota.clients.access import room_page
from zabota.common.first_words import by_first_word
from zabota.contracts import desk_urls_forms, pages_urls, urls_lists
from zabota.contracts import urls as contracts_urls
from zabota.contracts.desk.contract import through_eyes
from zabota.goodwill import urls as goodwill_urls
from zabota.home import sample_pages, sign_in
from zabota.home import urls as home_urls
from zabota.insight import urls as insight_urls
from zabota.loyalty import urls as loyalty_urls
from zabota.orders import urls as orders_urls
from zabota.outreach import urls as outreach_urls
from zabota.people import urls as people_urls
from zabota.people.access import staff_page
from zabota.referrals import urls as referrals_urls
from zabota.tickets import urls as tickets_urls
from zabota.tickets import urls_alarms, urls_words
from zabota.voice import urls as voice_urls

# In the order of how often they are opened: those that begin alike are tried together.
desk: list[URLPattern | URLResolver] = [
    *tickets_urls.desk_urls,
    *home_urls.desk_urls,
    *urls_lists.desk_urls,
    *desk_urls_forms.urls,
    *contracts_urls.desk_urls,
    *pages_urls.urls(staff_page, "desk"),
    *pages_urls.looking_urls(through_eyes, "eyes", f"{pages_urls.ONE}as-client/"),
    *people_urls.desk_urls,
    *outreach_urls.desk_urls,
    *insight_urls.desk_urls,
    *clients_urls.desk_urls,
    *urls_words.desk_urls,
    *urls_alarms.desk_urls,
    *orders_urls.desk_urls,
    *goodwill_urls.desk_urls,
    *loyalty_urls.desk_urls,
    *voice_urls.desk_urls,
    *referrals_urls.desk_urls,
]
room: list[URLPattern | URLResolver] = [
    *tickets_urls.room_urls,
    *home_urls.room_urls,
    *urls_lists.room_urls,
    *contracts_urls.room_urls,
    *pages_urls.urls(room_page, "room"),
    *pages_urls.own_urls(room_page),
    *pages_urls.look_urls,
    *clients_urls.room_urls,
    *outreach_urls.room_urls,
    *urls_words.room_urls,
    *orders_urls.room_urls,
    *goodwill_urls.room_urls,
    *loyalty_urls.room_urls,
    *voice_urls.room_urls,
    *referrals_urls.room_urls,
]

# What other programs of the firm call, by a key of theirs.
api: list[URLPattern | URLResolver] = [
    *home_urls.api_urls,
    *orders_urls.api_urls,
    *goodwill_urls.api_urls,
    *loyalty_urls.api_urls,
    *voice_urls.api_urls,
    *referrals_urls.api_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    # What is opened most is tried first.
    path("desk/", include(by_first_word(desk))),
    path("room/", include(by_first_word(room))),
    *home_urls.root_urls,
    *sign_in.urls,
    *people_urls.root_urls,
    *pages_urls.check_urls,
    *tickets_urls.public_urls,
    *orders_urls.public_urls,
    *goodwill_urls.public_urls,
    *loyalty_urls.public_urls,
    *voice_urls.public_urls,
    *referrals_urls.public_urls,
    path("api/", include(api)),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns += sample_pages.urls
