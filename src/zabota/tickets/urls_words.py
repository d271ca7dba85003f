"""Addresses of ready words: scripts."""

from django.urls import URLPattern, path

from zabota.tickets.pages import scripts

desk_urls: list[URLPattern] = [
    path("tickets/<id:pk>/script/<id:script_pk>/", scripts.ticket_step, name="desk-ticket-step"),
    path("firm/scripts/", scripts.firm_scripts, name="firm-scripts"),
    path("firm/scripts/new/", scripts.script_edit, name="script-new"),
    path("firm/scripts/<id:pk>/", scripts.script_edit, name="script"),
    path("firm/scripts/<id:pk>/train/", scripts.script_train, name="script-train"),
    *(
        path(f"firm/scripts/<id:pk>/{verb}/", scripts.script_do, {"verb": verb}, name="script-do")
        for verb in scripts.VERBS
    ),
]
