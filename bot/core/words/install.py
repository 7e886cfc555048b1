"""What people read while they install Candor, and what an operator reads when that cannot work."""

from __future__ import annotations

DONE = "Candor is installed"
NOT_DONE = "Candor was not installed"
OPEN_SLACK = "Open Slack"
TRY_AGAIN = "Try again"
_REASONS = {
    "access_denied": "You chose to cancel. Nothing was changed in your workspace.",
    "invalid_browser": "The installation was begun in another browser, or this one keeps no cookies. "
    "Begin again, and finish in the same browser.",
    "invalid_state": "More than ten minutes have passed, so the link is no longer good. Begin again.",
    "missing_code": "Slack sent no code along. Begin again.",
    "invalid_code": "Slack could not be reached, or did not accept the code: it is good only once. Begin again.",
    "storage_error": "Slack agreed, but Candor could not keep what it got. Try again in a few minutes.",
}

_NEXT = (
    "Add it to the channel where you write drafts: type /invite @Candor there. Then post a draft; the answer comes in "
    "its thread."
)
_REMOVE = "To remove Candor again, uninstall the app in Slack. All that it stored about your workspace is deleted then."
NO_KEYS = (
    "ENCRYPTION_KEYS is not set, and without a key Candor stores no tokens of workspaces. "
    "Make one and set it: candor doctor --new-key"
)


def done(workspace: str) -> tuple[str, ...]:
    """What to do next, one paragraph each."""
    name = f" in {workspace}" if workspace else ""
    return (f"Candor is an automated assistant and now there{name}. It reads nothing yet.", _NEXT, _REMOVE)


def not_done(reason: str) -> str:
    """Why it did not work, and what helps."""
    return _REASONS.get(reason, "Slack did not finish the installation. Begin again.")
