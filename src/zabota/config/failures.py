"""What is shown when a request is refused before any page sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from a page that belongs to another sign-in: says so in the reader's language."""
    return render(request, "403_csrf.html", status=403)
