"""Many contracts at once, laid straight: what a list costs must not depend on their number."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db.models import Model

from zabota.cases.models import Case, Holder, Promise
from zabota.contracts.models import Contract, SearchText, Stage
from zabota.journal.models import Stream

_numbers = count(1)


def copies_of(contract: Contract, number: int, at: datetime) -> list[Case]:
    """So many contracts like this one, each with the open promises, stages and holders it has."""
    case = Case.objects.get(pk=contract.pk)
    promises = list(Promise.objects.filter(case=case))
    stages = {stage.promise_id: stage for stage in Stage.objects.filter(contract=contract)}
    holders = list(Holder.objects.filter(case=case))
    streams = Stream.objects.bulk_create(Stream() for _ in range(number))
    cases = Case.objects.bulk_create(
        _copy(
            case, number=f"К-{next(_numbers)}", stream=stream, touched_at=at + timedelta(minutes=n)
        )
        for n, stream in enumerate(streams)
    )
    words = SearchText.objects.get(contract=contract).words
    for one in cases:
        made = {old.pk: _copy(old, case=one) for old in promises}
        Promise.objects.bulk_create(made.values())
        twin = _copy(contract, case=one, agreeing=made.get(contract.agreeing_id or 0))
        twin.client_turn = twin.answering = twin.sooner = None
        Contract.objects.bulk_create([twin])
        SearchText.objects.create(contract_id=one.pk, words=words)
        Stage.objects.bulk_create(
            _copy(stage, contract_id=one.pk, promise=made[pk]) for pk, stage in stages.items()
        )
        Holder.objects.bulk_create(
            _copy(row, case=one, promise=made[row.promise_id]) for row in holders
        )
    return list(cases)


def _copy[M: Model](row: M, **changed: Any) -> M:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    made = type(row)(**values)
    for name, value in changed.items():
        setattr(made, name, value)
    return made
