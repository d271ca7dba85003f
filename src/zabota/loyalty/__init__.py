"""Points, and what they are good for: earned by rules, spent first-to-expire, returned with goods.

Words: баллы, начисление and списание Posting, batch, reward, tier.
Neighbours: called by goodwill and whatever stands above; home holds the till.
"""
