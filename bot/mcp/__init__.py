"""Where other programs are: tools over the Model Context Protocol, for AI assistants, editors and scripts."""
