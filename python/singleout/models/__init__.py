"""Risk models that stand on counts: attribute disclosure, populations, samples."""
