"""What people read in a review: the reply to a draft, its points, its pictures, its clean text, and Why."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bot.core.deciding import Decision
from bot.core.findings import CLAIM_EVIDENCE, RECORDED_POST, Origin, is_recorded, on_one_line
from bot.core.guidelines import Severity
from bot.core.judging import LARGEST, LONGEST_TEXT, MOST, RECORDED, LeftOut, ModelPart, Outcome, ReviewState
from bot.core.reviewing import News
from bot.core.words.people import Phrase, again, forms, listed, on, platform, say, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.drafts import Draft
    from bot.core.findings import CleanText, Finding
    from bot.core.judging import Critique, PictureReview
    from bot.core.reading.variants import Whereabouts
    from bot.core.reviewing import Held, Point, Standing


# What people read where no language model judged the draft: first that it was not reviewed, then what checks found.

TROUBLE = {
    ModelPart.KEY: Phrase("the language model's server refused the key"),
    ModelPart.NO_MODEL: Phrase("the language model's server has no model by that name"),
    ModelPart.NO_CREDIT: Phrase("the account for the language model has no credit left"),
    ModelPart.NO_ROOM: Phrase("the language model can't take in enough text at once for a review"),
    ModelPart.SETTINGS: Phrase("the language model's server refused the request"),
}
"""What the person who runs Candor can mend."""
_REASONS = {
    ModelPart.OFF: Phrase("Not reviewed: no language model is connected."),
    ModelPart.AWAITED: Phrase(
        "Not reviewed yet: the language model hasn't answered. Its review will replace this reply."
    ),
    ModelPart.DECLINED: Phrase("Not reviewed: the language model declined to read this draft."),
    ModelPart.TOO_LONG: Phrase("Not reviewed: this draft, or the answer to it, is too long for the language model."),
    ModelPart.TALKED_ROUND: Phrase(
        "Not reviewed: something in this draft seems to have swayed the language model, so it may have left things "
        "out. Please check the draft yourself."
    ),
    ModelPart.GIVEN_UP: Phrase("Not reviewed: the language model didn't answer within a day."),
    ModelPart.UNREACHED: Phrase("Not reviewed: the language model didn't answer."),
    ModelPart.UNREADABLE: Phrase("Not reviewed: the language model answered, but Candor couldn't read its answer."),
    ModelPart.MONTH_SPENT: Phrase(
        "Not reviewed: Candor's budget for this month is used up, or too little is left for this draft. You can ask "
        "again from the first of next month."
    ),
    ModelPart.DAY_SPENT: Phrase(
        "Not reviewed: Candor's budget for today is used up, or too little is left for this draft. You can ask again "
        "tomorrow."
    ),
    ModelPart.OUTGROWN: Phrase(
        "Not reviewed: you changed this draft, so its recorded answer no longer fits. To get your own words reviewed, "
        "connect a model."
    ),
}
FOR_A_REVIEWER = Phrase(
    "These words are addressed to whoever reviews the post, not to its readers. The review ignores them. Please take "
    "them out."
)
WORTH_A_LOOK = Phrase("Worth a look")
WORTH_WHY = Phrase("Fixed checks can't tell if these are a problem here, so please judge for yourself.")
LET_GO_WHY = Phrase("Fixed checks noticed these words. The language model didn't think they were a problem here.")
LANGUAGES = {
    "de": Phrase("German"),
    "en": Phrase("English"),
    "es": Phrase("Spanish"),
    "fr": Phrase("French"),
    "it": Phrase("Italian"),
    "nl": Phrase("Dutch"),
    "pl": Phrase("Polish"),
    "pt": Phrase("Portuguese"),
}
_LOOKS = forms("{number} thing worth a look", "{number} things worth a look")
_QUOTES = 3


def reason(critique: Critique) -> str:
    """The first words of such a reply."""
    if trouble := TROUBLE.get(critique.model_part):
        return say("Not reviewed: {trouble}. The person who runs Candor can fix that.", trouble=trouble)
    return say(_REASONS.get(critique.model_part, _REASONS[ModelPart.OFF]))


def checked(critique: Critique, points: str = "", *, below: bool = False) -> str:
    """What the fixed checks came to, with its count of ``points`` ("" for none); ``below`` if left-out ones follow."""
    if critique.model_part is ModelPart.TALKED_ROUND and points:
        return say("{points} came up anyway.", points=points)
    checks, looks = critique.checks, _looks(critique.leads)
    nothing = say("nothing new") if below else say("nothing")
    found = listed(list(filter(None, (points, looks)))) or nothing
    if checks is None:
        return say("The fixed checks found {found}.", found=found)
    if checks.language:
        language = LANGUAGES.get(checks.language, Phrase("this language"))
        only = Phrase("Only {ran} of {known} fixed checks can read {language}; they found {found}.")
        return say(only, ran=checks.ran, known=checks.known, language=language, found=found)
    ran = forms("{number} fixed check ran and found {found}.", "{number} fixed checks ran and found {found}.")
    return several(checks.ran, *ran, found=found)


def _looks(leads: Iterable[Finding]) -> str:
    """How many words are worth a look, "" for none: of each guideline those that are quoted."""
    quoted = {(lead.guideline, _quoted(lead)) for lead in leads}
    return several(len(quoted), *_LOOKS) if quoted else ""


def lead(problem: str, leads: list[Finding]) -> str:
    """One line for all leads under a guideline: the first with its reason, the others by their words."""
    quotes = dict.fromkeys(_quoted(lead) for lead in leads)
    also = list(quotes)[1:_QUOTES]
    more = len(quotes) - 1 - len(also)
    others = [*also, *([say("{number} more", number=more)] if more else [])]
    said = say("{problem}: {reason}", problem=say(problem), reason=lead_reason(leads[0]))
    return f"{said} {say('Also {quotes}.', quotes=listed(others))}" if others else said


def lead_reason(lead: Finding) -> str:
    """Its words and why they are worth a look."""
    return reply_point(on_one_line(lead.quote), lead.why)


def _quoted(lead: Finding) -> str:
    return say("“{quote}”", quote=on_one_line(lead.quote.rstrip(",;:")))


def recorded(model: str) -> str:
    """Said of an answer that was recorded, "" of one that a model gives now. ``model`` is the id of who answered."""
    if not model.startswith(RECORDED):
        return ""
    day = on(date.fromisoformat(model.removeprefix(RECORDED)))
    return say("Recorded answer from a language model, {day}; your own drafts are read by fixed checks.", day=day)


# What people read about the pictures of a draft.

SHOWN = 3
"""Points that are shown."""
MADE_WITH_AI = (Phrase("Yes"), Phrase("No"), Phrase("Not sure"))
"""What can be answered. A plain “Yes” takes its meaning from the question, which names a picture and AI."""
_WHY = {
    LeftOut.TOO_MANY: Phrase("only the first {most} are looked at"),
    LeftOut.TOO_LARGE: Phrase("larger than {size} MB"),
    LeftOut.OTHER_KIND: Phrase("not a PNG, JPEG, WebP or GIF"),
    LeftOut.UNSEEN: Phrase("Slack or the model wouldn't let me"),
    LeftOut.NO_MODEL: Phrase("no language model is connected"),
    LeftOut.UNPAID: Phrase("too little is left of the budget for the language model"),
}


def made_with_ai(numbers: Sequence[int], pictures: int) -> str:
    """The question about pictures in which something speaks for it."""
    if pictures == 1:
        return say("Was the picture made with AI?")
    if len(numbers) == 1:
        return say("Was picture {number} made with AI?", number=numbers[0])
    named = ", ".join(map(str, numbers[:-1]))
    return say("Were pictures {numbers} and {last} made with AI?", numbers=named, last=numbers[-1])


def spoken(label: str, number: int, title: str, *, in_picture: bool = False) -> str:
    """What a screen reader says for a button: the same words stand on those of the other points."""
    values = {"label": label, "number": number, "title": title}
    if in_picture:
        return say("{label}: picture {number}, {title}", **values)
    return say("{label}: point {number}, {title}", **values)


def more(number: int) -> str:
    """The points that are not shown."""
    return several(number, "And {number} more point about pictures.", "And {number} more points about pictures.")


def alt_text(number: int) -> str:
    """The line above a proposal, which stands in a block to copy."""
    return say("Suggested alt text for picture {number}:", number=number)


def counted(number: int) -> str:
    """How many points there are, for the headline."""
    return several(number, "{number} point about a picture", "{number} points about pictures")


def pictures_footer(review: PictureReview | None, pictures: int) -> str:
    """Which pictures a model looked at, and why it left out others. ``pictures`` are as many as the draft has."""
    if review is None or not (review.looked or review.left_out):
        unseen = forms("{number} picture not looked at.", "{number} pictures not looked at.")
        return several(pictures, *unseen) if pictures else ""
    model = review.model if review.model and not recorded(review.model) else ""
    reasons = Counter(review.left_out)
    left_out = [_not_looked_at(reasons[why], why) for why in LeftOut if reasons[why]]
    unread = [_not_read(review.unread)] if review.unread else []
    return " ".join([*([_looked_at(review.looked, model)] if review.looked else []), *unread, *left_out])


def _looked_at(number: int, model: str) -> str:
    if not model:
        return several(number, "{number} picture looked at.", "{number} pictures looked at.")
    seen = forms("{number} picture looked at ({model}).", "{number} pictures looked at ({model}).")
    return several(number, *seen, model=model)


def _not_read(number: int) -> str:
    more = forms(
        "{number} picture not read to the end: more than {most} characters.",
        "{number} pictures not read to the end: more than {most} characters each.",
    )
    return several(number, *more, most=LONGEST_TEXT)


def _not_looked_at(number: int, reason: LeftOut) -> str:
    why = say(_WHY[reason], most=MOST, size=LARGEST // 2**20)
    return several(number, "{number} picture not looked at: {why}.", "{number} pictures not looked at: {why}.", why=why)


# What people read in the reply to a draft.

NOTHING = Phrase("Nothing to flag.")
NO_TEXT_LEFT = Phrase("There's no text left in this message.")
NO_DRAFT_LEFT = Phrase(
    "This no longer reads like a draft, so I haven't reviewed it. If it is one, choose *Review this draft* in its menu."
)
AGAIN_A_DRAFT = Phrase("Automated reply from Candor. If you edit it into a draft again, I'll review it.")
NOTHING_SURE = Phrase("Nothing certain to flag.")
NOTHING_LEFT = Phrase("Nothing left to flag.")
NOTHING_CERTAIN = Phrase("Nothing that clearly needs fixing.")
COULD_NOT = Phrase("I couldn't review this draft, so I've put it aside. Please ask a colleague to read it.")
ANSWERED = Phrase("Answered. I'm reading the draft again with your answer.")
USED = Phrase("Used: it's in the clean text in this thread.")
ANSWERS = Phrase("Answered: ")
LEAVE_OUT = Phrase("Leave it out.")
ADD_AT_START = Phrase("Add at the start: ")
MOVE_TO_START = Phrase("Take it out here and add this at the start: ")
SEVERITIES = {
    Severity.MUST_FIX: Phrase("Must fix"),
    Severity.SHOULD_FIX: Phrase("Should fix"),
    Severity.CONSIDER: Phrase("Consider"),
}
_COUNTED = {
    Severity.MUST_FIX: forms("{number} must fix", "{number} must fix"),
    Severity.SHOULD_FIX: forms("{number} should fix", "{number} should fix"),
    Severity.CONSIDER: forms("{number} consider", "{number} consider"),
}
_BECAME = {
    Decision.USED: forms("{number} used", "{number} used"),
    Decision.DISMISSED: forms("{number} dismissed", "{number} dismissed"),
}
CHANGES = forms("{number} change", "{number} changes")
POINTS = forms("{number} point", "{number} points")
QUESTIONS = forms("{number} question", "{number} questions")
ICONS = {Severity.MUST_FIX: "🔴", Severity.SHOULD_FIX: "🟠", Severity.CONSIDER: "🔵"}
"""Seen before the word is read, which says the same."""


def where(place: Whereabouts, *, several: bool) -> str:
    """Where a point stands, "" where there is only one place; ``several`` says that the draft is for some platforms."""
    variant = say("variant {name}", name=place.variant) if place.variant else ""
    part = say("part {part} of {parts}", part=place.part, parts=place.parts) if place.parts else ""
    named = platform(place.platform) if several and place.platform else ""
    return ", ".join(filter(None, (named, variant, part)))


def headline(standing: Standing) -> str:
    """What is left of the review, in a few words."""
    critique = standing.critique
    if unread := _unread(critique):
        return say(unread)
    if critique.state is not ReviewState.DONE:
        return f"{reason(critique)} {_by_checks(standing)}"
    if critique.unplaced and (standing.silent or not standing.says_something):
        return lost(critique.unplaced)
    if critique.outcome is not Outcome.FINDINGS or standing.silent or not standing.says_something:
        return _nothing(standing)
    if standing.handled:
        return _handled(standing)
    asked, in_pictures = len(standing.questions), len(standing.open_pictured)
    said = [_points(standing.points, CHANGES), several(asked, *QUESTIONS) if asked else ""]
    return ", ".join(filter(None, [*said, counted(in_pictures) if in_pictures else ""])) or say(ANSWERED)


def _unread(critique: Critique) -> str:
    """Why nobody has read it; "" where somebody has, be it by fixed checks alone."""
    if critique.is_of_no_draft:
        return NO_TEXT_LEFT if critique.is_of_nothing else NO_DRAFT_LEFT
    return COULD_NOT if critique.state is ReviewState.PUT_ASIDE else ""


def _nothing(standing: Standing) -> str:
    if standing.critique.outcome is not Outcome.FINDINGS:
        return nothing(standing.critique.doubts)
    return say(NOTHING_CERTAIN) if standing.held else say(NOTHING_LEFT)


def nothing(doubts: int) -> str:
    """The headline of a review without a point; of one whose points were all doubtful, how many those were."""
    return f"{say(NOTHING_SURE)} {doubtful(doubts)}" if doubts else say(NOTHING)


def doubtful(number: int) -> str:
    """Points that the model wasn't sure of, or took back when it was asked again."""
    return several(number, "{number} doubt not shown.", "{number} doubts not shown.")


def beside(critique: Critique) -> str:
    """What of the model's points is not shown, where the headline doesn't say so; for the footer."""
    lost = unplaced(critique.unplaced) if critique.unplaced and critique.says_something else ""
    doubts = doubtful(critique.doubts) if critique.doubts and critique.outcome is Outcome.FINDINGS else ""
    return " ".join(filter(None, (lost, beyond(critique.beyond) if critique.beyond else "", doubts)))


def beyond(number: int) -> str:
    """Points of the model that nobody has looked at."""
    more = forms(
        "{number} more point not looked at: there were too many.",
        "{number} more points not looked at: there were too many.",
    )
    return several(number, *more)


def unplaced(number: int) -> str:
    """Points of the model that nobody can be shown, as they quote nothing that stands in the draft."""
    lost = forms("{number} point couldn't be matched to the text.", "{number} points couldn't be matched to the text.")
    return several(number, *lost)


def left_out(number: int) -> str:
    """Doubts of the model that nobody is asked about yet."""
    more = forms(
        "{number} more question to come: I ask two at a time, so please answer these first.",
        "{number} more questions to come: I ask two at a time, so please answer these first.",
    )
    return several(number, *more)


def lost(number: int) -> str:
    """The headline of a review of which nothing else is left."""
    gone = forms(
        "I can't show it to you, so please read this draft again yourself.",
        "I can't show them to you, so please read this draft again yourself.",
    )
    return f"{unplaced(number)} {several(number, *gone)}"


def _by_checks(standing: Standing) -> str:
    """What the checks found in a draft that no model has read. It is never called handled: nobody has reviewed it."""
    talked_round = standing.critique.model_part is ModelPart.TALKED_ROUND  # then the points are the model's, too
    own = [point for point in standing.points if talked_round or point.finding.origin is Origin.RULE]
    others = [point for point in standing.points if point not in own]
    points, asked = _points(own, POINTS), len(standing.questions)
    if standing.critique.questions and not (points or asked):
        return say(ANSWERED)
    before = say("From before the edit: {points}.", points=_points(others, POINTS)) if others else ""
    below = bool(standing.held or standing.excepted)
    said = checked(standing.critique, points, below=below)
    for_you = several(asked, "{number} question for you.", "{number} questions for you.") if asked else ""
    return " ".join(filter(None, (said, before, for_you)))


def _points(points: Sequence[Point], noun: tuple[str, str]) -> str:
    """As many as have a number below, so that both agree; and what became of those that are decided."""
    became = _became({decision: sum(p.decision is decision for p in points) for decision in _BECAME})
    return (several(len(points), *noun) if points else "") + (f" ({became})" if became else "")


def _became(numbers: Mapping[Decision, int]) -> str:
    return ", ".join(several(number, *_BECAME[decision]) for decision, number in numbers.items() if number)


def _handled(standing: Standing) -> str:
    """What became of all points; of those alone that people see, where the model has more to say or to ask."""
    became = _became({Decision.USED: standing.count(Decision.USED), Decision.DISMISSED: len(standing.dismissed)})
    if not standing.critique.is_all_shown:
        return say("All points shown here are handled: {became}.", became=became)
    return say("All points handled: {became}.", became=became)


def problem_of(finding: Finding, problems: Mapping[str, str]) -> str:
    """What is wrong: by its guideline, or more closely where the words contradict something that was kept."""
    if finding.rule.startswith(RECORDED_POST):
        return say("Differs from an earlier post")
    if finding.guideline == CLAIM_EVIDENCE and is_recorded(finding):
        return say("Evidence doesn't hold")
    return say(problems.get(finding.guideline, finding.guideline))


def label(number: int, finding: Finding, problem: str, where: str) -> str:
    """The line above a finding; ``where`` is its place where the draft has several."""
    if finding.parts:
        problem = say("{problem}, {number} places", problem=problem, number=len(finding.parts))
    named = say("{severity}: {problem}", severity=SEVERITIES[finding.severity], problem=problem)
    return f"{ICONS[finding.severity]} {number}. {named}" + (f" ({where})" if where else "")


def label_in_picture(number: int, finding: Finding, problem: str) -> str:
    """The line above a point about words in a picture."""
    severity = SEVERITIES[finding.severity]
    named = say("{severity}, in picture {number}: {problem}", severity=severity, number=number, problem=problem)
    return f"{ICONS[finding.severity]} {named}"


def by_weight(severities: Sequence[Severity]) -> str:
    """How many of each, the worst first."""
    numbers = {severity: severities.count(severity) for severity in Severity}
    return ", ".join(several(number, *_COUNTED[severity]) for severity, number in numbers.items() if number)


def collapsed(number: int) -> str:
    """The findings that are not shown."""
    return several(number, "And {number} more point.", "And {number} more points.")


def excepted(number: int) -> str:
    """The findings that an exception silences."""
    return several(number, "{number} point left out by an exception.", "{number} points left out by exceptions.")


def held(points: Held) -> str:
    """What the reply only counts."""
    told = [several(len(points.points), *POINTS)] if points.points else []
    told += [several(len(points.questions), *QUESTIONS)] if points.questions else []
    told += [_looks(points.leads)] if points.leads else []
    return say("{points} left out, because this channel is set to *quiet*.", points=listed(told))


def answered(title: str, answer: str) -> str:
    """What somebody answered to the question of a guideline; who it was follows."""
    return f"{say('{answer}, on “{title}”', answer=again(answer), title=say(title))} ("


def reply_footer(critique: Critique, draft: Draft, platforms: tuple[str, ...]) -> str:
    """Who wrote this, what was read, and how far to trust it."""
    left = beside(critique)
    read = _read(critique, len(draft.text), platforms)
    none_read = forms("{number} attachment not read or played.", "{number} attachments not read or played.")
    unread = several(draft.unread, *none_read) if draft.unread else ""
    more = left_out(critique.left_out) if critique.left_out else ""
    pictures = pictures_footer(critique.pictures, len(draft.pictures))
    return " ".join(filter(None, (left, more, read, pictures, unread)))


def _read(critique: Critique, characters: int, platforms: tuple[str, ...]) -> str:
    places = ", ".join(platform(name) for name in platforms)
    if places:
        on_them = forms("{number} character read for {platforms}", "{number} characters read for {platforms}")
        read = several(characters, *on_them, platforms=places)
    else:
        read = several(characters, "{number} character read", "{number} characters read")
    if critique.state is not ReviewState.DONE:
        return say("Automated reply from Candor, {read}. People decide.", read=read)
    if said := recorded(critique.model):
        return f"{say('AI reply from Candor.')} {said}"
    if critique.model:
        return say("AI reply from Candor ({model}), {read}. People decide.", model=critique.model, read=read)
    return say("AI reply from Candor, {read}. People decide.", read=read)


def referred(code: str) -> str:
    """What people can tell whoever runs Candor."""
    return say("If you ask about it, give this reference: {code}.", code=code)


def news(must_fix: int) -> str:
    """One line in the thread: an edited message alone would go unnoticed."""
    found = forms(
        "The full review is ready, above. It found {number} more point that must be fixed.",
        "The full review is ready, above. It found {number} more points that must be fixed.",
    )
    return several(must_fix, *found)


def reply_summary(standing: Standing, points: list[str]) -> str:
    """The whole reply as one plain text, for notifications and screen readers."""
    return " ".join([say("Candor: {headline}", headline=headline(standing)), *points])


def reply_point(quote: str, why: str) -> str:
    """One finding in the plain text; a reason that names the words already does so alone."""
    told = again(why)
    return told if f"“{on_one_line(quote)}”" in why else say("“{quote}”: {why}", quote=quote, why=told)


# What people read about an edit: what became of the points before it.

SINCE = Phrase("Since the edit: ")
_LISTED = 3
_MARKS = {
    News.BROUGHT: Phrase("new with the edit"),
    News.BARED: Phrase("the words were there before"),
    News.MISSED: Phrase("missed before"),
}
_FIXED = forms("{number} fixed", "{number} fixed")
_SETTLED = forms(
    "{number} no longer flagged, with the words unchanged", "{number} no longer flagged, with the words unchanged"
)
_SINCE = {
    News.STILL: forms("{number} still open", "{number} still open"),
    News.BROUGHT: forms("{number} new with the edit", "{number} new with the edit"),
    News.BARED: forms("{number} on words that were there before", "{number} on words that were there before"),
    News.MISSED: forms("{number} missed before", "{number} missed before"),
}


def mark(news: News) -> str:
    """What stands behind the title of a point, "" where nothing is to be said."""
    return f" ({say(_MARKS[news])})" if news in _MARKS else ""


def since(standing: Standing, titles: Mapping[str, str]) -> str:
    """What the edit did, "" where there is nothing to tell."""
    delta = standing.delta
    gone = [_delta_listed(_FIXED, delta.fixed, titles), _delta_listed(_SETTLED, delta.settled, titles)]
    return ", ".join(filter(None, [*gone, *(_counted(standing, news) for news in _SINCE)]))


def _delta_listed(what: tuple[str, str], findings: tuple[Finding, ...], titles: Mapping[str, str]) -> str:
    if not findings:
        return ""
    named = [
        say("{problem}, “{quote}”", problem=problem_of(one, titles), quote=on_one_line(one.quote))
        for one in findings[:_LISTED]
    ]
    more = len(findings) - len(named)
    told = "; ".join([*named, *([say("and {number} more", number=more)] if more else [])])
    return f"{several(len(findings), *what)} ({told})"


def _counted(standing: Standing, news: News) -> str:
    number = sum(point.news is news and point.decision is Decision.OPEN for point in standing.points)
    return several(number, *_SINCE[news]) if number else ""


# What people read around a clean text.

OUTDATED = Phrase(
    "The draft has changed, so there's nothing to copy yet. Once the new version has been reviewed, your text will be "
    "here again, with the changes that still fit."
)
AS_FILE = Phrase("It's too long for a message, so it's in a file in this thread.")
NO_FILE = Phrase("It's too long for a message, and I can't upload files here. A workspace admin can allow that.")
FILE_TITLE = Phrase("Clean text")
FALLBACK = Phrase("Candor: your text with the changes you accepted.")
MADE_BY = Phrase("Automated message from Candor: your words and the changes you accepted, nothing else.")
BETWEEN = "\n\n---\n\n"
"""Between the posts in a file."""


def heading(content: CleanText) -> str:
    """What the block below it is."""
    changes = forms("Your text with {number} change", "Your text with {number} changes")
    text = several(content.changes, *changes) if content.changes else say("Your text with your changes")
    gaps = len(content.slots)
    return f"{text}, {several(gaps, '{number} gap to fill', '{number} gaps to fill')}" if gaps else text


def posts(content: CleanText) -> list[tuple[str, str]]:
    """What there is to copy: a heading for each post, "" where there is only one, and its words."""
    if len(content.posts) < len(("one", "other")):
        return [("", content.posts[0][1] if content.posts else content.text)]
    names = [platform(name) if name else say("Post") for name, _ in content.posts]
    seen: Counter[str] = Counter()
    headed: list[tuple[str, str]] = []
    for name, (_, text) in zip(names, content.posts, strict=True):
        seen[name] += 1
        headed.append((f"{name} {seen[name]}" if names.count(name) > 1 else name, text))
    return headed


_CLEAN_TEXT = "clean-text-"


def file_name(words: str) -> str:
    """``words`` is a short reference to what the file holds."""
    return f"{_CLEAN_TEXT}{words}.txt"


def is_clean_text(name: str) -> bool:
    """True for the name of such a file."""
    return name.startswith(_CLEAN_TEXT)


def to_fill_in(slots: tuple[str, ...]) -> str:
    """Which facts only the author can give; a gap that is there twice is named with its number."""
    named = [
        slot if number == 1 else say("{slot} ({number} times)", slot=slot, number=number)
        for slot, number in Counter(slots).items()
    ]
    return say("Gaps to fill: {slots}.", slots=", ".join(named))
