"""«Проверка подписи»: a public page. By a file or its digest it says whether this is a text that
was signed here, by whom and when; it lists nothing, and who asks too often is told to come back.
"""

import hashlib
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zabota.common import clock
from zabota.common.sending import private
from zabota.common.sizes import file_size
from zabota.contracts.reading.signing.check import clean_digest, find_signed
from zabota.people.actions.throttle import count_try
from zabota.people.sign_in import client_address
from zabota.people.throttle import come_back, throttled_until

MOST_TRIES, WINDOW = 30, 15


class CheckForm(forms.Form):
    """The file, or its digest."""

    file = forms.FileField(
        label=gettext_lazy("The file (PDF)"),
        required=False,
        help_text=gettext_lazy("It is compared and not kept."),
    )
    digest = forms.CharField(
        label=gettext_lazy("Or its digest (SHA-256)"), max_length=200, required=False
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        """Not more than we take anywhere."""
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload is not None and (upload.size or 0) > settings.UPLOAD_LIMIT:
            words = _("We take at most %(limit)s.")
            raise forms.ValidationError(words % {"limit": file_size(settings.UPLOAD_LIMIT)})
        return upload

    def clean(self) -> dict[str, Any]:
        """One of the two, and a digest that is one."""
        told = super().clean() or {}
        if told.get("file") or self.errors:
            return told
        told["digest"] = clean_digest(told.get("digest", ""))
        if not told["digest"]:
            self.add_error(
                "digest", _("Choose a file, or type its digest: 64 digits and letters a to f.")
            )
        return told

    def asked(self) -> str:
        """The digest that is looked for."""
        upload = self.cleaned_data.get("file")
        if upload is None:
            return str(self.cleaned_data["digest"])
        found = hashlib.sha256()
        for part in upload.chunks():
            found.update(part)
        return found.hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
def check_signature_page(request: HttpRequest) -> HttpResponse:
    """Asks for the file or its digest."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if request.method == "POST" and form.is_valid():
        return _answer(request, form, form.asked())
    return _shown(request, {"form": form}, 422 if form.errors else 200)


@require_safe
def check_digest_page(request: HttpRequest, digest: str) -> HttpResponse:
    """Where the code printed on each page leads."""
    asked = clean_digest(digest)
    form = CheckForm(initial={"digest": asked})
    return _answer(request, form, asked)


def _answer(request: HttpRequest, form: CheckForm, digest: str) -> HttpResponse:
    at = clock.now()
    key = f"check-signature:{client_address(request)}"
    until = throttled_until(key, MOST_TRIES, at=at)
    if until is not None:
        return _shown(request, {"form": form, "until": come_back(until, at=at)}, 429)
    count_try(key, minutes=WINDOW, at=at)
    found = find_signed(digest) if digest else None
    return _shown(request, {"form": form, "found": found, "asked": True, "now": at}, 200)


def _shown(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    at: datetime = clock.now()
    response = render(
        request, "contracts/signing/check.html", {"now": at, **context}, status=status
    )
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return private(response)
