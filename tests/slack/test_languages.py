"""What Candor says in replies is there in every language of replies, whole, and nothing of it stays English."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from bot.core.brand.facts import FactKind
from bot.core.brand.variants import SetPost, ToldFact, ToldValue
from bot.core.deciding import Answer, Decision, GuidelineException, Mute, Rated, Scope, Verdict, VerdictReason
from bot.core.drafts import Click, Draft, Picture, Place, Target
from bot.core.findings import CLAIM_EVIDENCE, RECORDED_FACT, RECORDED_POST, CleanText, Edit, Finding
from bot.core.guidelines import Checks, Severity
from bot.core.judging import (
    RECORDED,
    Credentials,
    Critique,
    LeftOut,
    ModelPart,
    Outcome,
    PictureReview,
    Question,
    ReviewState,
    Signature,
    UseOfAI,
)
from bot.core.private_reviews import PrivateReview
from bot.core.reviewing import Delta, DraftRecord, Held, News, standing_of
from bot.core.settings import SPOKEN
from bot.core.sign_off import Act, OpenPoint, Prospect, Refusal, Refused, SignOff, SignOffAct, Source, Subject, Wish
from bot.core.watching import Hidden
from bot.core.words import deciding as deciding_words
from bot.core.words import guidelines as guideline_words
from bot.core.words import labels as label_words
from bot.core.words import sign_off as sign_off_words
from bot.core.words.brand import facts as fact_words
from bot.core.words.brand import posts as post_words
from bot.core.words.brand import variants as variant_words
from bot.core.words.people import CANCEL, ENGLISH, Language, again, listed, on, say, speaking
from bot.rules.engine import RuleEngine
from bot.slack.clicks import draft_in, feedback_window
from bot.slack.deciding import Page, answer_window, dismissal_window, exceptions_window
from bot.slack.languages import CATALOGUES, catalogued
from bot.slack.private_reviews import private_blocks
from bot.slack.reviewing import more_window, mute_window, muted_blocks, reply_blocks, reply_text, why_window, with_tools
from bot.slack.sign_off import approve_window, note_window, sign_off_blocks
from bot.slack.threads import clean_text_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guidelines import Library

BOT = Path(CATALOGUES).parents[2]
OTHERS = sorted(SPOKEN - {ENGLISH.code})
GAP = r"\{\w+\}"


def said_in(path: Path) -> Iterator[str | tuple[str, str]]:
    """Every sentence in a file that is looked up; calls inside f-strings count, which Babel's own extractor misses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            said = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if node.func.id in {"say", "Phrase"} and said:
                yield said[0]
            elif node.func.id in {"forms", "several"} and said:
                yield said[0], said[1]


def sentences(library: Library) -> set[str | tuple[str, str]]:
    found = {one for room in ("core/words", "slack") for path in (BOT / room).rglob("*.py") for one in said_in(path)}
    cited = [one for guideline in library.guidelines if (one := library.cited(guideline.id))]
    for guideline in cited:
        found |= {guideline.problem, guideline.why, *guideline.not_when, *(rule.why for rule in guideline.rules)}
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence_with_its_gaps_and_no_other(code: str, library: Library) -> None:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        found = [(forms_of(one.id), forms_of(one.string)) for one in read_po(file, locale=code, abort_invalid=True)]
    catalogue = dict(found[1:])  # behind the head
    wanted = {forms_of(one) for one in sentences(library)}
    assert sorted(wanted - catalogue.keys()) == []
    assert sorted(catalogue.keys() - wanted) == []
    for english, said in catalogue.items():
        assert len(english) == len(said)
        for there, here in zip(english, said, strict=True):
            assert sorted(set(re.findall(GAP, there))) == sorted(set(re.findall(GAP, here))), here
            assert here.strip(), there
            assert (there[-1:] == " ") == (here[-1:] == " "), here


def forms_of(sentence: object) -> tuple[str, ...]:
    """Of one thing, and of more where it counts."""
    return tuple(map(str, sentence)) if isinstance(sentence, list | tuple) else (str(sentence or ""),)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


@pytest.mark.parametrize("code", OTHERS)
def test_labels_fit_where_slack_shows_them(code: str) -> None:
    with speaking(catalogued(code)):
        titles = [deciding_words.DISMISSAL_TITLE, deciding_words.MORE_TITLE, deciding_words.MUTE]
        titles += [deciding_words.EXCEPTIONS_TITLE, deciding_words.FEEDBACK_TITLE, deciding_words.ANSWERS_TITLE]
        titles += [deciding_words.DISMISSAL_GONE_TITLE, deciding_words.ANSWERS_GONE_TITLE, deciding_words.DONE_TITLE]
        titles += [*sign_off_words.TITLES.values(), guideline_words.TITLE, deciding_words.DISMISSAL_SUBMIT]
        titles += [*sign_off_words.SEND.values(), CANCEL, deciding_words.FEEDBACK_SEND]
        assert [one for one in map(say, titles) if len(one) > 24] == []
        labels = [*sign_off_words.IN_MENU.values(), *deciding_words.DISMISSAL_REASONS.values()]
        assert [one for one in map(say, labels) if len(one) > 75] == []
        buttons = (deciding_words.USE, deciding_words.DISMISS, deciding_words.WHY, deciding_words.UNDO)
        assert [one for one in map(say, buttons) if len(one) > 12] == []


# A language of which every letter is another: whatever is still English was never looked up.


class Other(Language):
    """Puts a ø in the place of each letter outside the gaps."""

    code = "xx"

    def text(self, english: str) -> str:
        return re.sub(r"(\{\w+\})|[A-Za-z]", lambda found: found[1] or "ø", english)

    def texts(self, one: str, many: str, number: int) -> str:
        return self.text(super().texts(one, many, number))

    def day(self, day: date) -> str:
        return f"{day:%Y}"

    def listed(self, names: list[str]) -> str:
        return " øøø ".join(names)

    def again(self, said: str) -> str:
        return self.text(said)


TEXT = "QUOTE one\nQUOTE two"
PLACE = Place("T1", "C1", "1.0")
RECORD = DraftRecord(
    PLACE, "U1", Draft(TEXT, "instagram", pictures=(Picture(), Picture()), unread=2), revision="0", round=1
)
OWN = """QUOTE one two Instagram NOTE MODEL SLOT TAG candor exceptions quiet date_short_pretty time date UTC Jan MB
PNG JPEG WebP GIF aaaaaaaa bbbbbbbb"""
CLICK = Click(Target(RECORD.id, "abc"), "U1", "1.0")
PRIVATE = PrivateReview(PLACE, "U1", "1.0", 1.0, "U2", RECORD.draft, answer_to="")
EXCEPTION = GuidelineException(
    team="T1",
    id="e",
    guideline="a/b",
    ref="r",
    quote="QUOTE",
    scope=Scope.ALWAYS,
    author="U1",
    draft_id="d",
    created_at=0.0,
    note="NOTE",
    expires_at=1.0,
)
TITLES = {"a/b": "Problem", CLAIM_EVIDENCE: "Claim"}


def texts(value: object) -> Iterator[str]:
    """Every text of blocks, and what is read out."""
    if isinstance(value, dict):
        for name, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            if name in {"text", "accessibility_label", "alt_text"} and isinstance(inner, str):
                yield inner
            elif not isinstance(inner, str):
                yield from texts(inner)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for inner in value:  # pyright: ignore[reportUnknownVariableType]
            yield from texts(inner)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, str) and " " in value:
        yield value


def english(value: object) -> set[str]:
    return {word for one in texts(value) for word in re.findall(r"[A-Za-z_]{2,}", re.sub(r"<[^>]*>", "", one))} - {
        *OWN.split()
    }


def point(number: int, **more: Any) -> Finding:
    found = Finding(
        f"a/b{number}", Severity.MUST_FIX, 0, end=9, quote="QUOTE one", why="Reason.", edit=Edit(0, 9, "two")
    )
    return replace(found, **more)


def critiques() -> Iterator[Critique]:
    said = [Credentials(signature, ai, "MODEL") for ai in UseOfAI for signature in Signature]
    said = [one for one in said if one.ai is UseOfAI.NONE or one.signature is not Signature.ABSENT]
    looks = PictureReview(
        1,
        model="MODEL",
        left_out=(LeftOut.TOO_LARGE, LeftOut.UNPAID),
        alt_texts=((1, "QUOTE"),),
        credentials=tuple(enumerate(said)),
    )
    points = (
        point(1, edit=Edit(0, 9, "")),
        point(2, edit=Edit(0, 0, "two", gone=((3, 5),))),
        point(3, edit=Edit(0, 0, "two"), severity=Severity.CONSIDER, parts=((0, 2), (3, 5))),
        point(4, rule=f"{RECORDED_POST}p", severity=Severity.SHOULD_FIX),
        point(5, guideline=CLAIM_EVIDENCE, rule=f"{RECORDED_FACT}f"),
    )
    asked = (Question("a/c", "Question?", ("Yes", "No")),)
    leads = tuple(point(n, guideline="a/b", quote=f"QUOTE {n}", lead=True) for n in (7, 8, 9, 10))
    full = Critique(Outcome.FINDINGS, points, asked, fixed_rules_only=False, model="MODEL", pictures=looks, leads=leads)
    yield replace(full, unplaced=2, left_out=1, doubts=2, own_set=3)
    yield replace(full, findings=points[:1], questions=(), leads=(), unplaced=0)
    yield Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, model=f"{RECORDED}2026-11-01")
    yield Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=False, doubts=1)
    yield Critique(Outcome.COULD_NOT_REVIEW)
    yield Critique(Outcome.NOT_A_DRAFT)
    yield Critique(Outcome.NOT_A_DRAFT, fixed_rules_only=False)
    for part in ModelPart:
        yield Critique(
            Outcome.FINDINGS,
            points,
            asked,
            fixed_rules_only=True,
            model_part=part,
            leads=leads,
            checks=Checks(3, 9, "de"),
        )
        yield Critique(Outcome.NOTHING_TO_FLAG, fixed_rules_only=True, model_part=part, checks=Checks(3, 3))


VERDICTS = (
    Verdict(point(1).ref, Decision.USED, "U1", at="1.0", revision="0"),
    Verdict(point(2).ref, Decision.DISMISSED, "U1", at="1.0", revision="0", reason=VerdictReason.PROOF, note="NOTE"),
)
ANSWERS = (Answer("a/c", "Yes", "U1", at="1.0", question="Question?", options=("Yes", "No")),)


def test_nothing_in_a_reply_stays_english() -> None:
    edit = Delta((point(6),), (point(7),), (point(1),), brought=(point(3),), bared=(point(4),), missed=(point(5),))
    marked = replace(RECORD, mute=Mute("U1", 1.0, (OpenPoint(Severity.CONSIDER, "a/b"),)))
    with speaking(Other()):
        for critique in critiques():
            plain, decided = standing_of(critique), standing_of(critique, VERDICTS, ANSWERS)
            news = tuple(replace(one, news=what) for one, what in zip(plain.points, News, strict=False))
            for standing in (
                plain,
                decided,
                replace(plain, points=news, delta=edit),
                replace(plain, points=(), held=Held(plain.points, plain.questions, critique.leads)),
                replace(plain, points=(), excepted=((point(1), EXCEPTION),)),
            ):
                made = reply_blocks(standing, RECORD, TITLES)
                assert english(with_tools(made, RECORD, Act.ASKED, simple=True)) == set()
                assert english(with_tools(made, RECORD, Act.HELD)) == set()
                assert english([reply_text(standing)]) == set()
                assert english(more_window(standing, marked, TITLES)) == set()
                assert english(private_blocks(standing, PRIVATE, TITLES)) == set()
        assert english(muted_blocks(Mute("U1", 1.0, (OpenPoint(Severity.MUST_FIX, "a/b"),)), RECORD)) == set()
        assert english(mute_window(CLICK, 2)) == set()


def test_nothing_in_the_windows_of_a_reply_stays_english(library: Library) -> None:
    chosen = {"reason": VerdictReason.OTHER, "scope": deciding_words.OTHER_CAMPAIGN}
    with speaking(Other()):
        guideline = library.guidelines[0]
        assert english(why_window(replace(guideline, title="QUOTE"))) == set()
        assert english(dismissal_window((point(1), "QUOTE #TAG"), CLICK, "", 0.0, chosen=chosen)) == set()
        assert english(dismissal_window((point(1), "QUOTE #TAG"), CLICK, "", 0.0)) == set()
        assert english(answer_window(ANSWERS[0], CLICK)) == set()
        assert english(feedback_window(Rated("d", "0"))) == set()
        listed = (EXCEPTION, replace(EXCEPTION, author="", quote="", general=False, campaign="TAG"))
        assert english(exceptions_window((listed, Hidden()), TITLES, Page("d"))) == set()


def test_nothing_around_a_clean_text_stays_english() -> None:
    posts = (("instagram", "one"), ("", "two"))
    with speaking(Other()):
        for content in (
            CleanText("0", "one", ("[SLOT]", "[SLOT]"), posts=posts, changes=2),
            CleanText("0", "one"),
            CleanText("0", "one" * 9_999),
            CleanText("0", "one", outdated=True),
        ):
            assert english(clean_text_blocks(content)) == set()


def test_nothing_in_a_sign_off_stays_english() -> None:
    subject, later = Subject(Source.DRAFT, "a" * 64), Subject(Source.CLEAN, "b" * 64)
    opened = tuple(OpenPoint(severity, f"a/b{severity}") for severity in Severity)
    with speaking(Other()):
        for act in Act:
            last = SignOffAct("k", act, "U1", at=1.0, subject=subject, note="NOTE", open=opened)
            for state in ReviewState:
                now = Prospect(subject, opened, state)
                unread = replace(last, reviewed=False)
                for history in ((last,), (last, unread), (replace(last, open=()),)):
                    for text in (subject, later):
                        made = sign_off_blocks(SignOff(text, history, ("U1",), now=now), RECORD, TITLES)
                        assert english(made) == set()
                wish = Wish(RECORD.id, "U1", act, subject=subject, key="k")
                if act is Act.APPROVED and now.needs_care:
                    assert english(approve_window(wish, now, TITLES)) == set()
                if act in sign_off_words.NOTE_LABEL:
                    assert english(note_window(wish)) == set()
        said = [sign_off_words.refused(Refused(why, ("U1",))) for why in Refusal]
        assert english([*said, *map(say, sign_off_words.TAKEN.values())]) == set()


# What was kept in English is said again in the language of the reply.


@pytest.fixture
def german() -> Iterator[None]:
    with speaking(catalogued("de")):
        yield


@pytest.mark.usefixtures("german")
def test_reasons_of_fixed_checks_are_said_again_with_the_words_that_they_name(library: Library) -> None:
    draft = Draft("Jetzt zugreifen! #spon @brioclean")
    found = [again(one.why) for one in RuleEngine(library).findings(draft)]
    assert (
        "„#spon“ sagt den meisten nichts darüber, wer bezahlt hat. Setz stattdessen eine klare Kennzeichnung wie "
        "„Anzeige“ an den Anfang." in (found)
    )
    hidden = "There are hidden characters here (U+200B). Readers can't see them; search engines and screen readers "
    assert again(f"{hidden}trip over them.").startswith("Hier stecken versteckte Zeichen (U+200B). Menschen")


@pytest.mark.usefixtures("german")
def test_what_code_said_about_facts_posts_and_labels_is_said_again() -> None:
    with speaking(ENGLISH):
        source = fact_words.source("the handbook", since="", until="", noted="2026-11-01")
        fact = fact_words.contradiction("Cabin bag included", source)
        lapsed = fact_words.unsupported("Vegan", "lab.pdf", since="", until="2026-10-01", only="")
        post = post_words.source("2026-03-01", "linkedin", approved=True)
        told = post_words.contradiction(post, "We ship in May.", "https://slack.example/p1", "Das verwirrt.")
        label = label_words.why("Yes") + " " + label_words.source("ICC", "2026-11-01")
    assert again(fact) == (
        "Im Faktenblatt steht: „Cabin bag included“ (the handbook; notiert am 1. November 2026). Wer vergleicht und "
        "zwei verschiedene Angaben findet, zweifelt an beiden."
    )
    assert "aber dieser Beleg ist am 1. Oktober 2026 abgelaufen. Ergänze" in again(lapsed)
    assert again(told) == (
        "In einem Post, der am 1. März 2026 für LinkedIn freigegeben wurde, steht: „We ship in May.“ "
        "https://slack.example/p1\nDas verwirrt."
    )
    assert again(label).startswith("Du hast „Ja“ geantwortet. Sag es")
    assert again(label).endswith("Quelle: ICC, geprüft am 1. November 2026. Das ist keine Rechtsberatung.")


@pytest.mark.usefixtures("german")
def test_what_a_model_or_a_team_wrote_stays_as_it_is() -> None:
    for own in ("Leser fühlen sich gedrängt. Nenn den Tag.", "Readers feel rushed. Name the day!", "until tomorrow"):
        assert again(own) == own
        assert say(own) == own
    assert again("Das drängt. These words are nobody's. Yes") == "Das drängt. These words are nobody's. Ja"


def test_days_are_written_as_people_write_them() -> None:
    first = date(2026, 12, 1)
    said = {}
    for code in OTHERS:
        with speaking(catalogued(code)):
            said[code] = on(first)
    assert said == {"de": "1. Dezember 2026", "es": "1 de diciembre de 2026", "fr": "1er décembre 2026"}


@pytest.mark.parametrize(
    ("code", "names", "said"),
    [
        ("de", ["Facebook", "X", "Instagram"], "Facebook, X und Instagram"),
        ("fr", ["Facebook", "X", "Instagram"], "Facebook, X et Instagram"),
        ("es", ["X", "Facebook"], "X y Facebook"),
        ("es", ["Facebook", "X", "Instagram"], "Facebook, X e Instagram"),
        ("es", ["“nada”", "“Hilo rojo”"], "“nada” e “Hilo rojo”"),
        ("es", ["agua", "hielo"], "agua y hielo"),
        ("es", ["1 cambio"], "1 cambio"),
        ("es", [], ""),
    ],
)
def test_a_list_is_joined_as_people_write_it(code: str, names: list[str], said: str) -> None:
    with speaking(catalogued(code)):
        assert listed(names) == said


def test_the_draft_that_something_is_about_is_found_in_clicks_choices_and_windows() -> None:
    value = Target("T1:C1:1.0", "abc").value
    assert draft_in({"actions": [{"value": value}]}) == "T1:C1:1.0"
    assert draft_in({"actions": [{"selected_option": {"value": value}}]}) == "T1:C1:1.0"
    memo = {"view": {"private_metadata": f"{value}\n5.0\n"}}
    assert draft_in(memo) == draft_in(memo | {"actions": [{"selected_option": {"value": "here"}}]}) == "T1:C1:1.0"
    assert draft_in({"view": {"private_metadata": '["T1:C1:1.0", "0"]'}}) == "T1:C1:1.0"
    assert draft_in({"actions": [{"value": "nonsense"}]}) == ""


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SetPost("", "1"), SetPost("", "2")),
        (SetPost("", "1", platform="x"), SetPost("", "2", platform="facebook")),
        (SetPost("", "Short", "Short"), SetPost("", "Long", "Long")),
        (SetPost("", "Students", "Students"), SetPost("", "Parents", "Parents")),
    ],
)
def test_what_variants_say_otherwise_is_told_again_in_the_language(code: str, one: SetPost, other: SetPost) -> None:
    values = tuple(ToldValue(shown, f"Tea costs {shown}", (at,)) for at, shown in enumerate(("£3", "£4")))
    why = variant_words.other_readers((one, other), ToldFact(FactKind.PRICE, "Tea costs …", values))
    with speaking(catalogued(code)):
        told = again(why)
    assert not [word for word in ("says", "variant for", "draft", "Unless", "Would") if word in told], told
