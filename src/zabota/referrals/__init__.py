"""Client brings client: who recommended us to whom, by which tool, and what came of it.

Words: рекомендация Referral, ссылка ReferralLink, условия Terms, брошюра Brochure, анкета Sheet (by
an edition of Questionnaire), благодарность Thanks, уходит Departure. Neighbours: the uppermost
domain; only insight and home are above.
"""
