"""The verdict of the interval rules as a card: words, timeline, findings."""
