"""Pages of goodwill: giving, one's budget and card, the firm's terms, accounts, the stranger's."""
