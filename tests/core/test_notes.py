"""Words to colleagues around a draft are set apart from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drafts import Author, Message, Place
from bot.core.reading.side_notes import SideNotes, set_apart, without_notes

POST = "The oven is back on Saturday."


def message(text: str, *calls: str, zone: str = "") -> Message:
    called = tuple((text.index(call), text.index(call) + len(call)) for call in calls)
    zones = ((text.index(zone), text.index(zone) + len(zone)),) if zone else ()
    return Message(Place("T1", "C1", "1.0"), Author.PERSON, "U1", text=text, called=called, zones=zones)


@pytest.mark.parametrize(
    ("around", "platform", "asking"),
    [
        ("for FB, ok? {}", "facebook", SideNotes.DRAFT),
        ("for the LinkedIn page tomorrow: {}", "linkedin", SideNotes.DRAFT),
        ("Here's the LinkedIn post for tomorrow:\n{}", "linkedin", SideNotes.DRAFT),
        ("Draft for Monday's newsletter:\n\n{}", "email", SideNotes.DRAFT),
        ("[IG] {}", "instagram", SideNotes.DRAFT),
        ("{} (for IG, ok?)", "instagram", SideNotes.DRAFT),
        ("{} - for FB, ok?", "facebook", SideNotes.DRAFT),
        ("Caption: {}", None, SideNotes.DRAFT),
        ("Post: {}", None, SideNotes.DRAFT),
        ("Draft tweet, ok?\n{}", "x", SideNotes.DRAFT),
        ("Newsletter intro, ok?\n{}", "email", SideNotes.DRAFT),
        ("WhatsApp broadcast, ok?\n{}", "whatsapp", SideNotes.DRAFT),
        ("Final!!\n{}", None, SideNotes.REVIEW),
        ("DRAFT – DO NOT PUBLISH\n{}", None, SideNotes.REVIEW),
        ("Kann das so raus?\n{}", None, SideNotes.REVIEW),
        ("On valide ?\n{}", None, SideNotes.REVIEW),
        ("Va así, ¿no?\n{}", None, SideNotes.REVIEW),
        ("Embargo until Monday, ok?\n{}", None, SideNotes.REVIEW),
        ("{}\n---\nwdyt?", None, SideNotes.REVIEW),
        ("{}\n\nPhoto: see thread", None, SideNotes.REVIEW),
        ("{}\n---\nnote to self: ask Amir for the picture", None, SideNotes.REVIEW),
        ("Text: {}", None, SideNotes.DRAFT),
        ("final check please:\n{}", None, SideNotes.REVIEW),
        ("please review: {}", None, SideNotes.REVIEW),
        ("What do you think? {}", None, SideNotes.REVIEW),
        ("Can you have a look at this before noon, please? {} Thanks!", None, SideNotes.REVIEW),
        ("Hi all, quick sanity check on this one please 🙏\n\n{}", None, SideNotes.REVIEW),
        ("Noor, could you check this? {}", None, SideNotes.REVIEW),
        ("Hey noor, ok for you?\n{}", None, SideNotes.REVIEW),
        ("{}\nthoughts?", None, SideNotes.REVIEW),
        ("{} Thoughts? 🙏", None, SideNotes.REVIEW),
        ("Kannst du bitte kurz drüberschauen? {} Danke!", None, SideNotes.REVIEW),
        ("Pour Insta, à valider : {}", "instagram", SideNotes.DRAFT),
        ("¿Qué os parece? {}", None, SideNotes.REVIEW),
    ],
)
def test_a_note_before_or_behind_the_draft_is_no_part_of_it(
    around: str, platform: str | None, asking: SideNotes
) -> None:
    if asking is SideNotes.NOTHING:
        assert set_apart(message(around.format(POST))).message.text == around.format(POST)
        return
    found = set_apart(message(around.format(POST)))
    assert found.message.text.rstrip(".") == POST.rstrip(".")
    assert (found.message.platform, found.asking) == (platform, asking)


@pytest.mark.parametrize(
    "text",
    [
        "Look at this! Our new oven is here.",
        "Need a new look? Book a cut today.",
        "Our oven is back. Give us your feedback!",
        "Give us your feedback! We read all of it.",
        "We baked all night. 412 of you came. Thank you!",
        "We redesigned our bottle: less plastic. What do you think?",
        "Reminder: please review the deck before Friday.",
        "The deck is almost done. Can you check slide four?",
        "Can you check this?\nThanks!",
        "ok?",
        "LinkedIn version:\nWe opened a bakery.",
        "😂 for IG",
        "Good morning. The oven is back 🎉",
        "Great weekend at @arven. (They invited me, I paid for the food.)",
        "Get ready with me ✨ The link gets you 10% (I get a bit too 🤭)",
        "Still not over this mixer from @dornkitchen 😍 They sent me one.",
        "Me: I'll just buy one plant.\nAlso me: needs a second flat",
        "Opinion: let the pigeons stay",
        "",
    ],
)
def test_what_a_post_says_itself_stays(text: str) -> None:
    found = set_apart(message(text))
    assert (found.message.text, found.asking, found.firm) == (text, SideNotes.NOTHING, False)


def test_people_who_are_called_at_the_start_are_no_part_of_the_draft() -> None:
    assert without_notes(message(f"@Noor @here, {POST}", "@Noor", "@here")).text == POST
    asked = set_apart(message(f"@Noor can you look at this? {POST}\n\n@Ewa ok for you?", "@Noor", "@Ewa"))
    assert (asked.message.text, asked.asking, asked.message.called) == (POST, SideNotes.REVIEW, ())
    photo = message("The oven is back. Photo by @Noor, early.", "@Noor")
    assert without_notes(photo) == photo
    only = message("@Noor hello", "@Noor")
    assert without_notes(only) == only
    assert without_notes(message("please review:\n@Noor\nThe oven is back", "@Noor")).text == "The oven is back"


def test_below_a_line_that_names_the_platform_only_a_plain_note_is_set_apart() -> None:
    creator = "Still not over this mixer. They sent me one and it changed my mornings. Use code MARIE15."
    assert without_notes(message(f"Instagram (from @marie)\n\n{creator}")).text == creator
    assert without_notes(message(f"Instagram (from @marie)\nok for you?\n\n{creator}")).text == creator


@pytest.mark.parametrize(
    "post",
    [
        "found this GORGEOUS living room, no clue whose photo it is, anyway!! our rugs would look like that in it.",
        "👉 Yes! Give me 15% off\n👉 No thanks, I enjoy paying too much and looking boring",
        "coffee, bagels and boats\n\nThe harbour café opens at seven, and the ferry waits for nobody.",
        "The oven is back on Saturday. 🙏🙏",
    ],
)
def test_a_published_post_keeps_all_its_lines(post: str) -> None:
    assert without_notes(message(post)).text == post


def test_headings_stay_with_what_is_below_them() -> None:
    two = "LinkedIn: We opened a bakery.\nIG: Bread!"
    assert without_notes(message(f"Hey Noor, two versions:\n\n{two}")).text == two


def test_offsets_move_with_the_words() -> None:
    text = "final check please:\nThe oven of @Noor is back.\nthoughts?"
    found = set_apart(message(text, "@Noor", zone="The oven of @Noor is back.")).message
    assert [found.text[a:z] for a, z in found.called] == ["@Noor"]
    assert [found.text[a:z] for a, z in found.zones] == ["The oven of @Noor is back."]


def test_a_colon_hands_the_draft_over() -> None:
    assert set_apart(message(f"please review: {POST}")).firm
    assert not set_apart(message(f"please review. {POST}")).firm


@given(st.text(alphabet="abc ok?!.:\n-—()[]for FB😂é", max_size=80))
def test_nothing_is_made_up_and_something_is_always_left(text: str) -> None:
    found = set_apart(message(text)).message.text
    assert found in text
    assert bool(found.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("cc @Noor\n{}", ["@Noor"]),
        ("@Noor 🙏\n{}", ["@Noor"]),
        ("@Noor\nnew one\n{}", ["@Noor"]),
        ("{}\ncc @Noor", ["@Noor"]),
        ("{}\nfyi\n@Noor", ["@Noor"]),
    ],
)
def test_words_beside_people_who_are_called_go_with_them(text: str, calls: list[str]) -> None:
    assert set_apart(message(text.format(POST), *calls)).message.text == POST


def test_the_labels_of_a_texts_parts_stay_with_it() -> None:
    for text in (
        "Option A: Freshly ground tastes better.\nOption B: Grind it yourself.",
        "Headline: A nurse's Tuesday\nBody: 06:10 handover. 06:40 first tears.",
    ):
        assert set_apart(message(text)).message.text == text
