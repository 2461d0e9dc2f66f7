"""Taking patients over from a file, in the window."""
