"""What people read about what came of the reviews. Texts are in Slack's markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.digesting import ENOUGH
from bot.core.words.deciding import SAID
from bot.core.words.digesting import days, duration
from bot.core.words.people import SOMEBODY, count
from bot.core.words.spending import money, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.deciding import VerdictReason
    from bot.core.proof import GuidelineProof, LevelCount, Proof, Rate, RecordedChange

HELP = "print what came of the reviews in a workspace: what was used, dismissed or edited out"
ABOUT = (
    "Print, by guideline, how many points were shown, used, dismissed (and why) or edited out without a click (from "
    f"{ENOUGH} points up also in percent, with 95% intervals); points that came back after a dismissal; the median "
    "time to a reply; and what an accepted change cost. Only drafts that still exist are counted, and nothing is "
    "counted per person."
)
JSON_HELP = "print JSON"
CSV_HELP = "print CSV, one line per guideline"
MONTHS_HELP = "how many calendar months to count, including this one (default: 3)"
TITLE = "What came of my reviews"
BUTTON = "Proof"
ONLY_LEADS = "Only brand leads can see these figures. My Home tab shows who they are."
BY_GUIDELINE = "By guideline"
NOTHING = "No points were shown in this period."
RANGE = "In brackets: the percentage of the points shown, and its likely range (95%)."
FEW = f"I give percentages from {ENOUGH} points up. Below that, they'd only be chance."
COUNTED = "I only count drafts that still exist, and nothing per person."
NO_REASON = "no reason given"
NONE_DECIDED = "not yet used, dismissed or edited out"
_ANSWERS = {"used": "used", "dismissed": "dismissed", "edited_away": "edited out"}


CHANGES_HELP = "instead, print who changed what: settings, facts, guidelines, sign-offs and exceptions"
NO_CHANGES = "Nothing was changed in this period."


def figures(proof: Proof) -> list[str]:
    """What isn't about one guideline."""
    counts = proof.counts
    said = [f"*{days(proof.period, proof.zone)}*"]
    if counts.median_wait is not None:
        replies = f"Half of the {counts.replies:,} replies" if counts.replies > 1 else "The only reply"
        said.append(f"• {replies} came within {duration(counts.median_wait)}.")
    said.append(f"• Points that came back after a dismissal: {counts.repeats}")
    return [*said, f"• {_cost(proof)}"]


def _cost(proof: Proof) -> str:
    changes, spent = count(proof.accepted, "accepted change"), proof.spent
    if not proof.accepted:
        return f"No changes accepted yet; the language model {'cost' if proof.priced else 'used'} {_spent(proof)}."
    if not spent.tokens:
        return f"{changes.capitalize()}; the language model {'cost' if proof.priced else 'used'} {_spent(proof)}."
    each = money(spent.dollars / proof.accepted) if proof.priced else tokens(round(spent.tokens / proof.accepted))
    return f"Each accepted change cost {each}: {_spent(proof)} for {changes}."


def _spent(proof: Proof) -> str:
    return money(proof.spent.dollars) if proof.priced else tokens(proof.spent.tokens)


def guidelines(proof: Proof, titles: Mapping[str, str]) -> list[str]:
    """A line for each; ``titles`` are safe in markup."""
    return [_line(one, titles.get(one.guideline, one.guideline)) for one in proof.counts.guidelines]


def below(proof: Proof) -> str:
    """How to read the lines above it."""
    enough = {share.says_something for one in proof.counts.guidelines for share in one.rates.values()}
    return " ".join([*([RANGE] if True in enough else []), *([FEW] if False in enough else []), COUNTED])


def not_shown(number: int) -> str:
    """Below as many as a message holds."""
    return f"…and {count(number, 'more guideline')}. The command line prints all of them: `candor proof`."


def _line(one: GuidelineProof, title: str) -> str:
    return f"• *{title}*: {one.shown} shown, {', '.join(_answers(one)) or NONE_DECIDED}"


def _answers(one: GuidelineProof) -> Iterator[str]:
    """Of enough points all of them, as a share of none says something, too."""
    why = ", ".join(f"{_reason(reason)} {number}" for reason, number in one.dismissed)
    for name, share in one.rates.items():
        if share.count or share.says_something:
            because = f" ({why})" if why and name == "dismissed" else ""
            yield f"{_share(share)} {_ANSWERS[name]}{because}"


def _reason(reason: VerdictReason | None) -> str:
    return SAID[reason].partition(":")[0].lower() if reason else NO_REASON


def _share(share: Rate) -> str:
    """Never a percentage without its range, and none of a few."""
    if share.value is None or share.low is None or share.high is None or not share.says_something:
        return str(share.count)
    return f"{share.count} ({share.value:.0%}, {share.low:.0%}–{share.high:.0%})"


def in_plain_text(proof: Proof, titles: Mapping[str, str]) -> str:
    """Everything, for a terminal."""
    lines = [*figures(proof), f"*{BY_GUIDELINE}*", *(guidelines(proof, titles) or [NOTHING]), below(proof)]
    return "".join(f"{line.replace('*', '')}\n" for line in lines)


def changes(made: Sequence[RecordedChange]) -> str:
    """Who changed what, for a terminal."""
    return "".join(f"{_change(one)}\n" for one in made) or f"{NO_CHANGES}\n"


def _change(one: RecordedChange) -> str:
    moment = datetime.fromtimestamp(one.at, UTC)
    values = " → ".join(" ".join(value.split()) or "–" for value in (one.old, one.new)) if one.old or one.new else ""
    said = f"{moment:%Y-%m-%d %H:%M} UTC  {one.kind.replace('_', '-')} {one.about}: {one.act} by {one.user or SOMEBODY}"
    return f"{said}: {values}" if values else said


def would_flag(one: LevelCount, drafts: int) -> str:
    """What a level would have done with the latest drafts; Slack shows 75 characters."""
    of = "your last draft" if drafts == 1 else f"your last {drafts} drafts"
    if not one.flagged:
        return f"Flags none of {of}."
    fine = f"{one.fine or 'none'} of them {'were fine posts' if one.fine > 1 else 'was a fine post'}"
    return f"Flags {one.flagged} of {of}; {fine}."
