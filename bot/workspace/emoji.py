"""The emoji people use most, by Slack's names."""

from __future__ import annotations

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
outbox_tray 📤 hourglass_flowing_sand ⏳ mailbox 📫 mute 🔇 sound 🔉 page_facing_up 📄
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
