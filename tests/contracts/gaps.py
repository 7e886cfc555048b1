"""What Slack sends and its types do not know yet, each with the reason. Keep it small."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.contracts.schemas import Gaps

_INNER = "a changed or deleted message stands inside the event, which says once where and when"
_APP = "what an app posts carries its app_id"
_NEWER = "messages of every subtype carry it by now; the types know it of plain ones"
_ORGANISATION = "outside an organisation it is there and null"
_FILE = "the types know it of files.info; files in messages come without"
_LINES = "numbers in Slack's own examples of file objects; the types of this one event say text"
_USERNAME = "as in clicks; the types have left it out for windows"
_ROOT = "the start of a thread carries it wherever it is shown with its counts"
_TOMBSTONE = "a deleted message with replies becomes a tombstone; the types have no such subtype"

OF_BLOCKS: Gaps = {}

OF_PAYLOADS: Gaps = {
    "/context_enterprise_id: None is not of type 'string'": _ORGANISATION,
    "/enterprise: None is not of type 'object'": _ORGANISATION,
    "/response_url: missing": "a click in a window or a Home tab has none: there is no message to answer",
    "/user/username: unknown": _USERNAME,
    "/app_id: unknown": _APP,
    "/message/app_id: unknown": _APP,
    "/previous_message/app_id: unknown": _APP,
    "/bot_id: unknown": _NEWER,
    "/team: unknown": _NEWER,
    "/parent_user_id: unknown": _NEWER,
    "/message/channel: missing": _INNER,
    "/message/channel_type: missing": _INNER,
    "/message/event_ts: missing": _INNER,
    "/previous_message/channel: missing": _INNER,
    "/previous_message/channel_type: missing": _INNER,
    "/previous_message/event_ts: missing": _INNER,
    "/root/channel: missing": _INNER,
    "/root/channel_type: missing": _INNER,
    "/root/event_ts: missing": _INNER,
    "/root/is_locked: unknown": _ROOT,
    "/root/subscribed: unknown": _ROOT,
    "/message/subtype: 'tombstone' is no kind that fits": _TOMBSTONE,
    "/message/hidden: unknown": _TOMBSTONE,
    "/previous_message/subtype: 'tombstone' is no kind that fits": _TOMBSTONE,
    "/previous_message/hidden: unknown": _TOMBSTONE,
    "*/attachments/*/id: unknown": "attachments are numbered in what comes back",
    "/files/*/alt_txt: unknown": "the description of an image, newer than the type",
    "/files/*/lines: * is not of type 'string'": _LINES,
    "/files/*/lines_more: * is not of type 'string'": _LINES,
    "/files/*/channels: missing": _FILE,
    "/files/*/groups: missing": _FILE,
}
