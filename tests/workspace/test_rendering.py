from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from bot.core.words.workspace import FILE_GONE
from bot.workspace.mrkdwn import escaped, sections, with_links, with_names, with_signs
from bot.workspace.rendering.blocks import blocks
from bot.workspace.rendering.messages import content, editable
from bot.workspace.rendering.rich import mrkdwn
from bot.workspace.rendering.safe import Scene, link_target, picture_source
from bot.workspace.state import default_state
from tests.workspace.broken_blocks import GOOD, actions, button, plain, section

SCENE = Scene(default_state().first)
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<javascript:alert(1)|click>",
    '<https://a.example/"onmouseover=alert(1)|x>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "```</pre><script>alert(1)</script>```",
    "<@U0DANA|<b>x</b>>",
]


class Tags(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_a_message_becomes_markup(attack: str) -> None:
    everywhere: list[dict[str, Any]] = [
        {"type": "header", "text": plain(attack)},
        section(text={"type": "mrkdwn", "text": attack}, fields=[plain(attack)]),
        {"type": "markdown", "text": attack},
        {"type": "image", "image_url": attack, "alt_text": attack, "title": plain(attack)},
        {"type": attack, "block_id": attack},
        actions(
            button(text=plain(attack), action_id=attack, value=attack, confirm={"title": plain(attack)}),
            button(url=attack, action_id="link"),
            {"type": "static_select", "action_id": attack, "options": [{"text": plain(attack), "value": attack}]},
        ),
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": attack}]}],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": attack}]]},
    ]
    message = {"blocks": everywhere, "text": attack, "attachments": [{"title": attack, "title_link": attack}]}
    tags = parsed(content(message, SCENE) + mrkdwn(attack, SCENE))
    assert not tags.tags & {"script", "b"}
    for name, value in tags.attributes:
        assert not name.startswith("on")
        if name in {"href", "src"}:
            assert (value or "").startswith(("https://", "#"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:x", " javascript:x", "java\nscript:x", "data:text/html,x", "//x"]
)
def test_links_lead_only_where_links_may(url: str) -> None:
    assert link_target(url) == "#"
    assert not picture_source(url)


def test_light_markup_is_drawn() -> None:
    html = str(
        mrkdwn("*b* _i_ ~s~ `c` <@U0DANA> <#C0DRAFTS> <!here> :tada: <https://x.example|go> a*b*c\n&gt; q", SCENE)
    )
    for piece in ("<strong>b</strong>", "<em>i</em>", "<s>s</s>", "<code>c</code>", "@Dana", "#drafts", "@here", "🎉"):
        assert piece in html.replace('<span class="pill">@</span>', "@")
    assert 'href="https://x.example"' in html
    assert "a*b*c" in html
    assert "<blockquote>q</blockquote>" in html


def test_every_good_block_is_drawn() -> None:
    html = str(blocks(GOOD, SCENE))
    assert "unsupported" not in html
    assert "block-unknown" not in html
    assert "<s>old</s>" in html
    assert 'data-confirm="{' in html


def test_a_file_that_was_deleted_is_said_and_leads_nowhere() -> None:
    drawn = content({"text": "", "files": [{"id": "F1", "mode": "tombstone"}]}, SCENE)
    assert drawn == f'<p class="file quiet">{FILE_GONE}</p>'


def test_a_block_that_nobody_knows_is_visible() -> None:
    assert "show “hologram”" in str(blocks([{"type": "hologram"}], SCENE))


def test_typed_text_becomes_slacks_and_comes_back() -> None:
    typed = "A & B <3 https://x.example/?a=1&b=2, ok"
    stored = with_links(escaped(typed))
    assert stored == "A &amp; B &lt;3 <https://x.example/?a=1&amp;b=2>, ok"
    assert editable({"text": stored}, SCENE) == typed
    assert editable({"text": "<@U0CANDOR> look :tada:"}, SCENE) == "@candor look 🎉"


def test_emoji_are_kept_by_name_as_slack_keeps_them() -> None:
    assert with_names("Love it 😍👍 ⚠️ 3️⃣") == "Love it :heart_eyes::+1: :warning: 3️⃣"
    assert (
        with_signs("Love it :heart_eyes: at 10:30:45, a:x:b :nonsense:") == "Love it 😍 at 10:30:45, a:x:b :nonsense:"
    )
    ((section_,), (plain_,)) = sections(":warning: *hot*"), sections("10:30:45")
    assert section_["elements"][0] == {"type": "emoji", "name": "warning", "unicode": "26a0-fe0f"}
    assert plain_["elements"][0]["type"] == "text"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("plain", ["rich_text_section"]),
        ("&gt; one\n&gt; two\nthree", ["rich_text_quote", "rich_text_section"]),
        ("before ```code\nmore``` after", ["rich_text_section", "rich_text_preformatted", "rich_text_section"]),
        ("an ```open fence", ["rich_text_section"]),
    ],
)
def test_lines_become_sections(text: str, kinds: list[str]) -> None:
    assert [section_["type"] for section_ in sections(text)] == kinds


def test_an_open_fence_keeps_its_text() -> None:
    (only,) = sections("an ```open fence")
    assert only["elements"][0]["text"] == "an ```open fence"


def test_windows_and_cards_are_drawn() -> None:
    option_ = {"text": plain("Spring"), "value": "s"}
    shown: list[dict[str, Any]] = [
        {"type": "alert", "level": "warning", "text": plain("Careful")},
        {"type": "card", "title": plain("Card"), "body": plain("Body"), "actions": [button()]},
        {
            "type": "container",
            "title": plain("Fold"),
            "is_collapsible": True,
            "child_blocks": [section(text=plain("in"))],
        },
        {"type": "input", "label": plain("Day"), "element": {"type": "datepicker", "action_id": "d"}},
        {
            "type": "input",
            "label": plain("When"),
            "optional": True,
            "element": {"type": "datepicker", "action_id": "e"},
        },
        {"type": "input", "label": plain("Who"), "element": {"type": "users_select", "action_id": "w"}},
        {"type": "input", "label": plain("Where"), "element": {"type": "channels_select", "action_id": "c"}},
        {
            "type": "input",
            "label": plain("Pick"),
            "element": {"type": "radio_buttons", "action_id": "r", "options": [option_]},
        },
        actions({"type": "icon_button", "icon": "trash", "text": plain("Bin"), "action_id": "i"}, {"type": "hologram"}),
        {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "A pot", "title": plain("Pot")},
    ]
    html = str(blocks(shown, SCENE))
    for piece in (
        "alert warning",
        "<details open>",
        'type="date"',
        "U0MIKA",
        "#brand",
        'type="radio"',
        'aria-label="Bin"',
    ):
        assert piece in html
    assert html.count("(optional)") == 1
    assert "<span>When <i" in html
    assert 'alt="A pot"' in html
    assert "“hologram”" in html


def test_lists_and_other_rich_text_are_drawn() -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}
    listed = {"type": "rich_text_list", "style": "ordered", "indent": 99, "offset": 2, "elements": [item]}
    other = {"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 1, "fallback": "today"}]}
    html = str(blocks([{"type": "rich_text", "elements": [listed, other]}], SCENE))
    assert '<ol class="indent-8" start="3"><li><p>one</p></li></ol>' in html
    assert "today" in html
    assert "1 May" in str(mrkdwn("<!date^1^{date}|1 May> <!subteam^S1>", SCENE))
