"""The page on which payers are mapped to rule packs."""
