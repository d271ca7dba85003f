"""What each employee may do for clients at their own discretion, and what came of it.

Words: бюджет заботы Allowance, подарок Gift, code, making good.
Neighbours: points stand below in `loyalty`; orders above.
"""
