"""What every room stands on: words, files, exit codes; imports nothing of the package."""
