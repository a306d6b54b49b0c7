"""Sources of records: one module each, with `recognises` and `read`.

A source takes the files that were given, as paths and bytes, and yields a record or a `NoRecord` for each document.
"""
