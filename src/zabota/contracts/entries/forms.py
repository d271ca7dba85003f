"""What is said of contract forms, their editions and routes."""

from django.utils.translation import gettext_lazy as _

from zabota.contracts.entries.kind import contract_kind

EDITION_MADE = contract_kind(
    "edition_made", _("Edition {number} was prepared[ by {actor}]"), "ours", icon="file-plus"
)
EDITION_CHANGED = contract_kind(
    "edition_changed", _("Edition {number} was changed[ by {actor}]"), "ours", icon="file-pen-line"
)
EDITION_IN_FORCE = contract_kind(
    "edition_in_force",
    _("Edition {number} was put in force[ by {actor}]"),
    "ours",
    icon="badge-check",
)
EDITION_WITHDRAWN = contract_kind(
    "edition_withdrawn", _("Edition {number} was withdrawn[ by {actor}]"), "ours", icon="archive"
)
ROUTE_SAVED = contract_kind(
    "route_saved", _("Edition {number} of the route was saved[ by {actor}]"), "ours", icon="route"
)
ROUTE_FOR_PAPERS = contract_kind(
    "route_for_papers",
    _("Contracts on the client’s own text take this route[; set by {actor}]"),
    "ours",
    icon="route",
)
FORM_OPENED = contract_kind(
    "form_opened", _("The form was added[ by {actor}]"), "ours", icon="file-plus"
)
FORM_CHANGED = contract_kind(
    "form_changed", _("The card of the form was changed[ by {actor}]"), "ours", icon="file-pen-line"
)
FORMS_LAID = contract_kind(
    "forms_laid", _("The ready forms were laid[ by {actor}]: {count}"), "ours", icon="files"
)
