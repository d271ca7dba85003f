"""All addresses: the desk, the room, sign-in."""

from django.conf import settings
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from zabota.clients import urls as clients_urls
from zabota.contracts import urls as contracts_urls
from zabota.contracts import urls_lists
from zabota.home import sample_pages, sign_in
from zabota.people import urls as people_urls

desk: list[URLPattern | URLResolver] = [
    *urls_lists.desk_urls,
    *contracts_urls.desk_urls,
    *people_urls.desk_urls,
    *clients_urls.desk_urls,
]
room: list[URLPattern | URLResolver] = [
    *urls_lists.room_urls,
    *contracts_urls.room_urls,
    *clients_urls.room_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    *sign_in.urls,
    *people_urls.root_urls,
    path("desk/", include(desk)),
    path("room/", include(room)),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns += sample_pages.urls
