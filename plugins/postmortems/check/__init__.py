"""Is it sound? Rules look at what was read and say what is wrong; they never repair."""
