"""The tables as the first revision makes them."""
