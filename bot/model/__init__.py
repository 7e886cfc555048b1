"""The language model behind one port, and the code that checks every word it answers."""
