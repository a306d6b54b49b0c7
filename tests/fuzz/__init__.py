"""Fuzzing: each reader gets texts that nobody would write, for as long as one likes (`make fuzz`)."""
