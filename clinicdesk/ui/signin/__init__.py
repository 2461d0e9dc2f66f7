"""Signing in, and the lock screen: one page, no patient data."""
