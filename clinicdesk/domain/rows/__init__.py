"""Frozen rows that leave the data room, each made for the screen that asks."""
