"""A review as Slack shows it: points, what stands around them, the clean text, pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.deciding import Thumb
from bot.core.drafts import Target
from bot.core.findings import CLAIM_EVIDENCE, contact_of
from bot.core.judging import Question, ReviewState
from bot.core.labels import AI_CONTENT
from bot.core.operating import reference
from bot.core.reading.ties import says_yes
from bot.core.sign_off import Act
from bot.core.words import deciding as deciding_words
from bot.core.words import guidelines as guideline_words
from bot.core.words import reviewing as reviewing_words
from bot.core.words import sign_off as sign_off_words
from bot.core.words.brand import facts as fact_words
from bot.core.words.people import again, brief, say, spoken
from bot.core.words.reviewing import SHOWN
from bot.slack.blocks import (
    DIVIDER,
    LONGEST,
    actions,
    bold,
    button,
    context,
    fallback,
    link,
    person,
    piece,
    plain,
    rich,
    rich_text,
    section,
    window,
)
from bot.slack.points import (
    FACT_CHANGED,
    MORE,
    OURS,
    UNDO,
    PointBlocks,
    credential_lines,
    fitting,
    picture_blocks,
    short,
)
from bot.slack.wire.payloads import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.deciding import Answer, Mute
    from bot.core.drafts import Click
    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique, PictureReview
    from bot.core.reviewing import DraftRecord, Point, Standing
    from bot.slack.wire.payloads import Json


# What the reply tells beside its points: what an edit did, what was answered, what exceptions left out. Pure.

CHANGE = "candor_change_answer_"
EXCEPTED = "candor_excepted"
MOST = 3
"""Answers that are shown, and leads with a button."""
_BRIEF = 80
"""Characters of their quotes."""


def since_blocks(standing: Standing, titles: Mapping[str, str]) -> list[Json]:
    """What the author's edit did to the points."""
    said = reviewing_words.since(standing, titles)
    words_of_it = rich("rich_text_section", piece(reviewing_words.SINCE, bold=True), piece(f"{said}."))
    return [rich_text(words_of_it)] if said else []


def lead_blocks(critique: Critique, titles: Mapping[str, str], draft_id: str = "") -> list[Json]:
    """What is worth a look, where no model could say more: one line for each guideline.

    Contact data, and what lacks evidence, has a line of its own with a button, so that one tap ends it for good.
    """
    if not critique.leads:
        return []
    contacts = [lead for lead in critique.leads if contact_of(lead)]
    claims = [lead for lead in critique.leads if lead.guideline == CLAIM_EVIDENCE]
    mine = [*contacts, *claims][:MOST] if draft_id else []
    others = replace(critique, leads=tuple(lead for lead in critique.leads if lead not in mine))
    is_read = critique.state is ReviewState.DONE
    why = reviewing_words.LET_GO_WHY if is_read else reviewing_words.WORTH_WHY
    heading = rich("rich_text_section", piece(f"{say(reviewing_words.WORTH_A_LOOK)}. ", bold=True), piece(why))
    bullets = [rich("rich_text_section", piece(line)) for line in lead_lines(others, titles)]
    listed = [{"type": "rich_text_list", "style": "bullet", "elements": bullets}] if bullets else []
    return [rich_text(heading, *listed), *(_with_button(lead, draft_id) for lead in mine)]


def lead_lines(critique: Critique, titles: Mapping[str, str]) -> list[str]:
    """What is worth a look, in a line for each guideline."""
    return [reviewing_words.lead(titles.get(name, name), leads) for name, leads in critique.worth_a_look.items()]


def _with_button(lead: Finding, draft_id: str) -> Json:
    value, said = Target(draft_id, lead.ref).value, reviewing_words.lead_reason(lead)
    if contact_of(lead):
        end = button(OURS, deciding_words.OURS, value, spoken=deciding_words.whose(lead.quote))
    else:
        end = button(FACT_CHANGED, fact_words.ADD_EVIDENCE, value, spoken=fact_words.evidence_for(lead.quote))
    line = section(escaped(said), accessory=end)
    return line | {"text": line["text"] | {"verbatim": True}}


def settled_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """What somebody used or dismissed, each with its way back in sight; the window behind "Show more" has them all."""
    return [_settled(point, record, titles) for point in standing.settled]


def record_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """What was answered, with a way to change it, and what exceptions left out."""
    blocks: list[Json] = []
    shown = standing.answers[:MOST]
    if shown:
        blocks.append(rich_text(*(_answered(answer, titles) for answer in shown)))
    changeable = [answer for answer in shown if answer.options]
    if changeable:
        blocks.append(actions(*(_change(record, answer, at, all_=changeable) for at, answer in enumerate(changeable))))
    if standing.excepted:
        show = button(EXCEPTED, deciding_words.EXCEPTIONS_SHOW, Target(record.id).value)
        blocks.append(section(reviewing_words.excepted(len(standing.excepted)), accessory=show))
    if standing.held:
        show = button(MORE, deciding_words.EXCEPTIONS_SHOW, Target(record.id).value)
        blocks.append(section(reviewing_words.held(standing.held), accessory=show))
    return blocks


def _settled(point: Point, record: DraftRecord, titles: Mapping[str, str]) -> Json:
    finding, verdict = point.finding, point.verdict
    title = reviewing_words.problem_of(finding, titles)
    quote = " ".join(finding.quote.split())
    begins = brief(quote, _BRIEF)
    because = deciding_words.because(verdict.reason, escaped(verdict.note)) if verdict else ""
    named = say("“{quote}” ({problem})", quote=escaped(begins), problem=escaped(title))
    said = deciding_words.settled(point, named, because)
    undo = button(UNDO, deciding_words.UNDO, Target(record.id, finding.ref).value, spoken=deciding_words.undo(title))
    line = section(said, accessory=undo)
    return line | {"text": line["text"] | {"verbatim": True}}  # an address in the quote stays mere words


def _answered(answer: Answer, titles: Mapping[str, str]) -> Json:
    said = reviewing_words.answered(titles.get(answer.guideline, answer.guideline), answer.answer)
    return rich(
        "rich_text_section", piece(reviewing_words.ANSWERS, bold=True), piece(said), person(answer.user), piece(")\n")
    )


def _change(record: DraftRecord, answer: Answer, at: int, all_: list[Answer]) -> Json:
    value = Target(record.id, Question(answer.guideline, "", ()).ref).value
    return button(f"{CHANGE}{at}", deciding_words.change(at + 1, len(all_)), value)


# A critique as Slack's blocks. Pure.
#
# People's words stand in rich text only, where nothing in them can become a mention or a link.

ANSWER = "candor_answer_"
MOST_ANSWERS = 5
"""Answers that a question may offer."""
_UNHAPPY = (ReviewState.PUT_ASIDE, ReviewState.GIVEN_UP)
"""Reviews that somebody may ask about whoever runs Candor."""
QUESTIONS = 3
"""Questions that are shown at once."""


def reply_blocks(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """The reply to a draft. ``titles`` say what is wrong, by the guidelines' ids."""
    if standing.critique.is_of_no_draft:
        return [section(reviewing_words.headline(standing)), context(reviewing_words.AGAIN_A_DRAFT)]
    draw = PointBlocks(record, titles)
    standing = fitting(standing, draw)
    said = reviewing_words.reply_footer(standing.critique, record.draft, draw.platforms)
    if standing.critique.state in _UNHAPPY:
        said = f"{said} {reviewing_words.referred(reference(record.id))}"
    footer = context(said)
    headline = reviewing_words.headline(standing)
    since, pictures = since_blocks(standing, titles), picture_blocks(standing, record, titles)
    settled, record_of_it = settled_blocks(standing, record, titles), record_blocks(standing, record, titles)
    after = [*settled, *lead_blocks(standing.critique, titles, record.id), *pictures, *record_of_it]
    if standing.handled:
        return [section(headline, accessory=_more(record)), *since, *after, footer]
    if standing.silent or not standing.says_something:
        return [section(headline), *since, *after, footer]
    blocks = [section(bold(headline)), *since]
    for point in standing.shown:
        blocks += draw(standing.number_of(point), point)
    for question in standing.questions[:QUESTIONS]:
        blocks += _question(question, record, standing.critique.pictures)
    if standing.collapsed:
        blocks.append(section(reviewing_words.collapsed(standing.collapsed), accessory=_more(record)))
    apart = [DIVIDER] if after and after[0] != DIVIDER else []
    return [*blocks, *apart, *after, footer]


def reply_text(standing: Standing) -> str:
    """The reply in plain words, for notifications and for clients that show no blocks."""
    points = [reviewing_words.reply_point(short(point.finding.quote), point.finding.why) for point in standing.shown]
    points += [
        reviewing_words.reply_point(short(p.finding.quote), p.finding.why) for _, p in standing.open_pictured[:SHOWN]
    ]
    asked = [again(question.question) for question in standing.questions[:QUESTIONS]]
    return fallback(escaped(reviewing_words.reply_summary(standing, points + asked)))


def _question(question: Question, record: DraftRecord, pictures: PictureReview | None) -> list[Json]:
    value, told = Target(record.id, question.ref).value, pictures if question.guideline == AI_CONTENT else None
    asked = rich_text(
        rich("rich_text_section", piece(again(question.question), bold=True)),
        *credential_lines(told, len(record.draft.pictures)),
    )
    suggested = any(said.suggests_ai for _, said in told.credentials) if told else False
    row = [
        button(f"{ANSWER}{number}", again(answer), value)
        | ({"style": "primary"} if suggested and says_yes(answer) else {})
        for number, answer in enumerate(question.answers[:MOST_ANSWERS])
    ]
    return [DIVIDER, asked, actions(*row)]


def _more(record: DraftRecord) -> Json:
    return button(MORE, deciding_words.MORE, Target(record.id).value)


# What stands around every review: the menu beside its headline, and the thumbs below it. Pure.

MENU, ASK, UNMUTE = "candor_menu", "candor_ask_sign_off", "candor_unmute"
THUMBS, UP, DOWN = "candor_thumbs", "candor_thumb_up", "candor_thumb_down"
MUTE_WINDOW = "candor_mute"
MUTE = "mute"
"""What the menu sends beside the names of `Act`."""


def with_tools(
    blocks: list[Json], record: DraftRecord, sign_off: Act | None = None, *, simple: bool = False
) -> list[Json]:
    """The blocks of a reply, of which the first is its headline. ``simple`` is for workspaces without newer blocks.

    ``sign_off`` is what was last done about it: whoever reads the top of the thread sees that it goes on below.
    """
    headline, *rest = blocks
    beside = headline.get("accessory")
    # Where something else stood beside the headline, there is nothing left to handle: the sign-off is what comes next.
    row = [actions(button(ASK, sign_off_words.ASK, Target(record.id).value), beside)] if beside else []
    told = (
        [context(sign_off_words.ASKED_HERE if sign_off is Act.ASKED else sign_off_words.STANDS_HERE)]
        if sign_off
        else []
    )
    return [headline | {"accessory": _menu(record)}, *told, *row, *rest, _thumbs(record, simple=simple)]


def muted_blocks(mute: Mute, record: DraftRecord) -> list[Json]:
    """What is left of the reply in a muted thread."""
    unmute = button(UNMUTE, deciding_words.UNMUTE, Target(record.id).value)
    blocks = [section(deciding_words.muted(mute), accessory=unmute)]
    if mute.left:
        shown = button(MORE, deciding_words.MUTE_SHOW, Target(record.id).value)
        blocks.append(section(deciding_words.still_open(mute.left), accessory=shown))
    return [*blocks, context(deciding_words.FOOTER)]


def mute_window(click: Click, must: int) -> Json:
    """Asks before points that must be fixed are hidden from everybody."""
    memo, asked = f"{click.target.value}\n{click.at}\n", [section(deciding_words.hides(must))]
    return window(deciding_words.MUTE, asked, submit=deciding_words.MUTE_SEND, callback=MUTE_WINDOW, memo=memo)


def _menu(record: DraftRecord) -> Json:
    offered = [*sign_off_words.IN_MENU.items(), (MUTE, deciding_words.MUTE)]
    options = [{"text": plain(label), "value": Target(record.id, what).value} for what, label in offered]
    return {"type": "overflow", "action_id": MENU, "options": options}


def _thumbs(record: DraftRecord, *, simple: bool) -> Json:
    up, down = (Target(record.id, f"{thumb}.{record.revision}").value for thumb in (Thumb.UP, Thumb.DOWN))
    if simple:
        return actions(button(UP, deciding_words.PLAIN_UP, up), button(DOWN, deciding_words.PLAIN_DOWN, down))
    both: Json = {"type": "feedback_buttons", "action_id": THUMBS}
    both["positive_button"] = _thumb(deciding_words.UP, up)
    both["negative_button"] = _thumb(deciding_words.DOWN, down)
    return {"type": "context_actions", "elements": [both]}


def _thumb(label: str, value: str) -> Json:
    return {"text": plain(label), "value": value, "accessibility_label": spoken(label)}


# The windows that open in private: why a point matters, and the points that the reply does not show. Pure.

_POINTS = 33
"""Points in a window: Slack takes 100 blocks."""


def why_window(guideline: Guideline) -> Json:
    """Why it matters, in plain words, and the sources."""
    also = guideline_words.in_the_list(guideline)
    parts = [(guideline_words.why_point(guideline), also), *guideline_words.reasons(guideline)]
    return window(guideline_words.TITLE, [*(_paragraph(*part) for part in parts), *_sources(guideline)])


def guideline_blocks(guideline: Guideline) -> list[Json]:
    """A guideline in full."""
    also = guideline_words.on_a_point(guideline)
    parts = [(guideline_words.in_full(guideline), also), *guideline_words.sections(guideline)]
    return [*(_paragraph(*part) for part in parts), *_sources(guideline)]


def _sources(guideline: Guideline) -> list[Json]:
    if not guideline.sources:
        return []
    named = (link(one.link, one.name) if one.link else piece(one.name) for one in guideline.sources)
    lines = [rich("rich_text_section", one) for one in named]
    heading = rich("rich_text_section", piece(guideline_words.SOURCES, bold=True))
    return [rich_text(heading, {"type": "rich_text_list", "style": "bullet", "elements": lines})]


def more_window(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> Json:
    """The folded and the dismissed points with their buttons; of a muted draft, whose reply shows none, all."""
    draw = PointBlocks(record, titles)
    standing = fitting(standing, draw)
    blocks: list[Json] = []
    hidden = (standing.points + standing.held.points) if record.mute else standing.hidden
    for point in hidden[:_POINTS]:
        blocks += draw(standing.number_of(point), point)
    for question in standing.held.questions[:QUESTIONS]:
        blocks += _question(question, record, standing.critique.pictures)
    blocks += lead_blocks(replace(standing.critique, leads=standing.held.leads), titles, record.id)
    if not blocks:
        blocks.append(context(deciding_words.NOTHING_MORE))
    if len(hidden) > _POINTS:
        blocks.append(context(deciding_words.LEFT_OUT))
    return window(deciding_words.MORE_TITLE, blocks)


def _paragraph(heading: str, text: str) -> Json:
    words_of_it = [piece(f"\n{text[:LONGEST]}")] if text else []
    return rich_text(rich("rich_text_section", piece(heading, bold=True), *words_of_it))
