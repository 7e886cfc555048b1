"""``files.*``: uploads in three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.files import shown
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json


def upload_url(call: Call) -> Json:
    """``files.getUploadURLExternal``."""
    call.number("length", 0)
    file = call.hub.files.announce(
        call.team, call.caller.user_id, call.needed("filename"), alt_text=call.text("alt_txt")
    )
    return {"file_id": file["id"], "upload_url": f"{call.hub.url}/upload/{file['id']}"}


def complete(call: Call) -> Json:
    """``files.completeUploadExternal``."""
    files: list[Json] = []
    for entry in call.listed("files"):
        file = call.hub.files.complete(call.team, str(entry.get("id")), str(entry.get("title") or ""))
        if file is None:
            code = "file_not_found"
            raise ApiRefusal(code)
        files.append(shown(file, call.hub.url))
    where = call.text("channel_id") or call.text("channels").split(",")[0]
    if where:
        content: Json = {"text": call.text("initial_comment"), "files": files, "subtype": "file_share"}
        here = type(call)(call.hub, call.caller, {"channel": where}).channel(member=True)
        call.hub.talk.post(here, call.caller.user_id, {**content, "thread_ts": call.text("thread_ts")})
    return {"files": files}


def info(call: Call) -> Json:
    """``files.info``."""
    return {"file": shown(_file(call), call.hub.api_origin), "comments": []}


def delete(call: Call) -> Json:
    """``files.delete``."""
    file = _file(call)
    if file["user"] != call.caller.user_id:
        code = "cant_delete_file"
        raise ApiRefusal(code)
    del call.team.files[file["id"]]
    for channel in call.team.channels.values():
        call.hub.talk.lose_file(channel, file["id"])
    return {}


def _file(call: Call) -> Json:
    file = call.team.files.get(call.needed("file"))
    if file is None:
        code = "file_not_found"
        raise ApiRefusal(code)
    return file
