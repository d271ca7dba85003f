"""Addresses of forms and routes beside the rest of the site."""

from django.urls import include, path

from zabota.config.urls import urlpatterns as site
from zabota.contracts.desk_urls_forms import urls

urlpatterns = [path("desk/", include(urls)), *site]
