"""Pictures as inline SVG: pure functions from values to safe markup, drawn with the classes of the stylesheet."""
