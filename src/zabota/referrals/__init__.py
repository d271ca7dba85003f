"""Client brings client: who recommended us to whom, by which tool, and what came of it.

Words: рекомендация Referral, brochure, joint questionnaire.
Neighbours: the uppermost domain; only insight and home are above.
"""
