"""The texts of a contract that a viewer may read: form, versions, one's own side's draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from zabota.clients.access import RoomViewer
from zabota.contracts.changes import lost_values
from zabota.contracts.drafts import open_draft
from zabota.contracts.models import Contract, ContractState, Version
from zabota.contracts.parties import party_values
from zabota.contracts.reading.values import blanks_of, contract_values
from zabota.contracts.rules import Viewer, side_of
from zabota.contracts.stored import StoredText, Tree, load_texts, read_text
from zabota.contracts.text.html import Shown
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import bracketed, numbers, paragraph_numbers, plain_number
from zabota.contracts.typed_passport import nearest_edition
from zabota.people.models import Employee, Firm

FORM, DRAFT, NEAREST = "0", "draft", "nearest"
DRAFTING = (ContractState.DRAFT, ContractState.RETURNED, ContractState.PREPARING)


@dataclass(frozen=True)
class Chosen:
    """One text of a contract with its values; `version` is empty of form and draft."""

    key: str
    tree: Tree
    text: StoredText
    values: dict[str, str]
    version: Version | None = None
    foreign: bool = False

    @property
    def is_draft(self) -> bool:
        return self.key == DRAFT

    @property
    def is_form(self) -> bool:
        return self.key == FORM

    @property
    def place(self) -> int:
        """Where it stands among the versions: a form before the first, a draft after the last."""
        if self.version is not None:
            return self.version.number
        return 10**6 if self.is_draft else 0


def list_versions(contract: Contract) -> list[Version]:
    """All versions, the newest first, each with how many changes of the client it brought.

    Both sides see them all: a version is made only when one side sends its text to the other.
    """
    return list(
        contract.versions.select_related("made_by__employee__team")
        .annotate(change_count=Count("changes", filter=~Q(changes__made_by=None)))
        .defer("tree", "values")
        .order_by("-number")
    )


def owns_draft(contract: Contract, viewer: Viewer) -> bool:
    """Whether this viewer may read an unsent draft: of their own side, while it is written."""
    if getattr(viewer, "looking_on", False) or contract.case.state not in DRAFTING:
        return False
    return contract.drafts.filter(side=side_of(viewer)).exists()


def choose_text(contract: Contract, viewer: Viewer, firm: Firm, key: str) -> Chosen | None:
    """The text of that name: "0" the form, a number a version, "draft" one's own unsent work; for
    our side also "nearest", our form that a text on the client's paper is most like.
    """
    if key == DRAFT:
        return _draft(contract, viewer, firm)
    if key == FORM:
        return form_text(contract, firm)
    if key == NEAREST:
        return None if isinstance(viewer, RoomViewer) else nearest_text(contract)
    if not (key.isascii() and key.isdecimal() and len(key) < 7):
        return None
    version = contract.versions.select_related("made_by").filter(number=int(key)).first()
    return version_text(version) if version else None


def present_text(contract: Contract, viewer: Viewer, firm: Firm) -> Chosen:
    """What this side works with now: its own draft, else the last version, else the form."""
    found = _draft(contract, viewer, firm)
    if found is None and contract.version is not None:
        found = version_text(contract.version)
    return found or form_text(contract, firm)


def form_text(contract: Contract, firm: Firm) -> Chosen:
    """The form the contract was begun from, with nothing typed into it but the parties."""
    (text,) = load_texts(contract.edition.tree)
    return Chosen(
        FORM,
        contract.edition.tree,
        text,
        party_values(contract.case.client, firm, contract.edition.template.language),
        foreign=contract.foreign_paper,
    )


def nearest_text(contract: Contract) -> Chosen | None:
    """Our form that a text on the client's paper is most like, with nothing filled in."""
    nearest = nearest_edition(contract)
    if nearest is None:
        return None
    (text,) = load_texts(nearest.tree)
    return Chosen(NEAREST, nearest.tree, text, {})


def version_text(version: Version) -> Chosen:
    """One version as it was sent."""
    (text,) = load_texts(version.tree)
    return Chosen(str(version.number), version.tree, text, dict(version.values), version)


def read_alike(contract: Contract, old: Chosen, new: Chosen) -> tuple[Chosen, Chosen]:
    """Two texts to be compared. A form has no values of its own: it is read with the other's, so
    that only its words count, and with those that went with what the client struck out.
    """
    if not (old.is_form or new.is_form):
        return old, new
    lost = lost_values(contract.changes.exclude(lost_values={}).order_by("pk"))
    if old.is_form:
        return replace(old, values={**lost, **new.values}), new
    return old, replace(new, values={**lost, **old.values})


def look_texts(contract: Contract, firm: Firm) -> tuple[Chosen, Chosen]:
    """What somebody of the client's side is asked to look at: what their side last sent (or the
    form), and the text as their room has it now, our answers in it."""
    drafting = contract.case.state in (ContractState.DRAFT, ContractState.RETURNED)
    new = client_draft(contract, firm) if drafting else None
    if new is None and contract.version is not None:
        new = version_text(contract.version)
    sent = contract.versions.filter(side="theirs").order_by("-number")
    if new is not None and new.version is not None:
        sent = sent.exclude(pk=new.version.pk)
    before = sent.first()
    old = version_text(before) if before else form_text(contract, firm)
    return old, new or form_text(contract, firm)


def client_draft(contract: Contract, firm: Firm) -> Chosen | None:
    """The client's unsent work: for their own eyes, and for files that go to them alone."""
    return _side_draft(contract, "theirs", firm)


def _draft(contract: Contract, viewer: Viewer, firm: Firm) -> Chosen | None:
    if getattr(viewer, "looking_on", False) or contract.case.state not in DRAFTING:
        return None
    return _side_draft(contract, side_of(viewer), firm)


def _side_draft(contract: Contract, side: str, firm: Firm) -> Chosen | None:
    work = open_draft(contract, side)
    if work is None:
        return None
    tree = work.tree
    values = {
        **work.draft.values,
        **party_values(contract.case.client, firm, contract.edition.template.language),
    }
    return Chosen(DRAFT, tree, read_text(tree, work.wordings), values)


def shown_text(contract: Contract, chosen: Chosen, *, anchors: bool = True) -> Shown:
    """What a reader sees in place of tokens, in the language of the contract."""
    document = chosen.text.document
    counted = numbers(document)
    return Shown(
        values=display_values(contract, chosen.values),
        numbers={key: plain_number(found) for key, found in counted.items()},
        beside=bracketed(counted),
        labels=blanks_of(contract.edition.fields),
        notes=note_numbers(document),
        paragraphs=paragraph_numbers(document),
        anchors=anchors,
    )


def display_values(contract: Contract, values: Mapping[str, str]) -> dict[str, str]:
    """Values as the contract writes them."""
    return contract_values(contract, values, contract.edition.template.language)


def kept_objects(contract: Contract) -> dict[str, Any]:
    """The XML of pictures and the like, by key, as they stood in the form."""
    objects: dict[str, Any] = contract.edition.kept.get("objects", {})
    return objects


def staff_masks(viewer: Viewer, firm: Firm, language: str, nobody: str) -> dict[int, str]:
    """Where the firm shows teams, what a client reads instead of the name of any of our people."""
    if firm.shows_people or not isinstance(viewer, RoomViewer):
        return {}
    return {
        employee.user_id: employee.team.name(language) if employee.team else nobody
        for employee in Employee.objects.select_related("team")
    }
