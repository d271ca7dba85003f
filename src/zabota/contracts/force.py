"""Which contracts are in force: said here alone."""

from django.db.models import Q

from zabota.contracts.models import Contract, ContractState

# Signed by both sides, here or before they came here.
IN_FORCE = ContractState.SIGNED


def in_force(contract: Contract) -> bool:
    """Whether the sides are bound by it now."""
    return bool(contract.case.state == IN_FORCE)


def cases_in_force(prefix: str = "") -> Q:
    """The same question asked of cases; `prefix` leads from the rows that are filtered to them."""
    return Q(**{f"{prefix}state": IN_FORCE})
