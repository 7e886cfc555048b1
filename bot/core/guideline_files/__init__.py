"""How a guideline file is read: front matter and Markdown sections in, a `Guideline` out."""

from bot.core.guideline_files.reading import read_guideline
from bot.core.guideline_files.references import read_references

__all__ = ["read_guideline", "read_references"]
