"""What is read: messages (draft or talk, words to colleagues around a draft, variants), and guideline files."""
