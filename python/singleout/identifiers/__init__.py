"""What a column, a name and a text say of people: lists, headings, meanings, sentences."""
