"""How a postmortem speaks of people, in English: who does what in a sentence, and in which section it stands.

There is no grammar model here, and none is downloaded. Words that are rare decide which sentences are looked at; in
those, short lists and a walk to the left find the subject. Where the walk is not sure it finds nobody: a finding that
is wrong costs an author more than one that is missing.
"""
