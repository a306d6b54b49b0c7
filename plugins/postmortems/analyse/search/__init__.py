"""Search: the patterns and postmortems that answer a question, with the reason and the passage."""
