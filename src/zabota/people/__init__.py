"""Our side: accounts, employees, teams, powers, absences, substitution, the firm, sign-in.

Words: учётная запись User, сотрудник Employee, отдел Team, полномочие Power,
замещение Substitution.
Neighbours: below are journal and common; clients stand above.
"""
