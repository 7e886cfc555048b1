"""Blocks that Slack refuses, one for each rule, and a message that it takes."""

from __future__ import annotations

from typing import Any

Blocks = list[dict[str, Any]]


def plain(text: str = "Text") -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Text") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Press"), "action_id": "press", **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", **more}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value), "value": value}


def table(rows: int = 1, columns: int = 1, kind: str = "raw_text") -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": kind, "text": "x"}] * columns] * rows}


def rich(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [element]}


GOOD: Blocks = [
    {"type": "header", "text": plain("2 changes")},
    section(
        text=mrkdwn("*1*"), accessory={"type": "overflow", "action_id": "more", "options": [option("a"), option("b")]}
    ),
    {"type": "divider"},
    rich(
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "old", "style": {"strike": True}},
                {"type": "link", "url": "https://example.org", "text": "why"},
                {"type": "user", "user_id": "U0DANA"},
            ],
        }
    ),
    section(fields=[mrkdwn("*A*"), plain("B")]),
    actions(
        button(
            style="primary", value="v", confirm={"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
        )
    ),
    {"type": "markdown", "text": "**bold**"},
    table(2, 2),
    {"type": "context", "elements": [mrkdwn("24 guidelines"), plain("AI")]},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "1"},
                "negative_button": {"text": plain("Bad"), "value": "0"},
            }
        ],
    },
]

BROKEN: dict[str, Blocks] = {
    "unknown block type": [{"type": "paragraph"}],
    "header over 150": [{"type": "header", "text": plain("x" * 151)}],
    "header in mrkdwn": [{"type": "header", "text": mrkdwn()}],
    "section text over 3000": [section(text=mrkdwn("x" * 3001))],
    "empty section": [section()],
    "11 fields": [section(fields=[plain()] * 11)],
    "field over 2000": [section(fields=[plain("x" * 2001)])],
    "51 blocks": [{"type": "divider"}] * 51,
    "26 elements in actions": [actions(*(button(action_id=f"a{n}") for n in range(26)))],
    "button text over 75": [actions(button(text=plain("x" * 76)))],
    "button in mrkdwn": [actions(button(text=mrkdwn()))],
    "button style": [actions(button(style="purple"))],
    "button value over 2000": [actions(button(value="x" * 2001))],
    "action_id over 255": [actions(button(action_id="x" * 256))],
    "duplicate action_id": [actions(button(), button())],
    "duplicate block_id": [{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}],
    "11 elements in context": [{"type": "context", "elements": [plain()] * 11}],
    "image without alt_text": [{"type": "image", "image_url": "https://example.org/a.png"}],
    "button in context": [{"type": "context", "elements": [button()]}],
    "unknown key": [{"type": "divider", "colour": "red"}],
    "empty text": [section(text=mrkdwn(""))],
    "markdown over 12,000": [{"type": "markdown", "text": "x" * 12_001}],
    "table cell": [table(kind="cell")],
    "21 columns": [table(columns=21)],
    "rich text element": [rich({"type": "rich_text_poem", "elements": []})],
    "6 options in overflow": [
        section(
            text=mrkdwn(),
            accessory={"type": "overflow", "action_id": "o", "options": [option(f"{n}") for n in range(6)]},
        )
    ],
    "confirm without text": [actions(button(confirm={"title": plain(), "confirm": plain(), "deny": plain()}))],
    "101 rows": [table(rows=101)],
    "alert outside a window": [{"type": "alert", "text": mrkdwn(), "level": "info"}],
    "no type": [{"text": plain()}],
}
