"""Rules: they look at what was read and say what is wrong; they never repair."""
