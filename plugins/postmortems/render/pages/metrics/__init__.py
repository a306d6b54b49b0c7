"""The metrics page: one module a section, each turning figures of `analyse` into words and pictures."""
