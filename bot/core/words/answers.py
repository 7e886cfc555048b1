"""What people read about answers to questions, and when they change one."""

from __future__ import annotations

CHANGE = "Change answer"
TITLE = "Change an answer"
SUBMIT = "Save"
CANCEL = "Cancel"
ANSWER = "The answer"
GONE_TITLE = "Not changed"


def change(number: int, of: int) -> str:
    """On the button to one of several answers."""
    return CHANGE if of == 1 else f"{CHANGE} {number}"
