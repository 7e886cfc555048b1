"""Slack's light markup: what it escapes, the emoji it names, and its rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.shapes import Json
    from bot.workspace.state import Team


# Slack's text format: which signs it escapes and which control sequences it leaves alone.

_ENTITIES = ("&amp;", "&lt;", "&gt;")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_TRAILING = ".,;:!?)]}'\"*_~"


def escaped(text: str) -> str:
    """The text with stray ``&``, ``<`` and ``>`` escaped; entities, mentions and links stay."""
    return _rewritten(text, lambda at: (_SIGNS.get(text[at], text[at]), 1))


def sequence_at(text: str, position: int) -> str:
    """The entity or the control sequence that starts here, or nothing."""
    if text[position] == "&":
        return next((entity for entity in _ENTITIES if text.startswith(entity, position)), "")
    if text[position] != "<":
        return ""
    end = text.find(">", position)
    inside = text[position + 1 : end] if end > 0 else ""
    if not inside or "<" in inside or "\n" in inside:
        return ""
    control = inside[0] in "@#!" and len(inside) > 1 and (inside[1].isalnum())
    return text[position : end + 1] if control or inside.lower().startswith(_SCHEMES) else ""


def unescaped(text: str) -> str:
    """The three entities as signs again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def with_links(text: str) -> str:
    """Bare addresses in angle brackets, as Slack's own programs send them."""

    def piece(at: int) -> tuple[str, int]:
        address = _address_at(text, at)
        return (f"<{address}>", len(address)) if address else (text[at], 1)

    return _rewritten(text, piece)


def _rewritten(text: str, piece: Callable[[int], tuple[str, int]]) -> str:
    """The text with its sequences left alone; elsewhere ``piece`` tells what to write and how far to go on."""
    out: list[str] = []
    position = 0
    while position < len(text):
        sequence = sequence_at(text, position)
        written, length = (sequence, len(sequence)) if sequence else piece(position)
        out.append(written)
        position += length
    return "".join(out)


def with_mentions(text: str, team: Team) -> str:
    """``@dana`` as a mention of Dana, as if picked from the list that Slack offers."""
    names = {person.name.lower(): person.id for person in team.people.values()}
    names[team.bot.name.lower()] = team.bot.user_id
    out = ""
    rest = text
    while (at := rest.find("@")) >= 0:
        before, rest = rest[:at], rest[at + 1 :]
        length = next((i for i, sign in enumerate(rest) if not (sign.isalnum() or sign in "_-")), len(rest))
        user = names.get(rest[:length].lower())
        free = not before or before[-1].isspace() or before[-1] in '(*_~“"'
        out += f"{before}<@{user}>" if user and free else f"{before}@"
        rest = rest[length:] if user and free else rest
    return out + rest


def as_typed(text: str, team: Team) -> str:
    """What somebody typed behind a command that asks Slack to resolve names: mentions and channels by their ids."""
    named = with_mentions(escaped(text), team)
    for channel in sorted(team.channels.values(), key=lambda one: len(one.name), reverse=True):
        if channel.name:
            named = named.replace(f"#{channel.name}", f"<#{channel.id}|{channel.name}>")
    return named


def _address_at(text: str, position: int) -> str:
    before = text[position - 1] if position else " "
    if before.isalnum() or not text[position : position + 8].lower().startswith(_SCHEMES[:2]):
        return ""
    end = position
    while end < len(text) and not text[end].isspace() and text[end] not in "<>|":
        end += 1
    address = text[position:end].partition("&gt;")[0].partition("&lt;")[0].rstrip(_TRAILING)
    return address if len(address) > len("https://") else ""


# The emoji people use most, by Slack's names.

_TABLE = """
smile 😄 grinning 😀 smiley 😃 grin 😁 laughing 😆 joy 😂 rolling_on_the_floor_laughing 🤣
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍
star-struck 🤩 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 thinking_face 🤔
neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄
grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 sunglasses 😎 nerd_face 🤓
confused 😕 worried 😟 slightly_frowning_face 🙁 open_mouth 😮 astonished 😲 flushed 😳
cry 😢 sob 😭 scream 😱 sweat_smile 😅 rage 😡 hugging_face 🤗 shushing_face 🤫 wave 👋
raised_hands 🙌 clap 👏 pray 🙏 handshake 🤝 thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 ok_hand 👌
v ✌️ point_right 👉 point_left 👈 point_up ☝️ point_down 👇 muscle 💪 writing_hand ✍️
eyes 👀 brain 🧠 speaking_head_in_silhouette 🗣️ heart ❤️ orange_heart 🧡 yellow_heart 💛
green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 broken_heart 💔 sparkles ✨
star ⭐ star2 🌟 fire 🔥 boom 💥 zap ⚡ tada 🎉 confetti_ball 🎊 gift 🎁 balloon 🎈 trophy 🏆
medal 🏅 rocket 🚀 100 💯 white_check_mark ✅ heavy_check_mark ✔️ x ❌ warning ⚠️
no_entry ⛔ no_entry_sign 🚫 question ❓ exclamation ❗ bulb 💡 bell 🔔 mega 📣
loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 email ✉️ pencil 📝 memo 📝 pencil2 ✏️
clipboard 📋 pushpin 📌 paperclip 📎 link 🔗 lock 🔒 unlock 🔓 key 🔑 mag 🔍 calendar 📅
date 📅 clock1 🕐 hourglass ⌛ stopwatch ⏱️ chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 bar_chart 📊 moneybag 💰 shopping_bags 🛍️ package 📦
label 🏷️ camera 📷 art 🎨 books 📚 book 📖 newspaper 📰 computer 💻 iphone 📱 robot_face 🤖
gear ⚙️ wrench 🔧 hammer 🔨 shield 🛡️ seedling 🌱 evergreen_tree 🌲 deciduous_tree 🌳
herb 🌿 four_leaf_clover 🍀 maple_leaf 🍁 sunflower 🌻 rose 🌹 tulip 🌷 cherry_blossom 🌸
earth_africa 🌍 sunny ☀️ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ rainbow 🌈 ocean 🌊
droplet 💧 anchor ⚓ coffee ☕ tea 🍵 beer 🍺 wine_glass 🍷 pizza 🍕 cake 🍰 birthday 🎂
apple 🍎 lemon 🍋 avocado 🥑 bread 🍞 house 🏠 office 🏢 dog 🐶 cat 🐱 bee 🐝 butterfly 🦋
bird 🐦 fish 🐟 whale 🐳 turtle 🐢 car 🚗 bike 🚲 airplane ✈️ ship 🚢 arrow_right ➡️
arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ leftwards_arrow_with_hook ↩️
arrows_counterclockwise 🔄 heavy_plus_sign ➕ red_circle 🔴 large_orange_circle 🟠
large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪
black_circle ⚫ small_blue_diamond 🔹 information_source ℹ️ grey_question ❔
point_up_2 👆 see_no_evil 🙈 zipper_mouth_face 🤐 scales ⚖️ wastebasket 🗑️ inbox_tray 📥
outbox_tray 📤 hourglass_flowing_sand ⏳ file_messages 📫 mute 🔇 sound 🔉 page_facing_up 📄
"""
_WORDS = _TABLE.split()

EMOJI: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Names without colons, to the signs themselves. A name that is not here stays text."""

_NAMES = {sign: name for name, sign in EMOJI.items()}
_LONGEST = max(len(sign) for sign in _NAMES)
_LONGEST_NAME = max(len(name) for name in EMOJI)


def codes(name: str) -> str:
    """The code points as Slack's blocks write them: ``26a0-fe0f``."""
    return "-".join(f"{ord(sign):04x}" for sign in EMOJI[name])


def name_at(text: str, position: int) -> str:
    """The name of the emoji that is written as ``:name:`` at that colon, or nothing."""
    end = text.find(":", position + 1, position + _LONGEST_NAME + 2)
    before = text[position - 1] if position else " "
    name = text[position + 1 : end] if end > 0 and not before.isalnum() else ""
    return name if name in EMOJI else ""


def with_names(text: str) -> str:
    """Signs as names, which is how Slack keeps what people type."""
    if text.isascii():
        return text
    out: list[str] = []
    position = 0
    while position < len(text):
        lengths = range(_LONGEST, 0, -1)
        sign = next((s for n in lengths if (s := text[position : position + n]) in _NAMES), "")
        out.append(f":{_NAMES[sign]}:" if sign else text[position])
        position += len(sign) or 1
    return "".join(out)


def with_signs(text: str) -> str:
    """Names as signs again."""
    out: list[str] = []
    position = 0
    while position < len(text):
        name = name_at(text, position) if text[position] == ":" else ""
        out.append(EMOJI[name] if name else text[position])
        position += len(name) + 2 if name else 1
    return "".join(out)


# Slack's light markup as rich text: the parts of a message that people wrote, line by line.
#
# One reading serves both sides: the ``rich_text`` block that Slack adds to people's messages, and the page.

_FENCE = "```"
_QUOTE = ("&gt;", ">")
_STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}


def rich_text(text: str, block_id: str) -> Json:
    """The block that Slack puts into a person's message."""
    return {"type": "rich_text", "block_id": block_id, "elements": sections(text)}


def sections(text: str) -> list[Json]:
    """The text as sections, quotations and preformatted parts."""
    pieces = text.split(_FENCE)
    if len(pieces) % 2 == 0:
        # An opening fence without its end is text like any other.
        pieces[-2:] = [_FENCE.join(pieces[-2:])]
    parts: list[Json] = []
    for index, piece in enumerate(pieces):
        if index % 2 == 1:
            content: list[Json] = [{"type": "text", "text": unescaped(piece.strip("\n"))}]
            parts.append({"type": "rich_text_preformatted", "elements": content, "border": 0})
        elif piece.strip("\n"):
            parts += _lines(piece if index == 0 else piece.lstrip("\n"))
    return parts


def _lines(text: str) -> list[Json]:
    groups: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        quoted = line.startswith(_QUOTE)
        shown = line.removeprefix("&gt;").removeprefix(">").removeprefix(" ") if quoted else line
        if groups and groups[-1][0] == quoted:
            groups[-1][1].append(shown)
        else:
            groups.append((quoted, [shown]))
    kinds = {True: "rich_text_quote", False: "rich_text_section"}
    # A section keeps the line break that ends it where something of another kind follows, as Slack's programs send it.
    ends = ["" if quoted or index == len(groups) - 1 else "\n" for index, (quoted, _) in enumerate(groups)]
    found = [(kinds[quoted], inline("\n".join(lines) + end)) for (quoted, lines), end in zip(groups, ends, strict=True)]
    return [{"type": kind, "elements": elements} for kind, elements in found if elements]


def inline(text: str, style: Json | None = None) -> list[Json]:
    """Text, links, mentions and emoji of some lines."""
    style = style or {}
    out: list[Json] = []
    position = 0
    while position < len(text):
        length, elements = _token(text, position, style)
        if elements:
            out += elements
        else:
            # An entity is a sign of the text, no element of its own.
            _append(out, unescaped(text[position : position + (length or 1)]), style)
        position += length or 1
    return [_finished(element) for element in out]


def _token(text: str, position: int, style: Json) -> tuple[int, list[Json]]:
    sign = text[position]
    if sign in "<&":
        sequence = sequence_at(text, position)
        return len(sequence), [_sequence(sequence, style)] if sequence.startswith("<") else []
    if sign == ":":
        name = name_at(text, position)
        return (len(name) + 2, [{"type": "emoji", "name": name, "unicode": codes(name)}]) if name else (0, [])
    if sign in _STYLES:
        end = _closing(text, position)
        inside = text[position + 1 : end]
        styled = {**style, _STYLES[sign]: True}
        if end and sign == "`":
            return len(inside) + 2, [{"type": "text", "text": unescaped(inside), "style": styled}]
        return (len(inside) + 2, inline(inside, styled)) if end else (0, [])
    return 0, []


def _closing(text: str, position: int) -> int:
    """Where the style that starts here ends on the same line; 0 where the sign is only a sign."""
    sign = text[position]
    before = text[position - 1] if position else " "
    if before.isalnum() or before == sign or text[position + 1 : position + 2] in {"", " ", "\n", sign}:
        return 0
    end = text.find(sign, position + 1)
    while end > 0 and "\n" not in text[position:end]:
        after = text[end + 1 : end + 2]
        if not text[end - 1].isspace() and not after.isalnum() and after != sign:
            return end
        end = text.find(sign, end + 1)
    return 0


def _sequence(sequence: str, style: Json) -> Json:
    inside, _, label = sequence[1:-1].partition("|")
    if inside[0] == "@":
        return {"type": "user", "user_id": inside[1:], "style": style}
    if inside[0] == "#":
        return {"type": "channel", "channel_id": inside[1:], "style": style}
    if inside[0] == "!":
        return _command(inside[1:], label, style)
    link: Json = {"type": "link", "url": unescaped(inside), "style": style}
    return {**link, "text": unescaped(label)} if label else link


def _command(inside: str, label: str, style: Json) -> Json:
    name, _, rest = inside.partition("^")
    if name == "date":
        return {"type": "date", "timestamp": rest.partition("^")[0], "fallback": unescaped(label), "style": style}
    if name == "subteam":
        return {"type": "usergroup", "usergroup_id": rest, "style": style}
    return {"type": "broadcast", "range": name, "style": style}


def _append(out: list[Json], sign: str, style: Json) -> None:
    if out and out[-1]["type"] == "text" and out[-1].get("style", {}) == style:
        out[-1]["text"] += sign
    else:
        out.append({"type": "text", "text": sign, "style": style})


def _finished(element: Json) -> Json:
    return {key: value for key, value in element.items() if key != "style" or value}
