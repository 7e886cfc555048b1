"""The same over HTTP: signed requests to one address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.signature import SignatureVerifier

from bot.workspace.shapes import NotAcknowledged, an_object

if TYPE_CHECKING:
    from bot.workspace.delivery.envelope import Attempt, Parcel
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json

_BAD = 300


class SignedRequests:
    """Sends what a bot behind a public address would get."""

    def __init__(self, hub: Hub, request_url: str, ack_seconds: float) -> None:
        self._hub = hub
        self._url = request_url
        self._seconds = ack_seconds
        self._session: ClientSession | None = None

    async def carry(self, parcel: Parcel, attempt: Attempt) -> Json:
        """Post it. Raises `NotAcknowledged` without a good answer in time."""
        body, content_type = _body(parcel)
        headers = {"Content-Type": content_type, **self._signature(parcel.app_id, body)}
        if attempt.number:
            headers |= {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": _REASONS[attempt.reason]}
        session = self._session = self._session or ClientSession(timeout=ClientTimeout(total=self._seconds))
        number = {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
        self._hub.traffic.add("envelope", type=parcel.kind, payload=parcel.payload, envelope_id="", **number)
        try:
            async with session.post(self._url, data=body.encode(), headers=headers) as response:
                text = await response.text()
                self._hub.traffic.add("ack", envelope_id="", status=response.status, payload=text)
                if response.status >= _BAD:
                    reason = "http_error"
                    raise NotAcknowledged(reason, final=response.headers.get("X-Slack-No-Retry") == "1")
                return _payload(text)
        except TimeoutError:
            reason = "timeout"
            raise NotAcknowledged(reason) from None
        except ClientError:
            reason = "connection_failed"
            raise NotAcknowledged(reason) from None

    def _signature(self, app_id: str, body: str) -> dict[str, str]:
        secret = self._hub.state.teams_of_app(app_id)[0].bot.signing_secret
        timestamp = str(int(self._hub.clock.now()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}

    async def stop(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()


_REASONS = {"timeout": "http_timeout", "http_error": "http_error", "connection_failed": "connection_failed"}


def _body(parcel: Parcel) -> tuple[str, str]:
    if parcel.kind == "events_api":
        return json.dumps(parcel.payload), "application/json"
    form = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _payload(text: str) -> Json:
    """What the acknowledgement carries: JSON, or plain text for a command."""
    try:
        if text.startswith("{"):
            return an_object(json.loads(text))
    except ValueError:
        return {"text": text}
    return {"text": text} if text else {}
