"""Addresses of contract forms and approval routes, under /desk/."""

from django.urls import URLPattern, path

from zabota.contracts.desk import (
    alternatives,
    checking,
    forms,
    forms_edition,
    forms_shipped,
    limits,
    routes,
    routes_edit,
)

urls: list[URLPattern] = [
    path("forms/", forms.form_list, name="form-list"),
    path("forms/check/", checking.blocking_errors_page, name="blocking-errors"),
    path("forms/ready/", forms_shipped.lay_shipped_forms_page, name="lay-shipped-forms"),
    path("forms/new/", forms.form_new, name="form-new"),
    path("forms/<id:pk>/", forms.form_detail, name="form"),
    path("forms/<id:pk>/card/", forms.form_card, name="form-card"),
    path("forms/<id:pk>/upload/", forms.form_upload, name="form-upload"),
    path("forms/<id:pk>/alternatives/", alternatives.alternatives_page, name="alternatives"),
    path(
        "forms/<id:pk>/alternatives/<slug:clause>/",
        alternatives.write_alternative_page,
        name="write-alternative",
    ),
    path("forms/<id:pk>/limits/", limits.limits_page, name="limits"),
    path(
        "forms/alternatives/<id:pk>/",
        alternatives.replace_alternative_page,
        name="replace-alternative",
    ),
    path(
        "forms/alternatives/<id:pk>/withdraw/",
        alternatives.withdraw_alternative_page,
        name="withdraw-alternative",
    ),
    path("forms/editions/<id:pk>/", forms_edition.edition, name="form-edition"),
    path(
        "forms/editions/<id:pk>/as-client/", forms_edition.edition_as_client, name="form-as-client"
    ),
    path("forms/editions/<id:pk>/word/", forms_edition.edition_docx, name="form-docx"),
    path("forms/editions/<id:pk>/in-force/", forms_edition.edition_in_force, name="form-in-force"),
    path("forms/editions/<id:pk>/withdraw/", forms_edition.edition_withdraw, name="form-withdraw"),
    path("routes/", routes.route_list, name="route-list"),
    path("routes/new/", routes_edit.route_new, name="route-new"),
    path("routes/<id:pk>/", routes.route, name="route"),
    path("routes/<id:pk>/edit/", routes_edit.route_edit, name="route-edit"),
    path("routes/<id:pk>/for-papers/", routes_edit.mark_for_papers_page, name="mark-for-papers"),
    path("routes/editions/<id:pk>/", routes.route_edition, name="route-edition"),
    path("contracts/<id:pk>/route/", routes_edit.contract_route, name="contract-route"),
]
