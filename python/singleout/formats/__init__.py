"""What a file is: data about formats, and pure functions over it."""
