"""Values in words, the same on every page."""
