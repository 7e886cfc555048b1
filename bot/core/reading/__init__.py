"""What a message is: draft or talk, the words to colleagues around a draft, the variants in it."""
