"""Our side: accounts, employees, teams, powers, absences, substitution, the firm and its calendar, sign-in.

Words: учётная запись User, сотрудник Employee, отдел Team, полномочие Power, замещение Substitution.
Neighbours: below are journal and common; clients stand above.
"""
