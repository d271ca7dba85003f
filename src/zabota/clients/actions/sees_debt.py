"""Whether a person of a client sees what the company owes; upper apps decide who says so."""

from datetime import datetime

from zabota.clients.models import Contact


def let_see_debt(contact: Contact, sees: bool, *, by: object, at: datetime) -> bool:
    """From now on; says whether it changes anything. The caller records it."""
    there = Contact.objects.filter(pk=contact.pk, removed_at=None).exclude(sees_debt=sees)
    contact.sees_debt = sees
    return there.update(sees_debt=sees) == 1
