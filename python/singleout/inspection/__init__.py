"""What lies in a draft: where its tables are, what their rows stand for, what its texts say."""
