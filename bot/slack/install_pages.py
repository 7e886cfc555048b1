"""The pages at the end of an installation."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from slack_bolt.response import BoltResponse

from bot.core.words import install as words

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto; padding: 0 1.5rem;
    color: #1d1c1d; background: #fff; }}
  h1 {{ font-size: 1.6rem; line-height: 1.2; color: #1f3a4d; }}
  a {{ display: inline-block; margin-top: 1rem; padding: .6rem 1.2rem; border-radius: .4rem;
    background: #1f3a4d; color: #fff; text-decoration: none; }}
  a:focus-visible {{ outline: 3px solid #d48806; outline-offset: 2px; }}
  @media (prefers-color-scheme: dark) {{
    body {{ color: #e8e8e8; background: #16191c; }}
    h1 {{ color: #a9c9de; }}
    a {{ background: #a9c9de; color: #16191c; }}
  }}
</style>
<main>
<h1>{head}</h1>
{body}
<p><a href="{address}">{action}</a></p>
</main>
</html>
"""


def done_page(workspace: str, address: str) -> BoltResponse:
    """Candor is installed; ``address`` leads back to Slack."""
    return _page(200, words.DONE, words.done(workspace), (address, words.OPEN_SLACK))


def waiting_page(workspace: str, key: str, address: str) -> BoltResponse:
    """Candor is installed and does nothing before the operator's yes, who needs the id ``key``."""
    return _page(200, words.WAITING, words.waiting(workspace, key), (address, words.OPEN_SLACK))


def failed_page(status: int, reason: str, again: str) -> BoltResponse:
    """It is not installed; ``again`` is where to begin anew."""
    return _page(status, words.NOT_DONE, (words.not_done(reason),), (again, words.TRY_AGAIN))


def _page(status: int, head: str, paragraphs: Iterable[str], link: tuple[str, str]) -> BoltResponse:
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    address, action = link
    html = _PAGE.format(
        title=escape(head),
        head=escape(head),
        body=body,
        address=escape(address),
        action=escape(action),
    )
    return BoltResponse(status=status, body=html, headers=dict(_HEADERS))
