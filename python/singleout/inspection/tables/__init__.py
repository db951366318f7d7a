"""What a row of a table stands for: a person, a case, a group, a thing, or none of these surely."""
