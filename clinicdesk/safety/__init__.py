"""Is there anything about this patient that must be settled before the needle? Plain Python."""
