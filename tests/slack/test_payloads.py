from __future__ import annotations

from typing import Any

import pytest

from bot.core.message import Author, Changed, Deleted, Message, MessageEvent, Place, Posted
from bot.slack.payloads import message_event

US = "U0CANDOR"
PLACE = Place("T1", "C1", "10.000001")


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "block_id": "b", "elements": list(elements)}]


def section(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(items)}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def event(**fields: Any) -> MessageEvent | None:
    said = {"type": "message", "user": "U1", "ts": "10.000001", "channel": "C1", "team": "T1"} | fields
    return message_event({"team_id": "T1", "type": "event_callback", "event": said}, US)


def message(**fields: Any) -> Message:
    posted = event(**fields)
    assert isinstance(posted, Posted)
    return posted.message


def test_plain_words_come_out_of_rich_text_before_the_text_field() -> None:
    said = message(text="wrong", blocks=rich(section(words("Act "), words("now", bold=True), words(" & <here>"))))
    assert (said.text, said.place, said.author, said.revision) == ("Act now & <here>", PLACE, Author.PERSON, "0")


def test_quotes_code_and_lists_keep_their_lines_and_are_known_as_zones() -> None:
    blocks = rich(
        section(words("For Mika:")),
        {"type": "rich_text_quote", "elements": [words("Act now\nfriends")]},
        {"type": "rich_text_list", "style": "ordered", "elements": [section(words("one")), section(words("two"))]},
        {"type": "rich_text_preformatted", "elements": [words("code")]},
    )
    said = message(blocks=blocks)
    assert said.text == "For Mika:\nAct now\nfriends\n1. one\n2. two\ncode"
    assert [said.text[start:end] for start, end in said.zones] == ["Act now\nfriends", "code"]


def test_links_emoji_mentions_and_channels_read_as_people_see_them() -> None:
    items = (
        {"type": "link", "url": "https://a.example/b", "text": "our page"},
        {"type": "link", "url": "https://c.example"},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "emoji", "name": "our-logo"},
        {"type": "user", "user_id": "U2"},
        {"type": "channel", "channel_id": "C2"},
        {"type": "broadcast", "range": "channel"},
    )
    said = message(blocks=rich(section(*items)))
    assert said.text == "our pagehttps://c.example🎉:our-logo:<@U2><#C2>@channel"
    assert (said.has_link, said.mentions, said.mentions_us) == (True, ("U2",), False)


def test_a_call_to_candor_is_no_part_of_the_draft() -> None:
    quote = {"type": "rich_text_quote", "elements": [words("Act now")]}
    said = message(blocks=rich(section({"type": "user", "user_id": US}, words(" look:")), quote))
    assert (said.text, said.mentions_us) == ("look:\nAct now", True)
    assert [said.text[start:end] for start, end in said.zones] == ["Act now"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("fish &amp; chips &lt;3", "fish & chips <3"),
        ("*bold* and _soft_ and snake_case 2*3", "bold and soft and snake_case 2*3"),
        ("see <https://a.example|our page> or <https://b.example>", "see our page or https://b.example"),
        ("<@U2> in <#C2> <!channel> <!subteam^S1>", "<@U2> in <#C2> @channel @subteam"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_messages_without_blocks_are_read_from_their_text(text: str, plain: str) -> None:
    assert message(text=text).text == plain


def test_quoted_lines_in_text_are_one_zone() -> None:
    said = message(text="For Mika:\n&gt; Act now\n&gt; friends\nthanks")
    assert [said.text[start:end] for start, end in said.zones] == ["Act now\nfriends"]


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({}, Author.PERSON),
        ({"bot_id": "B2"}, Author.BOT),
        ({"user": US}, Author.BOT),
        ({"user": None}, Author.BOT),
        ({"subtype": "bot_message"}, Author.BOT),
        ({"user": "USLACKBOT"}, Author.BOT),
    ],
)
def test_apps_are_told_from_people(fields: dict[str, Any], author: Author) -> None:
    assert message(text="Hi", **fields).author is author


def test_somebody_from_another_organisation_is_an_outsider_only_in_a_shared_channel() -> None:
    said = {"type": "message", "user": "U9", "ts": "1.0", "channel": "C1", "user_team": "T9", "text": "Hi"}
    shared = message_event({"team_id": "T1", "is_ext_shared_channel": True, "event": said}, US)
    own = message_event({"team_id": "T1", "event": said}, US)
    assert isinstance(shared, Posted)
    assert isinstance(own, Posted)
    assert (shared.message.author, own.message.author) == (Author.OUTSIDER, Author.PERSON)


def test_a_parent_of_replies_is_no_reply_itself() -> None:
    assert message(text="Hi", thread_ts="10.000001").thread == ""
    assert message(text="Hi", thread_ts="9.0").thread == "9.0"


def test_an_edit_carries_its_revision_and_its_own_ts() -> None:
    inner = {"user": "U1", "ts": "10.000001", "text": "Act later", "edited": {"user": "U1", "ts": "12.000001"}}
    changed = event(subtype="message_changed", ts="12.5", message=inner, previous_message={"text": "Act now"})
    assert isinstance(changed, Changed)
    assert (changed.message.place, changed.message.revision) == (PLACE, "12.000001")


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "message_deleted", "deleted_ts": "10.000001", "ts": "12.5"},
        {
            "subtype": "message_changed",
            "ts": "12.5",
            "message": {"subtype": "tombstone", "user": "USLACKBOT", "ts": "10.000001", "text": "..."},
        },
    ],
)
def test_a_deletion_arrives_in_two_forms(fields: dict[str, Any]) -> None:
    assert event(**fields) == Deleted(PLACE)


def test_pictures_bring_their_alt_text() -> None:
    files = [{"mimetype": "image/png", "alt_txt": "A loaf"}, {"mimetype": "image/png"}, {"mimetype": "text/plain"}]
    assert [picture.alt_text for picture in message(text="Hi", files=files).pictures] == ["A loaf", ""]
