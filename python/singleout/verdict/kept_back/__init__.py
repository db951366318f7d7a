"""What a reader can work out of counts that a table keeps back."""
