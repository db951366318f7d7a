"""Tables of any kind as Arrow's columns."""
