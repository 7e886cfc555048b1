from __future__ import annotations

from itertools import pairwise
from time import process_time
from typing import Any

import pytest

from bot.core.drafts import Author, Changed, Deleted, Message, MessageEvent, Place, Posted, newer
from bot.core.reading.side_notes import without_notes
from bot.slack.wire.payloads import listed, message_event, message_of, readable

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


LINK = "https://a.example/b"


def test_where_links_lead_and_how_words_are_set_is_known_beside_them() -> None:
    def linked(url: str, **more: Any) -> Message:
        return message(blocks=rich(section(words("Act "), {"type": "link", "url": url, "text": "a.example"})), **more)

    one, other = linked("https://a.example"), linked("http://www.a.example")
    assert one.text == "Act a.example" != other.text or one.markup != other.markup
    assert linked("https://a.example").markup == one.markup
    assert linked("https://a.example", files=[{"id": "F1", "mimetype": "image/png"}]).markup != one.markup
    struck = message(blocks=rich(section(words("We do "), words("not", strike=True, bold=False), words(" sell"))))
    assert (struck.text, struck.marks) == ("We do ~not~ sell", ((6, 11, "strike"),))
    called = rich(section({"type": "user", "user_id": US}, words(" We do "), words("not", strike=True), words(" sell")))
    assert message(blocks=called).markup == struck.markup
    assert message(text="We do ~not~ sell").text == struck.text
    assert message(text="<https://a.example|a.example>").markup != message(text="<http://a.example|a.example>").markup


def test_marks_of_what_is_forwarded_count_and_those_of_words_to_colleagues_do_not() -> None:
    def forwarded(url: str) -> Message:
        blocks = rich(section({"type": "link", "url": url, "text": "a.example"}))
        shared = {"is_share": True, "message_blocks": [{"message": {"blocks": blocks}}]}
        return message(text="Look:", attachments=[shared])

    assert forwarded("https://a.example").markup != forwarded("http://a.example").markup
    post = "*We bake bread.* It is good. #bread"
    bare, noted = message(text=post), message(text=f"for FB, ok?\n\n{post}")
    assert without_notes(noted).text == bare.text
    assert without_notes(noted).markup == bare.markup


@pytest.mark.parametrize(
    ("item", "plain"),
    [
        ({"type": "link", "url": LINK, "text": "our page"}, "our page (https://a.example/b)"),
        ({"type": "link", "url": LINK}, LINK),
        ({"type": "link", "url": LINK + "/", "text": "a.example/b"}, "a.example/b"),
        ({"type": "link", "url": "mailto:hi@a.example", "text": "hi@a.example"}, "hi@a.example"),
        ({"type": "link", "url": "mailto:hi@a.example", "text": "Write to us"}, "Write to us (hi@a.example)"),
        ({"type": "emoji", "name": "tada", "unicode": "1f389"}, "🎉"),
        ({"type": "emoji", "name": "wave", "skin_tone": 4, "unicode": "1f44b-1f3fd"}, "👋🏽"),
        ({"type": "emoji", "name": "tada", "unicode": "zz"}, "🎉"),
        ({"type": "emoji", "name": "tada", "unicode": "ffffffff"}, "🎉"),
        ({"type": "date", "timestamp": 10**18}, ""),
        ({"type": "emoji", "name": "wave::skin-tone-4"}, "👋🏽"),
        ({"type": "emoji", "name": "wave::skin-tone-9"}, ":wave::skin-tone-9:"),
        ({"type": "emoji", "name": "our-logo"}, ":our-logo:"),
        ({"type": "user", "user_id": "U2"}, "[name]"),
        ({"type": "user", "user_id": "U3"}, "@Noor"),
        ({"type": "user", "user_id": US}, "@Candor"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "[name]"),
        ({"type": "usergroup", "usergroup_id": "S2"}, "@night-shift"),
        ({"type": "channel", "channel_id": "C2"}, "#channel"),
        ({"type": "channel", "channel_id": "C3"}, "#bakery"),
        ({"type": "team", "team_id": "T9"}, "[name]"),
        ({"type": "broadcast", "range": "channel"}, "@channel"),
        ({"type": "color", "value": "#1D9BF0"}, "#1D9BF0"),
        ({"type": "date", "timestamp": 1792400000, "format": "{date}", "fallback": "on 19 October"}, "on 19 October"),
        ({"type": "date", "timestamp": 1792400000, "format": "{date}"}, "19 October 2026"),
        ({"type": "date"}, ""),
        ({"type": "something_new", "fallback": "as people see it"}, "as people see it"),
        ({"type": "something_new"}, "[attachment]"),
        ({"type": "canvas", "file_id": "F1"}, "[attachment]"),
        ({"type": "attachment_mention", "url": LINK, "text": "our page"}, "our page (https://a.example/b)"),
        ({"type": "link", "url": LINK + "/c?d=4821", "text": "https://a.example/[…]4821"}, LINK + "/c?d=4821"),
        ({"type": "link", "url": LINK + "/c?d=4821", "text": "a.example/b/c…"}, LINK + "/c?d=4821"),
        ({"type": "link", "url": LINK, "text": "Read on…"}, "Read on… (https://a.example/b)"),
    ],
)
def test_every_element_reads_as_people_see_it(item: dict[str, Any], plain: str) -> None:
    names = {"U3": "Noor", "S2": "night-shift", "C3": "bakery"}
    blocks = rich(section(words("We say "), item, words(" today")))
    said = message_of({"user": "U1", "ts": "1.0", "blocks": blocks}, PLACE, US, names=names)
    assert said.text == f"We say {plain} today"
    assert said.has_link is ("url" in item)


def test_who_is_called_is_known_with_the_place_in_the_text() -> None:
    items = ({"type": "user", "user_id": "U2"}, words(" and "), {"type": "broadcast", "range": "here"}, words(": look"))
    said = message(blocks=rich(section(*items)))
    assert said.text == "[name] and @here: look"
    assert [said.text[start:end] for start, end in said.called] == ["[name]", "@here"]
    assert (said.mentions, said.mentions_us) == (("U2",), False)


def test_lists_count_on_and_are_indented_as_they_stand() -> None:
    blocks = rich(
        section(words("Three steps:")),
        {"type": "rich_text_list", "style": "ordered", "indent": 0, "elements": [section(words("mix"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(words("slowly"))]},
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 0,
            "offset": 1,
            "elements": [section(words("rest")), section(words("bake"))],
        },
        {"type": "rich_text_list", "style": "bullet", "border": 1, "elements": [section(words("quoted"))]},
    )
    said = message(blocks=blocks)
    assert said.text == "Three steps:\n1. mix\n  • slowly\n2. rest\n3. bake\n• quoted"
    assert [said.text[start:end] for start, end in said.zones] == ["• quoted"]


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
        (
            "see <https://a.example|our page> or <https://b.example>",
            "see our page (https://a.example) or https://b.example",
        ),
        ("<http://a.example|a.example> &amp; <https://a.example?a=1&amp;b=2>", "a.example & https://a.example?a=1&b=2"),
        ("<@U2> in <#C2> <!channel> <!subteam^S1>", "[name] in #channel @channel [name]"),
        ("<@U2|noor> in <#C2|bakery> <!here|here> <!subteam^S1|@crew>", "@noor in #bakery @here @crew"),
        ("open <!date^1792400000^{date_long}|19 October>, <!new^thing>", "open 19 October, thing"),
        (":wave::skin-tone-4: hi :tada::tada:", "👋🏽 hi 🎉🎉"),
        ("2 * 3 jars, 4 * 5 tins, ten_o_clock, ~ 9 ~", "2 * 3 jars, 4 * 5 tins, ten_o_clock, ~ 9 ~"),
        ("code `RYE*10*` and `a_b_`, *_both_*, (*so*).", "code RYE*10* and a_b_, both, (so)."),
        ("**Last chance**, *now, * or ```never```", "Last chance, *now, * or never"),
        ("****a**** b", "****a**** b"),
        ("*open to the end, _too", "*open to the end, _too"),
        ("at 10:30:45, :our-logo: here: there", "at 10:30:45, :our-logo: here: there"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_messages_without_blocks_are_read_from_their_text(text: str, plain: str) -> None:
    assert message(text=text).text == plain


def test_rows_of_marks_are_read_in_no_time() -> None:
    text = "".join(f"{'*' * length}a " for length in range(1, 300))
    began = process_time()
    message(text=text)
    assert process_time() - began < 3


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
    inner = {"user": "U1", "ts": "10.000001", "text": "Act later", "edited": {"user": "U1", "ts": "12.000000"}}
    changed = event(subtype="message_changed", ts="12.000001", message=inner, previous_message={"text": "Act now"})
    assert isinstance(changed, Changed)
    assert (changed.message.place, changed.message.revision) == (PLACE, "12.000001")


def test_edits_of_one_second_are_in_the_order_of_their_events() -> None:
    inner = {"user": "U1", "ts": "10.000001", "text": "Act later", "edited": {"user": "U1", "ts": "12.000000"}}
    moments = ["12.000100", "12.999900", "13.000200", "52.000000"]
    revisions = [
        changed.message.revision
        for at in moments
        if isinstance(changed := event(subtype="message_changed", ts=at, event_ts=at, message=inner), Changed)
    ]
    assert revisions == ["12.000100", "12.999900", "12.1000200", "12.40000000"]
    assert all(newer(later, earlier) for earlier, later in pairwise(revisions))
    assert newer("13.000000", revisions[-1])
    never = event(subtype="message_changed", ts="12.5", message={**inner, "edited": None})
    assert isinstance(never, Changed)
    assert never.message.revision == "0"


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


@pytest.mark.parametrize(
    ("gone", "thread"),
    [
        ({"user": "U1", "thread_ts": "9.000001"}, "9.000001"),
        ({"user": "U1", "thread_ts": "10.000001"}, ""),
        ({"user": "U1"}, ""),
        ({"user": "U0BOT", "bot_id": "B1", "thread_ts": "9.000001"}, ""),
    ],
)
def test_a_deletion_tells_in_whose_thread_a_person_had_written(gone: dict[str, str], thread: str) -> None:
    fields = {"subtype": "message_deleted", "deleted_ts": "10.000001", "ts": "12.5", "previous_message": gone}
    assert event(**fields) == Deleted(PLACE, thread)


def test_pictures_bring_their_alt_text() -> None:
    files = [{"mimetype": "image/png", "alt_txt": "A loaf"}, {"mimetype": "image/png"}, {"mimetype": "text/plain"}]
    assert [picture.alt_text for picture in message(text="Hi", files=files).pictures] == ["A loaf", ""]


def test_a_message_of_an_unforeseen_shape_is_passed_over_and_noted_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": ["zebra-marker"]}]}
    body = {"team_id": "T1", "event": {"type": "message", "channel": "C1", "user": "U1", "blocks": [odd]}}
    assert readable(lambda: message_event(body, "UUS"), "message") is None
    assert "a message from Slack could not be read and was passed over" in caplog.text
    assert "zebra-marker" not in caplog.text


FORWARDED = {"is_share": True, "author_name": "Noor", "text": "Act <https://a.example|now>", "fallback": "Act now"}


def test_forwarded_words_are_read() -> None:
    said = message(text="", attachments=[FORWARDED])
    assert (said.text, said.borrowed, said.has_link, said.unread) == ("Act now (https://a.example)", True, True, 0)
    own = message(text="For Monday:", attachments=[FORWARDED, {"title": "an unfurled page", "text": "Not said"}])
    assert (own.text, own.borrowed) == ("For Monday:\n\nAct now (https://a.example)", False)


def test_forwarded_blocks_go_before_forwarded_text() -> None:
    quote = {"type": "rich_text_quote", "elements": [words("Act now")]}
    inside = {"ts": "9.0", "message": {"blocks": rich(section(words("From Noor")), quote)}}
    said = message(text="Look:", attachments=[FORWARDED | {"message_blocks": [inside]}])
    assert said.text == "Look:\n\nFrom Noor\nAct now"
    assert [said.text[start:end] for start, end in said.zones] == ["Act now"]


SNIPPET = {"id": "F1", "mimetype": "text/plain", "preview": "Only today!"}
PNG = {"id": "F2", "mimetype": "image/png", "alt_txt": "A loaf"}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "Price"}]]}
CANVAS = {"id": "F3", "mimetype": "application/vnd.slack-docs", "mode": "quip"}


def inside(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a forward holds of the message that was forwarded."""
    return {"message": {"blocks": [*blocks], **more}}


def test_the_files_of_a_forward_are_its_own() -> None:
    said = message(text="Look:", attachments=[FORWARDED | {"files": [SNIPPET, PNG, CANVAS]}])
    assert said.text == "Look:\n\nAct now (https://a.example)\n\nOnly today!"
    assert [(picture.alt_text, picture.file) for picture in said.pictures] == [("A loaf", "F2")]
    assert (said.files, said.unread) == (("F1", "F2", "F3"), 1)
    twice = FORWARDED | {"files": [SNIPPET], "message_blocks": [inside(files=[SNIPPET])]}
    assert message(text="Look:", attachments=[twice]).text.count("Only today!") == 1


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ({"text": "From me", "attachments": [FORWARDED]}, "From me\n\nAct now (https://a.example)"),
        (
            {"message_blocks": [inside(*rich(section(words("First")))), inside(*rich(section(words("Second"))))]},
            "First\n\nSecond",
        ),
        (
            {"message_blocks": [inside(*rich(section(words("One"))), attachments=[{"is_share": True, "text": "Two"}])]},
            "One\n\nTwo",
        ),
        ({"message_blocks": [inside({"type": "section", "text": {"type": "mrkdwn", "text": "*Act* now"}})]}, "Act now"),
        ({"message_blocks": [inside({"type": "section", "fields": [{"text": "Act"}, {"text": "now"}]})]}, "Act\nnow"),
        ({"message_blocks": [inside({"type": "header", "text": {"text": "Act now"}}, {"type": "divider"})]}, "Act now"),
        ({"message_blocks": [inside({"type": "context", "elements": [{"type": "mrkdwn", "text": "Act"}]})]}, "Act"),
        ({"message_blocks": [inside({"type": "markdown", "text": "**Act** now"})]}, "Act now"),
        ({"blocks": [{"type": "markdown", "text": "Act now"}]}, "Act now"),
    ],
)
def test_every_kind_of_forwarded_words_is_read(share: dict[str, Any], text: str) -> None:
    said = message(text="Look:", attachments=[{"is_share": True} | share])
    assert (said.text, said.unread) == (f"Look:\n\n{text}", 0)


@pytest.mark.parametrize(
    "odd",
    [
        {"blocks": [*rich(section(words("Look:"))), TABLE]},
        {"blocks": [*rich(section(words("Look:"))), {"type": "image", "image_url": "https://a.example/a.png"}]},
        {"blocks": [*rich(section(words("Look:"))), {"type": "not_known_yet"}]},
        {"attachments": [{"blocks": [TABLE]}]},
        {"attachments": [{"from_url": "https://a.example/docs/T1/F3", "files": [CANVAS]}]},
        {"attachments": [{"is_share": True, "text": "", "fallback": "[no preview available]"}]},
        {"attachments": [{"is_share": True, "message_blocks": [inside(TABLE)]}]},
        {"files": [CANVAS]},
    ],
)
def test_what_nobody_reads_is_counted(odd: dict[str, Any]) -> None:
    said = message(text="Look:", **odd)
    assert (said.text, said.unread) == ("Look:", 1)


def test_a_file_that_was_deleted_is_not_counted() -> None:
    said = message(text="Look:", files=[{"id": "F1", "mode": "tombstone"}, {"id": "F2", "mode": "hidden_by_limit"}])
    assert (said.files, said.unread) == (("F2",), 1)


def test_the_preview_of_a_link_is_not_the_authors_and_is_not_counted() -> None:
    page = {
        "from_url": "https://a.example",
        "title": "A page",
        "text": "Act now",
        "image_url": "https://a.example/a.png",
    }
    said = message(text="Look:", attachments=[page])
    assert (said.text, said.unread) == ("Look:", 0)


def test_forwards_in_forwards_end() -> None:
    share: dict[str, Any] = {"is_share": True, "text": "Inmost"}
    for number in range(50):
        share = {"is_share": True, "text": f"{number}", "attachments": [share]}
    said = message(text="Look:", attachments=[share])
    assert said.text.startswith("Look:\n\n49\n\n48")
    assert "Inmost" not in said.text
    assert said.unread == 1


def test_the_blocks_of_a_person_are_read_in_their_order() -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": f"For <@{US}>\n&gt; Act now"}}
    said = message(text="not this", blocks=[*rich(section(words("Look:"))), block, {"type": "actions", "elements": []}])
    assert said.text == "Look:\nFor @Candor\nAct now"
    assert [said.text[start:end] for start, end in said.zones] == ["Act now"]
    assert (said.mentions_us, said.unread) == (True, 0)


MAIL = {"mimetype": "text/html", "mode": "email", "preview": "<div>Act <b>now</b></div>"}


@pytest.mark.parametrize(
    ("file", "text", "unread"),
    [
        (MAIL | {"plain_text": "Act now"}, "Hi\n\nAct now", 0),
        (MAIL | {"preview_plain_text": "Act now"}, "Hi\n\nAct now", 0),
        (MAIL | {"preview_plain_text": "Act", "preview_is_truncated": True}, "Hi", 1),
        (MAIL, "Hi", 1),
        ({"mimetype": "text/html", "preview": "<p>Act now"}, "Hi", 1),
        ({"mimetype": "text/plain; charset=utf-8", "preview": "Act\r\nnow"}, "Hi\n\nAct\nnow", 0),
        ({"mimetype": "text/plain", "name": "posts.csv", "preview": "Act,now"}, "Hi", 1),
        ({"mimetype": "text/plain", "mode": "snippet", "preview": "Act now", "lines_more": 0}, "Hi\n\nAct now", 0),
        ({"mimetype": "text/plain", "preview": "Act", "preview_is_truncated": True}, "Hi", 1),
        ({"mimetype": "text/plain", "preview": "Act", "lines_more": 3}, "Hi", 1),
        ({"mimetype": "text/plain"}, "Hi", 1),
        ({"mimetype": "application/pdf"}, "Hi", 1),
        ({"mimetype": "image/png"}, "Hi", 0),
    ],
)
def test_short_text_files_are_read_and_other_files_counted(file: dict[str, Any], text: str, unread: int) -> None:
    said = message(text="Hi", files=[file])
    assert (said.text, said.unread) == (text, unread)


def test_a_list_is_indented_no_deeper_than_slack_does() -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "Bread"}]}
    listed = {"type": "rich_text_list", "style": "bullet", "indent": 10**8, "elements": [item]}
    said = message_of({"user": "U1", "ts": "1.0", "blocks": rich(listed)}, PLACE, US)
    assert said.text.strip() == "• Bread"
    assert len(said.text) < 40


def pages(*cursors: str) -> tuple[list[str], Any]:
    """What was asked, and a server that gives these cursors, the last one for ever."""
    asked: list[str] = []

    async def page_at(cursor: str) -> dict[str, Any]:
        asked.append(cursor)
        following = cursors[min(len(asked), len(cursors)) - 1]
        return {"channels": [{"id": f"C{len(asked)}"}], "response_metadata": {"next_cursor": following}}

    return asked, page_at


@pytest.mark.parametrize("cursors", [("a", "b", "a"), ("a",), ("a", "b", "b")])
async def test_a_list_whose_cursors_go_round_ends(cursors: tuple[str, ...]) -> None:
    asked, page_at = pages(*cursors)
    found = [one["id"] async for one in listed(page_at, "channels")]
    assert asked == ["", *dict.fromkeys(cursors)]
    assert found == [f"C{number}" for number in range(1, len(asked) + 1)]


async def test_a_list_is_read_to_its_end_and_no_further_than_asked() -> None:
    asked, page_at = pages("a", "b", "c", "")
    assert len([one async for one in listed(page_at, "channels")]) == 4
    assert asked == ["", "a", "b", "c"]
    asked, page_at = pages("a", "b", "c", "")
    assert len([one async for one in listed(page_at, "channels", most=2)]) == 2


def test_struck_words_never_look_as_if_they_held() -> None:
    said = message(
        blocks=rich(section(words("7 pm ", strike=True), words("8 pm"), words(" ", strike=True), words("!")))
    )
    assert said.text == "~7 pm~ 8 pm !"
    assert message(text="~7 pm~ 8 pm, ~ 40 cups").text == "~7 pm~ 8 pm, ~ 40 cups"


MENTION = {"type": "message_mention", "url": "https://a.example/archives/C1/p1", "channel_id": "C1"}


@pytest.mark.parametrize(
    ("item", "text", "unread"),
    [
        (MENTION, "See https://a.example/archives/C1/p1 today", 0),
        ({"type": "not_known_yet", "text": "this"}, "See this today", 0),
        ({"type": "not_known_yet", "id": "X1"}, "See [attachment] today", 1),
        (words(""), "See  today", 0),
    ],
)
def test_what_is_new_in_slack_is_read_or_counted(item: dict[str, Any], text: str, unread: int) -> None:
    said = message(blocks=rich(section(words("See "), item, words(" today"))))
    assert (said.text, said.unread, said.has_link) == (text, unread, item is MENTION)
    forward = {"is_share": True, "message_blocks": [inside(*rich(section(words("See "), item, words(" today"))))]}
    assert message(text="Look:", attachments=[forward]).unread == unread


def test_what_nobody_reads_is_no_draft_by_itself() -> None:
    said = message(blocks=rich(section({"type": "canvas", "file_id": "F1"})))
    assert (said.text, said.unread) == ("", 1)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<tel:+442125552368|0212 555 2368>", "0212 555 2368"),
        ("<tel:+442125552368>", "+442125552368"),
        ("<tel:+442125552368|Ewa>", "Ewa (+442125552368)"),
        ("<mailto:ewa@a.example|Ewa>", "Ewa (ewa@a.example)"),
        ("<mailto:ewa@a.example|ewa@a.example>", "ewa@a.example"),
    ],
)
def test_a_number_and_an_address_are_as_people_write_them(text: str, read: str) -> None:
    assert message(text=f"Ask {text} today").text == f"Ask {read} today"


def test_the_preview_of_a_message_is_not_the_authors() -> None:
    said = message(text="Look:", attachments=[{"is_msg_unfurl": True, "text": "Act now"}])
    assert (said.text, said.unread) == ("Look:", 0)
