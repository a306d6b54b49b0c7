"""Agendas of review meetings: that of one incident, and that of a month."""
