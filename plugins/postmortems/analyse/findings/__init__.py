"""Sentences about the whole system, each with its evidence; one kind of finding a file, all listed in `registry`."""
