"""What must be settled about a patient before a needle, as panels show it."""
