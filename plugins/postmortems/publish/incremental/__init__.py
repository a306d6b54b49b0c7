"""Memory of what earlier builds have made: each step of a page is kept with all that it was made of."""
