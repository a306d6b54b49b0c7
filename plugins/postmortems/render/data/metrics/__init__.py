"""The parts of `/data/metrics.json`: one module each, with its declared form and what fills it in."""
