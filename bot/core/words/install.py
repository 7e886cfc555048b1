"""What people read while they install Candor, and what an operator reads when that cannot work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.installation import Guest

DONE = "Candor is installed"
WAITING = "Candor is waiting for a yes"
NOT_DONE = "Candor was not installed"
OPEN_SLACK = "Open Slack"
TRY_AGAIN = "Try again"
_REASONS = {
    "access_denied": "You cancelled. Nothing has changed in your workspace.",
    "invalid_browser": "The installation began in another browser, or this one blocks cookies. "
    "Start again, and finish in the same browser.",
    "invalid_state": "More than ten minutes have passed and the link has expired. Start again.",
    "missing_code": "Slack didn't send a code. Start again.",
    "invalid_code": "Slack couldn't be reached or didn't accept the code, which works only once. Start again.",
    "storage_error": "Slack agreed, but Candor couldn't save what it received. Try again in a few minutes.",
}

_NEXT = (
    "Add Candor to the channel where you write drafts: type /invite @Candor there. Then post a draft; the answer "
    "will appear in its thread."
)
_REMOVE = "To remove Candor, uninstall the app in Slack. Everything it stored about your workspace is then deleted."
NO_KEYS = (
    "ENCRYPTION_KEYS is not set, and without a key Candor won't store workspace tokens. Make one and set it: "
    "candor doctor --new-key"
)


def done(workspace: str) -> tuple[str, ...]:
    """What to do next, one paragraph each."""
    name = f" in {workspace}" if workspace else ""
    return (
        f"Candor is an automated assistant, and it's now installed{name}. It doesn't read anything yet.",
        _NEXT,
        _REMOVE,
    )


def waiting(workspace: str, key: str) -> tuple[str, ...]:
    """It is installed, and the operator has not allowed it; one paragraph each."""
    name = f" in {workspace}" if workspace else ""
    return (
        f"Candor is installed{name}, but the people who run it haven't allowed it there yet.",
        "Until they do, it doesn't read or answer anything.",
        f"Please send them this ID: {key}. Once they say yes, Candor starts, and you don't have to install it again.",
        _REMOVE,
    )


def guest(one: Guest, installed_on: str) -> str:
    """One line of the operator's list."""
    key = one.home.key
    state = f"waiting for your yes: candor workspaces --allow {key}" if one.waits else "allowed"
    if one.revoked:
        state = "off: its tokens were revoked"
    return f"{key}  installed on {installed_on}  {state}"


def tokens_revoked(key: str) -> str:
    """The log's line, once for each time."""
    return (
        f"Slack says that the tokens of {key} were revoked, so Candor is off there. It keeps the workspace's data for "
        "7 days and then deletes them, unless somebody reinstalls Candor."
    )


def allowed(key: str, count: int) -> str:
    """The operator said yes."""
    what = "1 installation" if count == 1 else f"{count} installations"
    return f"{key}: {what} allowed. Candor starts there within a few seconds."


NO_GUESTS = "No workspace has installed Candor with OAuth."
WORKSPACES_HELP = "list the workspaces that installed Candor with OAuth, and allow those that are waiting"
ALLOW_HELP = "let this workspace (T...) or organisation (E...) use Candor"


def not_waiting(key: str) -> str:
    """There is nothing to allow."""
    return f"{key} isn't waiting. To see who is, run: candor workspaces"


def not_done(reason: str) -> str:
    """Why it did not work, and what helps."""
    return _REASONS.get(reason, "Slack didn't finish the installation. Start again.")
