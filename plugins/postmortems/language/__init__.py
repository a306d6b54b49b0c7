"""Language about people in a postmortem, in English: who does what in a sentence, and in which section.

There is no grammar model here, and none is downloaded. Words that are rare decide which sentences are looked at; in
those, short lists and a walk to the left find the subject. Where the walk is not sure it finds nobody: a finding that
is wrong costs an author more than one that is missing.
"""
