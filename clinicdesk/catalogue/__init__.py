"""Reads ``resources/*.toml`` into domain and rule objects, strictly: errors name file and line."""
