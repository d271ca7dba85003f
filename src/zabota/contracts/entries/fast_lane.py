"""What is said of agreed variants, of rules for values, and of contracts that needed nobody."""

from django.utils.translation import gettext_lazy as _

from zabota.contracts.entries.kind import contract_kind

ALTERNATIVE_WRITTEN = contract_kind(
    "alternative_written",
    _("The agreed variant “{name}” was written[ for clause {clause}][ by {actor}]"),
    "ours",
    icon="git-branch",
)
ALTERNATIVE_REPLACED = contract_kind(
    "alternative_replaced",
    _("Edition {number} of the agreed variant “{name}” was written[ by {actor}]"),
    "ours",
    icon="git-branch",
)
ALTERNATIVE_WITHDRAWN = contract_kind(
    "alternative_withdrawn",
    _("The agreed variant “{name}” was withdrawn[ by {actor}]"),
    "ours",
    icon="archive",
)
LIMITS_SET = contract_kind(
    "limits_set",
    _("What is agreed about values was changed[ by {actor}]. {what}"),
    "ours",
    icon="sliders-horizontal",
)
ACCEPTED_BEFOREHAND = contract_kind(
    "accepted_beforehand",
    _("Agreed at once, clauses {clauses}: these wordings were agreed beforehand"),
    icon="zap",
)
FAST_LANED = contract_kind(
    "fast_laned",
    _("Straight to signing: everything here was agreed beforehand[; variants: {variants}]"),
    icon="zap",
)
FAST_LANE_RULE = contract_kind(
    "fast_lane_rule",
    _(
        "Nobody was asked, by this rule: route “{route}”, edition {edition}[, up to {most}]"
        "[; variants: {variants}][; values within limits: {limits}]"
    ),
    "ours",
    icon="scale",
)
