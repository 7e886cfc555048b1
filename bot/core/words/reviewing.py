"""What people read in a review: the reply to a draft, its points, its pictures, its clean text, and Why."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bot.core.deciding import Decision
from bot.core.findings import CLAIM_EVIDENCE, RECORDED_POST, Origin, is_recorded, on_one_line
from bot.core.guidelines import Severity
from bot.core.judging import LARGEST, MOST, RECORDED, Failure, LeftOut, ModelPart, Outcome, ReviewState
from bot.core.reviewing import News, RequestOutcome
from bot.core.words.people import count, day_of, platform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.drafts import Draft
    from bot.core.findings import CleanText, Finding
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique, PictureReview, Question
    from bot.core.reading.variants import Whereabouts
    from bot.core.reviewing import Held, Point, Standing


# What people read where no language model judged the draft: first that it was not reviewed, then what checks found.

_CAN_FIX = "The person who runs Candor can fix that."
TROUBLE = {
    ModelPart.KEY: "the language model's server refused the key",
    ModelPart.NO_MODEL: "the language model's server has no model by that name",
    ModelPart.NO_CREDIT: "the account for the language model has no credit left",
    ModelPart.NO_ROOM: "the language model can't take in enough text at once for a review",
    ModelPart.SETTINGS: "the language model's server refused the request",
}
"""What the person who runs Candor can mend."""
_REASONS = {part: f"Not reviewed: {trouble}. {_CAN_FIX}" for part, trouble in TROUBLE.items()} | {
    ModelPart.OFF: "Not reviewed: no language model is connected.",
    ModelPart.AWAITED: "Not reviewed yet: the language model hasn't answered. Its review will replace this reply.",
    ModelPart.DECLINED: "Not reviewed: the language model declined to read this draft.",
    ModelPart.TOO_LONG: "Not reviewed: this draft, or the answer to it, is too long for the language model.",
    ModelPart.TALKED_ROUND: "Not reviewed: something in this draft seems to have swayed the language model, so it may "
    "have left things out. Please check the draft yourself.",
    ModelPart.GIVEN_UP: "Not reviewed: the language model didn't answer within a day.",
    ModelPart.UNREACHED: "Not reviewed: the language model didn't answer.",
    ModelPart.UNREADABLE: "Not reviewed: the language model answered, but Candor couldn't read its answer.",
    ModelPart.MONTH_SPENT: "Not reviewed: Candor's budget for this month is used up. You can ask again from the first "
    "of next month.",
    ModelPart.DAY_SPENT: "Not reviewed: Candor's budget for today is used up. You can ask again tomorrow.",
    ModelPart.OUTGROWN: "Not reviewed: you changed this draft, so its recorded answer no longer fits. To get your own "
    "words reviewed, connect a model.",
}
FOR_A_REVIEWER = (
    "These words are addressed to whoever reviews the post, not to its readers. The review ignores them. Please take "
    "them out."
)
NO_JUDGEMENT = {
    Failure.KEY: "the language model's server refused the key; check OPENAI_API_KEY",
    Failure.MODEL: "the language model's server has no model by that name; check OPENAI_MODEL",
    Failure.QUOTA: "the account for the language model has no credit left",
    Failure.NO_ROOM: "the request is larger than the language model's context window",
    Failure.UNREADABLE: "the language model's answer could not be read",
    Failure.SETTINGS: "the language model's server refused the request; check OPENAI_BASE_URL and OPENAI_MODEL",
    Failure.REFUSED: "the language model declined to answer",
    Failure.BUSY: "the language model is busy",
    Failure.UNREACHABLE: "the language model didn't answer",
    Failure.TOO_LONG: "the language model's answer was cut off",
    Failure.MONTH_SPENT: "this month's budget for the language model is used up",
    Failure.DAY_SPENT: "today's budget for the language model is used up",
}
"""For the log."""
WORTH_A_LOOK = "Worth a look"
WORTH_WHY = "Fixed checks can't tell if these are a problem here, so please judge for yourself."
LET_GO_WHY = "Fixed checks noticed these words. The language model didn't think they're a problem here."
LANGUAGES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
}
_QUOTES = 3


def reason(critique: Critique) -> str:
    """The first words of such a reply."""
    return _REASONS.get(critique.model_part, _REASONS[ModelPart.OFF])


def checked(critique: Critique, points: str = "", *, below: bool = False) -> str:
    """What the fixed checks came to; ``points`` says how many points there are, "" where there are none.

    ``below`` says that the reply goes on with points that are left out.
    """
    if critique.model_part is ModelPart.TALKED_ROUND and points:
        return f"{points} came up anyway."
    checks = critique.checks
    looks = f"{count(len(critique.worth_a_look), 'thing')} worth a look" if critique.leads else ""
    nothing = "nothing new" if below else "nothing"
    result = f"found {' and '.join(filter(None, (points, looks))) or nothing}"
    if checks is None:
        return f"The fixed checks {result}."
    if checks.language:
        language = LANGUAGES.get(checks.language, "this language")
        return f"Only {checks.ran} of {checks.known} fixed checks can read {language}; they {result}."
    return f"{count(checks.ran, 'fixed check')} ran and {result}."


def lead(problem: str, leads: list[Finding]) -> str:
    """One line for all leads under a guideline: the first with its reason, the others by their words."""
    quotes = dict.fromkeys(_quoted(lead) for lead in leads)
    also = list(quotes)[1:_QUOTES]
    more = len(quotes) - 1 - len(also)
    listed = [*also, *([f"{more} more"] if more else [])]
    return f"{problem}: {lead_reason(leads[0])}" + (f" Also {' and '.join(listed)}." if listed else "")


def lead_reason(lead: Finding) -> str:
    """Its words and why they are worth a look."""
    return reply_point(on_one_line(lead.quote), lead.why)


def _quoted(lead: Finding) -> str:
    return f"“{on_one_line(lead.quote.rstrip(',;:'))}”"


def recorded(model: str) -> str:
    """Said of an answer that was recorded, "" of one that a model gives now. ``model`` is the id of who answered."""
    if not model.startswith(RECORDED):
        return ""
    day = date.fromisoformat(model.removeprefix(RECORDED))
    return f"Recorded answer from a language model, {day:%-d %B %Y}; your own drafts are read by fixed checks."


# What people read about the pictures of a draft.

SHOWN = 3
"""Points that are shown."""
MADE_WITH_AI = ("Yes", "No", "Not sure")
"""What can be answered. A plain “Yes” takes its meaning from the question, which names a picture and AI."""
_WHY = {
    LeftOut.TOO_MANY: f"only the first {MOST} are looked at",
    LeftOut.TOO_LARGE: f"larger than {LARGEST // 2**20} MB",
    LeftOut.OTHER_KIND: "not a PNG, JPEG, WebP or GIF",
    LeftOut.UNSEEN: "Slack or the model wouldn't let me",
    LeftOut.NO_MODEL: "no language model is connected",
    LeftOut.UNPAID: "the budget for the language model is used up",
}


def made_with_ai(numbers: Sequence[int], pictures: int) -> str:
    """The question about pictures in which something speaks for it."""
    if pictures == 1:
        return "Was the picture made with AI?"
    if len(numbers) == 1:
        return f"Was picture {numbers[0]} made with AI?"
    named = ", ".join(map(str, numbers[:-1]))
    return f"Were pictures {named} and {numbers[-1]} made with AI?"


def spoken(label: str, number: int, title: str, *, of: str = "point") -> str:
    """What a screen reader says for a button: the same words stand on those of the other points."""
    return f"{label}: {of} {number}, {title}"


def more(number: int) -> str:
    """The points that are not shown."""
    return f"And {count(number, 'more point')} about pictures."


def alt_text(number: int) -> str:
    """The line above a proposal, which stands in a block to copy."""
    return f"Suggested alt text for picture {number}:"


def counted(number: int) -> str:
    """How many points there are, for the headline."""
    return count(number, "point about a picture", "points about pictures")


def pictures_footer(review: PictureReview | None, pictures: int) -> str:
    """Which pictures a model looked at, and why it left out others. ``pictures`` are as many as the draft has."""
    if review is None or not (review.looked or review.left_out):
        return f"{count(pictures, 'picture')} not looked at." if pictures else ""
    model = f" ({review.model})" if review.model and not recorded(review.model) else ""
    looked = [f"{count(review.looked, 'picture')} looked at{model}."] if review.looked else []
    reasons = Counter(review.left_out)
    left_out = [f"{count(reasons[why], 'picture')} not looked at: {_WHY[why]}." for why in LeftOut if reasons[why]]
    return " ".join([*looked, *left_out])


# What people read in the reply to a draft.

NOTHING = "Nothing to flag."
NOTHING_LEFT = "Nothing left to flag."
NOTHING_CERTAIN = "Nothing that clearly needs fixing."
COULD_NOT = "I couldn't review this draft, so I've put it aside. Please ask a colleague to read it."
ANSWERED = "Answered. I'm reading the draft again with your answer."
USED = "Used: it's in the clean text in this thread."
ANSWERS = "Answered: "
LEAVE_OUT = "Leave it out."
ADD_AT_START = "Add at the start: "
MOVE_TO_START = "Take it out here and add this at the start: "
SEVERITIES = {Severity.MUST_FIX: "Must fix", Severity.SHOULD_FIX: "Should fix", Severity.CONSIDER: "Consider"}
ICONS = {Severity.MUST_FIX: "🔴", Severity.SHOULD_FIX: "🟠", Severity.CONSIDER: "🔵"}
"""Seen before the word is read, which says the same."""


def where(place: Whereabouts, *, several: bool) -> str:
    """Where a point stands, "" where there is only one place; ``several`` says that the draft is for some platforms."""
    variant = f"variant {place.variant}" if place.variant else ""
    part = f"part {place.part} of {place.parts}" if place.parts else ""
    named = platform(place.platform) if several and place.platform else ""
    return ", ".join(filter(None, (named, variant, part)))


def headline(standing: Standing) -> str:
    """What is left of the review, in a few words."""
    critique = standing.critique
    if critique.state is ReviewState.PUT_ASIDE:
        return COULD_NOT
    if critique.state is not ReviewState.DONE:
        return f"{reason(critique)} {_by_checks(standing)}"
    if critique.unplaced and (standing.silent or not standing.says_something):
        return lost(critique.unplaced)
    if critique.outcome is not Outcome.FINDINGS or standing.silent or not standing.says_something:
        return _nothing(standing)
    if standing.handled:
        return _handled(standing)
    asked, in_pictures = len(standing.questions), len(standing.open_pictured)
    said = [_points(standing.points, "change"), count(asked, "question") if asked else ""]
    return ", ".join(filter(None, [*said, counted(in_pictures) if in_pictures else ""])) or ANSWERED


def _nothing(standing: Standing) -> str:
    if standing.critique.outcome is not Outcome.FINDINGS:
        return NOTHING
    return NOTHING_CERTAIN if standing.held else NOTHING_LEFT


def unplaced(number: int) -> str:
    """Points of the model that nobody can be shown, as they quote nothing that stands in the draft."""
    return f"{count(number, 'point')} couldn't be matched to the text."


def left_out(number: int) -> str:
    """Doubts of the model that nobody is asked about yet."""
    return f"{count(number, 'more question')} to come: I ask two at a time, so please answer these first."


def lost(number: int) -> str:
    """The headline of a review of which nothing else is left."""
    it = "it" if number == 1 else "them"
    return f"{unplaced(number)} I can't show {it} to you, so please read this draft again yourself."


def _by_checks(standing: Standing) -> str:
    """What the checks found in a draft that no model has read. It is never called handled: nobody has reviewed it."""
    talked_round = standing.critique.model_part is ModelPart.TALKED_ROUND  # then the points are the model's, too
    own = [point for point in standing.points if talked_round or point.finding.origin is Origin.RULE]
    others = [point for point in standing.points if point not in own]
    points, asked = _points(own, "point"), len(standing.questions)
    if standing.critique.questions and not (points or asked):
        return ANSWERED
    before = f" From before the edit: {_points(others, 'point')}." if others else ""
    below = bool(standing.held or standing.excepted)
    said = checked(standing.critique, points, below=below)
    return said + before + (f" {count(asked, 'question')} for you." if asked else "")


def _points(points: Sequence[Point], noun: str) -> str:
    """As many as have a number below, so that both agree; and what became of those that are decided."""
    decided = [(sum(p.decision is decision for p in points), decision) for decision in Decision]
    became = ", ".join(f"{number} {word}" for number, word in decided if number and word is not Decision.OPEN)
    return (count(len(points), noun) if points else "") + (f" ({became})" if became else "")


def _handled(standing: Standing) -> str:
    """What became of all points; of those alone that people see, where the model has more to say or to ask."""
    counts = ((standing.count(Decision.USED), Decision.USED), (len(standing.dismissed), Decision.DISMISSED))
    became = ", ".join(f"{number} {decision}" for number, decision in counts if number)
    if not standing.critique.is_all_shown:
        return f"All points shown here are handled: {became}."
    return f"All points handled: {became}."


def problem_of(finding: Finding, problems: Mapping[str, str]) -> str:
    """What is wrong: by its guideline, or more closely where the words contradict something that was kept."""
    if finding.rule.startswith(RECORDED_POST):
        return "Differs from an earlier post"
    if finding.guideline == CLAIM_EVIDENCE and is_recorded(finding):
        return "Evidence doesn't hold"
    return problems.get(finding.guideline, finding.guideline)


def label(number: int, finding: Finding, problem: str, where: str) -> str:
    """The line above a finding; ``where`` is its place where the draft has several."""
    several = f", {len(finding.parts)} places" if finding.parts else ""
    place = f" ({where})" if where else ""
    return f"{ICONS[finding.severity]} {number}. {SEVERITIES[finding.severity]}: {problem}{several}{place}"


def label_in_picture(number: int, finding: Finding, problem: str) -> str:
    """The line above a point about words in a picture."""
    return f"{ICONS[finding.severity]} {SEVERITIES[finding.severity]}, in picture {number}: {problem}"


def folded(number: int) -> str:
    """The findings that are not shown."""
    return f"And {count(number, 'more point')}."


def excepted(number: int) -> str:
    """The findings that an exception silences."""
    return f"{count(number, 'point')} left out by {'an exception' if number == 1 else 'exceptions'}."


def held(points: Held) -> str:
    """What the reply only counts."""
    looks = len({lead.guideline for lead in points.leads})
    told = [count(len(points.points), "point")] if points.points else []
    told += [count(len(points.questions), "question")] if points.questions else []
    told += [count(looks, "thing worth a look", "things worth a look")] if looks else []
    listed = " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))
    return f"{listed} left out, because this channel is set to *quiet*."


def answered(title: str, answer: str) -> str:
    """What somebody answered to the question of a guideline; who it was follows."""
    return f"{answer}, on “{title}” ("


def reply_footer(critique: Critique, draft: Draft, platforms: tuple[str, ...]) -> str:
    """Who wrote this, what was read, and how far to trust it."""
    left = unplaced(critique.unplaced) if critique.unplaced and critique.says_something else ""
    read = _read(critique, len(draft.text), platforms)
    unread = f"{count(draft.unread, 'file')} not read." if draft.unread else ""
    more = left_out(critique.left_out) if critique.left_out else ""
    ours = set_of(critique.own_set) if critique.own_set else ""
    pictures = pictures_footer(critique.pictures, len(draft.pictures))
    return " ".join(filter(None, (left, more, read, pictures, unread, ours)))


def _read(critique: Critique, characters: int, platforms: tuple[str, ...]) -> str:
    places = ", ".join(platform(name) for name in platforms)
    read = f"{count(characters, 'character')} read" + (f" for {places}" if places else "")
    if critique.state is not ReviewState.DONE:
        return f"Automated reply from Candor, {read}. People decide."
    if said := recorded(critique.model):
        return f"AI reply from Candor. {said}"
    model = f" ({critique.model})" if critique.model else ""
    return f"AI reply from Candor{model}, {read}. People decide."


def set_of(number: int) -> str:
    """Which of the workspace's own guidelines were in force."""
    return f"Your own guidelines: set {number}."


def referred(code: str) -> str:
    """What people can tell whoever runs Candor."""
    return f"If you ask about it, give this reference: {code}."


def news(must_fix: int) -> str:
    """One line in the thread: an edited message alone would go unnoticed."""
    return f"The full review is ready, above. It found {count(must_fix, 'more point')} that must be fixed."


def reply_summary(standing: Standing, points: list[str]) -> str:
    """The whole reply as one plain text, for notifications and screen readers."""
    return " ".join([f"Candor: {headline(standing)}", *points])


def reply_point(quote: str, why: str) -> str:
    """One finding in the plain text; a reason that names the words already does so alone."""
    return why if f"“{on_one_line(quote)}”" in why else f"“{quote}”: {why}"


# What people read about an edit: what became of the points before it.

SINCE = "Since the edit: "
_LISTED = 3
_MARKS = {
    News.BROUGHT: "new with the edit",
    News.BARED: "the words were there before",
    News.MISSED: "missed before",
}


def mark(news: News) -> str:
    """What stands behind the title of a point, "" where nothing is to be said."""
    return f" ({_MARKS[news]})" if news in _MARKS else ""


def since(standing: Standing, titles: Mapping[str, str]) -> str:
    """What the edit did, "" where there is nothing to tell."""
    delta = standing.delta
    parts = [
        _delta_listed("fixed", delta.fixed, titles),
        _delta_listed("no longer flagged, with the words unchanged", delta.settled, titles),
        _counted(standing, News.STILL, "still open"),
        _counted(standing, News.BROUGHT, "new with the edit"),
        _counted(standing, News.BARED, "on words that were there before"),
        _counted(standing, News.MISSED, "missed before"),
    ]
    return ", ".join(filter(None, parts))


def _delta_listed(what: str, findings: tuple[Finding, ...], titles: Mapping[str, str]) -> str:
    if not findings:
        return ""
    named = [f"{problem_of(one, titles)}, “{on_one_line(one.quote)}”" for one in findings[:_LISTED]]
    more = len(findings) - len(named)
    return f"{len(findings)} {what} ({'; '.join([*named, *([f'and {more} more'] if more else [])])})"


def _counted(standing: Standing, news: News, what: str) -> str:
    number = sum(point.news is news and point.decision is Decision.OPEN for point in standing.points)
    return f"{number} {what}" if number else ""


# What people read about a label that an answer calls for.


def why(answer: str) -> str:
    """The reason for the label."""
    return f"You answered “{answer}”. Tell readers in the first few words, so they know before they read on."


def switch(place: str, name: str) -> str:
    """The platform's own label, "" where there is none."""
    return f"On {platform(place)}, switch on its own label as well (“{name}”)." if name else ""


def source(named: str, checked: str) -> str:
    """Where a label's words come from, "" where nobody asks for any."""
    return f"Source: {named}, checked {day_of(checked)}. This isn't legal advice." if named else ""


# What people read when they ask why, or look a guideline up.

TITLE = "Why"
QUESTION = "What I look for"
REASON = "Why it matters"
NOT_WHEN = "When I keep quiet"
FIX = "What I suggest"
SOURCES = "Sources"


def why_point(guideline: Guideline) -> str:
    """The line above it all where a point is asked about: what is wrong, as on the point."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.problem}"


def in_full(guideline: Guideline) -> str:
    """The line above it all where a guideline is looked up: what it asks for."""
    return f"{SEVERITIES[guideline.severity]}: {guideline.title}"


def reasons(guideline: Guideline) -> list[tuple[str, str]]:
    """The heading and the words of each part that answers *Why*, without the empty ones."""
    return _filled((REASON, guideline.why), (NOT_WHEN, _why_listed(guideline.not_when)))


def sections(guideline: Guideline) -> list[tuple[str, str]]:
    """The same of each part of the whole guideline."""
    return [*_filled((QUESTION, guideline.question)), *reasons(guideline), *_filled((FIX, guideline.fix))]


def _filled(*parts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(heading, text) for heading, text in parts if text]


def _why_listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)


# What people read who ask for a review with the shortcut.

NAME = "Review this draft"
"""As it stands in a message's menu, and in the manifest."""
READING = "Reading. The answer will appear here, and only you will see it."
TOLD = {
    RequestOutcome.NO_TEXT: "There's no text in this message to review.",
    RequestOutcome.NOT_BY_A_PERSON: "Candor reviews what people write, and this message comes from an app.",
    RequestOutcome.OUTSIDER: "Its author is from another organisation. Candor reviews only what your own people write.",
    RequestOutcome.OPTED_OUT: "Its author has asked Candor to review only when they ask.",
}
"""The private line in answer to a request. A review is an answer in itself, and nothing takes such a line away."""
KEPT = "Only you see this. I keep the text only while I read it, and delete it within 30 minutes."
MORE = "More points"
LEFT_OUT = "There are more than will fit here."


def smaller(severity: Severity, title: str) -> str:
    """A point that is only named."""
    return f"{SEVERITIES[severity]}: {title}: "


def question(asked: Question) -> str:
    """A question for the author to think about; there is nothing that the answer could be kept with."""
    return f"{asked.question} ({' / '.join(asked.answers)})"


# What people read about the step *Critique a draft* in their workflows.

NO_TEXT = "There's no text in the draft to review."
"""Shown by Slack as the reason why the step failed."""


def workflow_summary(headline: str, points: list[str], looks: list[str], footer: str) -> str:
    """What the step hands on to the next one."""
    worth = [f"{WORTH_A_LOOK}. {WORTH_WHY}"] if looks else []
    lines = [*(f"• {point}" for point in points), *worth, *(f"• {look}" for look in looks)]
    return "\n".join([f"Candor: {headline}", *lines, footer])


# What people read around a clean text.

OUTDATED = (
    "The draft has changed, so there's nothing to copy yet. Once the new version has been reviewed, your text will be "
    "here again, with the changes that still fit."
)
AS_FILE = "It's too long for a message, so it's in a file in this thread."
FILE_TITLE = "Clean text"
FALLBACK = "Candor: your text with the changes you accepted."
MADE_BY = "Automated message from Candor: your words and the changes you accepted, nothing else."
BETWEEN = "\n\n---\n\n"
"""Between the posts in a file."""


def heading(content: CleanText) -> str:
    """What the block below it is."""
    changes = count(content.changes, "change") if content.changes else "your changes"
    gaps = f", {count(len(content.slots), 'gap')} to fill" if content.slots else ""
    return f"Your text with {changes}{gaps}"


def posts(content: CleanText) -> list[tuple[str, str]]:
    """What there is to copy: a heading for each post, "" where there is only one, and its words."""
    if len(content.posts) < len(("one", "other")):
        return [("", content.posts[0][1] if content.posts else content.text)]
    names = [platform(name) if name else "Post" for name, _ in content.posts]
    seen: Counter[str] = Counter()
    headed: list[tuple[str, str]] = []
    for name, (_, text) in zip(names, content.posts, strict=True):
        seen[name] += 1
        headed.append((f"{name} {seen[name]}" if names.count(name) > 1 else name, text))
    return headed


def file_name(words: str) -> str:
    """``words`` is a short reference to what the file holds."""
    return f"clean-text-{words}.txt"


def to_fill_in(slots: tuple[str, ...]) -> str:
    """Which facts only the author can give; a gap that is there twice is named with its number."""
    counted = Counter(slots)
    return f"Gaps to fill: {', '.join(slot if n == 1 else f'{slot} ({n} times)' for slot, n in counted.items())}."
