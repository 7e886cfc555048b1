"""The plain peer: a Bolt app that asks the model inside its listener and posts what it says. Nothing is kept.

Reads SLACK_BOT_TOKEN (one or several, with commas), SLACK_APP_TOKEN, SLACK_API_URL and OPENAI_BASE_URL.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any, cast

from openai import AsyncOpenAI
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]
ENV = os.environ  # noqa: TID251 - a script of its own
API = ENV["SLACK_API_URL"]


async def main() -> None:
    """Connect, and answer for ever."""
    model = AsyncOpenAI(base_url=ENV["OPENAI_BASE_URL"], api_key="none", max_retries=0)
    bots: dict[str, AuthorizeResult] = {}
    for token in ENV["SLACK_BOT_TOKEN"].split(","):
        who = cast("Json", (await AsyncWebClient(token, base_url=API).auth_test()).data)
        bots[who["team_id"]] = AuthorizeResult(
            enterprise_id=None,
            team_id=who["team_id"],
            bot_user_id=who["user_id"],
            bot_id=who["bot_id"],
            bot_token=token,
        )

    async def authorize(enterprise_id: str | None, team_id: str) -> AuthorizeResult:
        del enterprise_id
        return bots[team_id]

    app = AsyncApp(authorize=authorize, client=AsyncWebClient(base_url=API))

    @app.event("message")
    async def on_message(event: Json, client: AsyncWebClient) -> None:
        if event.get("thread_ts") or event.get("subtype"):
            return
        answer = await model.chat.completions.create(
            model="m",
            messages=[{"role": "system", "content": "### plain: one"}, {"role": "user", "content": event["text"]}],
        )
        text = answer.choices[0].message.content or ""
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text=text[:200])

    del on_message
    web = AsyncWebClient(ENV["SLACK_APP_TOKEN"], base_url=API)
    await AsyncSocketModeHandler(app, ENV["SLACK_APP_TOKEN"], web_client=web).connect_async()
    print("connected", flush=True)  # noqa: T201 - the measuring process waits for it
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
