"""Contracts agreed in the client's sight: forms, clauses, versions, changes and answers, routes,
decisions.

Words: типовая форма ContractTemplate, редакция Version, маршрут Route, этап Stage, решение
Decision. Neighbours: below are outreach and cases; home stands above.
"""
