"""Analysis of the corpus. It knows nouns and settings, never files, and formats nothing.

Unknown is never zero and never *now*: every function that counts also says how many values were missing.
"""
