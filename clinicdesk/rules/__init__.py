"""The repeat-interval engine: plain Python, packs are data."""
