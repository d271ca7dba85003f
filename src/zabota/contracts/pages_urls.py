"""Addresses of versions, paper, Word files, the dossier and the client's own route."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from zabota.contracts.pages import (
    begin_signing,
    check_signature,
    clause_history,
    current,
    disagreements,
    dossier,
    obligations,
    original,
    own_route,
    paper,
    signing,
    versions,
    word_back,
)

type Door = Callable[[Any], Any]
ONE = "contracts/<id:pk>/"


def urls(door: Door, prefix: str, one: str = ONE) -> list[URLPattern]:
    """What both sides have, behind the door given; `prefix` tells their names apart."""
    return [*looking_urls(door, prefix, one), *_working_urls(door, prefix, one)]


def looking_urls(door: Door, prefix: str, one: str = ONE) -> list[URLPattern]:
    """Only what is looked at and taken away: also for one of ours who looks «глазами клиента»."""

    def at(route: str, page: Any, name: str) -> URLPattern:
        return path(f"{one}{route}", door(page), name=f"{prefix}-{name}")

    return [
        at("versions/", versions.version_list, "version-list"),
        at("compare/", versions.compare_page, "compare-versions"),
        at("history/<slug:clause>/", clause_history.clause_history_page, "clause-history"),
        at("compare.docx", versions.compare_docx, "compare-docx"),
        at("text.docx", paper.text_docx, "text-docx"),
        at("text.pdf", paper.text_pdf, "text-pdf"),
        at("approval-sheet/", paper.approval_sheet, "approval-sheet"),
        at("approval-sheet.pdf", paper.approval_sheet_file, "approval-sheet-file"),
        at("disagreements/", disagreements.disagreements_page, "disagreements"),
        at("disagreements.<slug:kind>", disagreements.disagreements_file, "disagreements-file"),
        at(
            "disagreements/<id:number>.<slug:kind>",
            disagreements.sent_table_file,
            "sent-table-file",
        ),
        at("current/", current.current_page, "current"),
        at("current.docx", current.current_docx, "current-docx"),
        at("current.pdf", current.current_pdf, "current-pdf"),
        at("obligations/", obligations.obligations_page, "obligations"),
        at("dossier/", dossier.dossier_page, "dossier"),
        at("signing/", signing.signing_page, "signing"),
        at("signing/files/<id:file_pk>/", original.signing_file_page, "signing-file"),
        at("signing/<slug:which>.pdf", signing.signing_pdf, "signing-pdf"),
        at("files/<id:file_pk>/", dossier.download_file, "download-file"),
    ]


def _working_urls(door: Door, prefix: str, one: str) -> list[URLPattern]:
    def at(route: str, page: Any, name: str) -> URLPattern:
        return path(f"{one}{route}", door(page), name=f"{prefix}-{name}")

    return [
        at("files/", dossier.attach_page, "attach-file"),
        at("files/<id:file_pk>/remove/", dossier.remove_page, "remove-file"),
        at("signing/begin/", begin_signing.begin_signing_page, "begin-signing"),
        at("signing/code/", signing.signing_code_page, "signing-code"),
        at("signing/sign/", signing.sign_page, "sign-contract"),
        at("signing/sent/", original.send_original_page, "send-original"),
        at("signing/scan/", original.add_scan_page, "add-scan"),
        at("signing/<id:signatory>/pass/", signing.pass_signature_page, "pass-signature"),
        at("signing/refuse/", signing.refuse_signature_page, "refuse-signature"),
        at("current/<slug:clause>/amend/", current.amend_clause_page, "amend-clause"),
        at("obligations/<id:row_pk>/meet/", obligations.meet_page, "meet-obligation"),
        at("word/", word_back.upload_page, "word-back"),
        at("word/<str:token>/", word_back.review_page, "word-review"),
    ]


def own_urls(door: Door) -> list[URLPattern]:
    """The client's own short route: only in the room."""

    def at(route: str, page: Any, name: str) -> URLPattern:
        return path(f"{ONE}own/{route}", door(page), name=name)

    return [
        at("", own_route.own_page, "own-route"),
        at("due/", own_route.due_page, "own-due"),
        at("<id:step_pk>/remind/", own_route.remind_page, "own-remind"),
        at("<id:step_pk>/withdraw/", own_route.withdraw_page, "own-withdraw"),
    ]


# Under /room/, without sign-in: the token in the address is all the way in there is.
look_urls = [path("look/<str:token>/", own_route.look_page, name="own-look")]

# For anybody: says of a file or its digest whether this is a text that was signed here.
check_urls = [
    path("check/", check_signature.check_signature_page, name="check-signature"),
    path("check/<str:digest>/", check_signature.check_digest_page, name="check-digest"),
]
