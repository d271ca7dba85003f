"""Addresses of people, clients and sign-in alone, for tests of their pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from zabota.clients.urls import desk_urls as clients_desk
from zabota.clients.urls import room_urls
from zabota.home.sign_in import urls as sign_in_urls
from zabota.people.urls import desk_urls, root_urls


def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


urlpatterns = [
    *sign_in_urls,
    *root_urls,
    path("desk/", include([*desk_urls, *clients_desk])),
    path("room/", include(room_urls)),
    path("desk/", inside),
    path("room/", inside),
]
