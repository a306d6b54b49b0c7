"""Where records come from: one module a source, with `recognises` and `read`.

A source takes the files that were given, as paths and bytes, and gives a record or a `NoRecord` for each document.
"""
