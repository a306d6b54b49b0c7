"""Card of the response: questions that a review asks of every incident, and the answers that its files hold.

The fifteen questions are those of the incident scorecard that Wikimedia's engineers fill in
(https://wikitech.wikimedia.org/wiki/Incident_documentation), in words of our own. Each answer names what it rests on.
A wrong answer is worse than none: where the files leave room for doubt, the question stays one, beside what they say
about it. Answers are never added up, and nothing is said of a person.
"""
