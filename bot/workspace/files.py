"""Files: announced, uploaded, completed."""

from __future__ import annotations

import base64
import mimetypes
from typing import TYPE_CHECKING

from bot.workspace.shapes import new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.shapes import Json
    from bot.workspace.state import State, Team

_LINES, _PREVIEW = 5, 400
_HIDDEN = ("content", "announced")


class Files:
    """The files of all teams. Their bytes are kept with them, in base64, so that they are saved too."""

    def __init__(self, state: State, now: Callable[[], float]) -> None:
        self._state = state
        self._now = now

    def announce(self, team: Team, user: str, name: str, alt_text: str) -> Json:
        """Somebody is about to upload a file."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file: Json = {"id": new_id("F"), "name": name, "title": name, "mimetype": kind, "user": user, "size": 0}
        file |= {
            "created": int(self._now()),
            "filetype": name.rpartition(".")[2],
            "alt_txt": alt_text,
            "mode": "hosted",
        }
        file |= {"content": "", "announced": True}
        team.files[file["id"]] = file
        return file

    def receive(self, file_id: str, content: bytes) -> bool:
        """The bytes arrive; False where no such file was announced."""
        for team in self._state.teams.values():
            file = team.files.get(file_id)
            if file and file["announced"]:
                file |= {"content": base64.b64encode(content).decode(), "size": len(content)}
                return True
        return False

    def complete(self, team: Team, file_id: str, title: str) -> Json | None:
        """The upload is finished; None where nothing was uploaded."""
        file = team.files.get(file_id)
        if file is None or not file["size"]:
            return None
        file |= {"announced": False, "title": title or file["name"]}
        return file

    def team_of(self, file_id: str) -> str:
        """The id of the team that has the file, "" where none has."""
        return next((team.id for team in self._state.teams.values() if file_id in team.files), "")

    def content(self, file_id: str) -> tuple[bytes, str, str] | None:
        """The bytes, the media type and the name."""
        for team in self._state.teams.values():
            if file := team.files.get(file_id):
                return base64.b64decode(file["content"]), file["mimetype"], str(file["name"])
        return None


def shown(file: Json, url: str) -> Json:
    """A file as Slack shows it."""
    private = f"{url}/files/{file['id']}"
    visible = {key: value for key, value in file.items() if key not in _HIDDEN}
    kind: Json = {"pretty_type": file["filetype"].upper(), "editable": False, "display_as_bot": False, "username": ""}
    kind |= {"is_external": False, "external_type": "", "is_public": True, "public_url_shared": False}
    if file["mimetype"].startswith("text/"):
        visible |= _preview(base64.b64decode(file["content"]).decode("utf-8", "replace"))
    return {**visible, **kind, "url_private": private, "url_private_download": private, "permalink": private}


def _preview(content: str) -> Json:
    """What Slack shows of a text in a message: its first lines, and how many more there are."""
    lines = content.splitlines()
    begins = "\n".join(lines[:_LINES])[:_PREVIEW]
    more = {"lines": len(lines), "lines_more": max(len(lines) - _LINES, 0)}
    return {"preview": begins, "preview_is_truncated": len(begins) < len("\n".join(lines)), **more}
