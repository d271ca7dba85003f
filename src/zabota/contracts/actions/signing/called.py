"""A signatory as the paper has them; another person in the same place."""

from django.utils.translation import override

from zabota.clients.models import Contact
from zabota.common.names import detail, person_name
from zabota.contracts.models import Signatory
from zabota.people.models import Employee


def called(row: Signatory, one: Employee | Contact, language: str) -> Signatory:
    """This person from now on, named in the language of the paper; by what authority they sign they
    say themselves. Not stored yet.
    """
    assert one.user is not None
    row.user = one.user
    with override(language):
        if isinstance(one, Employee):
            row.employee, row.position = one, one.position(language)
            row.name = person_name(one.user.name, one.user.name_en)
        else:
            row.contact, row.position = one, detail(one.position, one.position_en)
            row.name = person_name(one.name, one.name_en)
    row.ground, row.ground_number, row.ground_on, row.ground_until = "", "", None, None
    row.agreement = row.left_at = None
    return row
