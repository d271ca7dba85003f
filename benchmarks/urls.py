"""All addresses of the product, and an empty view behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from zabota.config.urls import urlpatterns as product


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing at all: what is left is the server and its middleware."""
    return HttpResponse("")


urlpatterns = [*product, path("empty/", empty)]
