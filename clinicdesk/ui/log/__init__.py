"""The procedure log: what was done, given and measured, signed between two patients."""
