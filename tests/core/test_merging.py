from __future__ import annotations

from dataclasses import replace

from bot.core.drafts import Draft
from bot.core.findings import Edit, Finding, Origin, joined, merge, one_per_sentence, pieces
from bot.core.guidelines import Severity
from bot.core.judging import Case

TEXT = "Act now before it is gone, friends of the sea."


def finding(quote: str, guideline: str, origin: Origin, edit: str | None = None) -> Finding:
    start = TEXT.index(quote)
    end = start + len(quote)
    change = None if edit is None else Edit(start, end, edit)
    why = f"{origin} says why."
    return Finding(
        guideline,
        Severity.SHOULD_FIX,
        start,
        end=end,
        quote=quote,
        why=why,
        edit=change,
        rule=origin.value,
        origin=origin,
    )


PRESSURE = "user-control/no-false-pressure"


def test_where_both_found_it_the_rule_stays_in_the_models_words() -> None:
    rule = finding("Act now", PRESSURE, Origin.RULE, edit="Order by [date]")
    judged = finding("Act now before", "user-control/no-fear-hook", Origin.MODEL, edit="Come by")
    (merged,) = merge([rule], [judged])
    assert (merged.guideline, merged.quote, merged.key) == (PRESSURE, "Act now", rule.key)
    assert (merged.why, merged.edit, merged.origin) == ("model says why.", rule.edit, Origin.RULE)


def test_for_the_same_words_the_models_edit_is_taken() -> None:
    rule = finding("Act now", PRESSURE, Origin.RULE)
    judged = finding("Act now", PRESSURE, Origin.MODEL, edit="Come by")
    assert merge([rule], [judged])[0].replacement == "Come by"
    moves = replace(rule, edit=Edit(0, 0, "#ad ", gone=((rule.start, rule.end),)))
    assert merge([moves], [judged])[0].edit == moves.edit
    plain = finding("Act now", PRESSURE, Origin.MODEL)
    assert merge([rule], [plain])[0].edit is None


def test_where_the_rule_has_no_edit_the_models_is_taken_if_it_changes_these_words() -> None:
    rule = finding("Act now", PRESSURE, Origin.RULE)
    wider = finding("Act now before it is gone", PRESSURE, Origin.MODEL, edit="Come by")
    (merged,) = merge([rule], [wider])
    assert (merged.quote, merged.edit) == ("Act now", wider.edit)
    assert merged.change(TEXT) == ("Act now before it is gone", "Come by")
    beside = replace(wider, edit=Edit(8, len(TEXT), "or later"))
    assert merge([rule], [beside])[0].edit is None
    own = finding("Act now", PRESSURE, Origin.RULE, edit="Order by [date]")
    assert merge([own], [wider])[0].edit == own.edit


def test_what_nobody_can_dismiss_keeps_its_own_words() -> None:
    rule = replace(finding("Act now", PRESSURE, Origin.RULE), dismissable=False)
    judged = finding("Act now", PRESSURE, Origin.MODEL, edit="Come by")
    assert merge([rule], [judged]) == (rule,)


def test_a_rules_must_fix_gives_way_to_nothing_that_a_model_says() -> None:
    rule = replace(finding("Act now", PRESSURE, Origin.RULE), severity=Severity.MUST_FIX)
    judged = replace(finding(TEXT, "user-control/no-fear-hook", Origin.MODEL), severity=Severity.MUST_FIX)
    assert set(merge([rule], [judged])) == {rule, judged}
    mild = finding("Act now", PRESSURE, Origin.RULE)
    assert merge([mild], [judged]) == (judged,)


def test_other_families_and_other_words_are_points_of_their_own() -> None:
    rule = finding("Act now", PRESSURE, Origin.RULE)
    other_family = finding("Act now", "authenticity/human-voice", Origin.MODEL)
    other_words = finding("friends of the sea", PRESSURE, Origin.MODEL)
    assert set(merge([rule], [other_family, other_words])) == {rule, other_family, other_words}


def test_a_models_point_is_not_lost_to_one_that_shares_a_few_of_its_words() -> None:
    short = finding("Act now before it is", PRESSURE, Origin.MODEL)
    long = finding("it is gone, friends of the sea", "user-control/no-fear-hook", Origin.MODEL)
    assert merge([], [short, long]) == (short, long)
    wide = finding("Act now before it is gone", "user-control/way-out", Origin.MODEL)
    assert merge([], [short, wide]) == (wide,)
    mark = replace(finding("sea", PRESSURE, Origin.RULE), severity=Severity.MUST_FIX)
    whole = finding(TEXT, "user-control/no-fear-hook", Origin.MODEL)
    beside = finding("now before it is gone", PRESSURE, Origin.MODEL)
    assert merge([mark, finding("Act now", PRESSURE, Origin.RULE)], [whole, beside]) == (mark, whole, beside)


def test_words_inside_a_sentence_may_break_a_guideline_of_their_own() -> None:
    rule = replace(finding("before it", "user-control/safe-to-publish", Origin.RULE), dismissable=False)
    judged = finding("Act now before it is gone", PRESSURE, Origin.MODEL)
    assert merge([rule], [judged]) == (judged, rule)
    (alone,) = merge([replace(rule, dismissable=True)], [judged])
    assert (alone.guideline, alone.why) == (PRESSURE, judged.why)


def in_text(text: str, quote: str, origin: Origin = Origin.MODEL, edit: str | None = "calm") -> Finding:
    start = text.index(quote)
    end = start + len(quote)
    change = None if edit is None else Edit(start, end, edit)
    return Finding(
        PRESSURE, Severity.SHOULD_FIX, start, end=end, quote=quote, why=f"Why {quote}.", edit=change, origin=origin
    )


THREE = "Hurry, only 3 left and it ends soon! Act now.\nLast chance, be quick… or late."


def test_one_finding_stands_for_each_guideline_and_sentence() -> None:
    quotes = ("Hurry", "only 3 left", "ends soon!", "Act now", "Last chance", "be quick", "late")
    other = replace(in_text(THREE, "it"), guideline="authenticity/human-voice")
    found = one_per_sentence([*(in_text(THREE, quote) for quote in quotes), other], THREE)
    assert [(one.quote, len(one.each)) for one in found] == [
        ("Hurry, only 3 left and it ends soon!", 3),
        ("it", 1),
        ("Act now", 1),
        ("Last chance, be quick", 2),
        ("late", 1),
    ]
    assert found[0].why == "Why Hurry."
    assert found[0].replacement == "calm, calm and it calm"
    assert one_per_sentence(found, THREE) == found


def test_it_has_a_rewording_only_where_a_model_wrote_one_for_every_place_or_all_have_the_same() -> None:
    hurry, left = in_text(THREE, "Hurry"), in_text(THREE, "only 3 left")
    severe = replace(left, severity=Severity.MUST_FIX)
    assert joined([hurry, severe], THREE).severity is Severity.MUST_FIX
    assert joined([hurry, severe], THREE).why == severe.why
    assert joined([hurry, replace(left, edit=None)], THREE).edit is None
    by_rule = joined([hurry, replace(left, origin=Origin.RULE)], THREE)
    assert (by_rule.edit, by_rule.origin) == (None, Origin.RULE)
    label = Edit(0, 0, "Ad: ")
    assert joined([replace(one, edit=label, origin=Origin.RULE) for one in (hurry, left)], THREE).edit == label
    moves = [
        replace(hurry, edit=Edit(0, 0, "Ad: ", gone=((9, 12),))),
        replace(left, edit=Edit(0, 0, "Ad: ", gone=((3, 5),))),
    ]
    assert joined(moves, THREE).edit == Edit(0, 0, "Ad: ", gone=((3, 5), (9, 12)))
    assert joined([hurry, replace(left, edit=replace(left.edit or label, start=0))], THREE).edit is None
    outside = replace(left, edit=Edit(left.start, len(THREE), ""))
    assert joined([hurry, outside], THREE).edit is None


def test_secrets_and_personal_data_are_not_joined() -> None:
    hurry, left = in_text(THREE, "Hurry"), in_text(THREE, "only 3 left")
    kept = [replace(one, dismissable=False) for one in (hurry, left)]
    assert len(one_per_sentence(kept, THREE)) == 2
    assert len(one_per_sentence([hurry, kept[1]], THREE)) == 2
    personal = [replace(one, guideline="user-control/safe-to-publish") for one in (hurry, left)]
    assert len(one_per_sentence(personal, THREE)) == 2


def test_what_was_decided_about_one_place_counts_for_it_alone() -> None:
    places = [in_text(THREE, quote) for quote in ("Hurry", "only 3 left", "ends soon!")]
    three = joined(places, THREE)
    assert pieces(three, THREE, lambda _: False) == [three]
    assert pieces(three, THREE, lambda one: one.ref == three.ref) == [three]
    assert pieces(three, THREE, lambda one: one == places[0]) == [joined(places[1:], THREE), places[0]]
    assert pieces(three, THREE, lambda one: one in places[:2]) == [places[2], *places[:2]]
    assert pieces(three, THREE, lambda one: one in places) == places


def test_a_case_knows_what_is_certain_from_what_somebody_has_to_confirm() -> None:
    sure = Finding("a/b", Severity.CONSIDER, 0, end=1, quote="B", why="Why.")
    lead = replace(sure, lead=True)
    case = Case("T1", "U1", Draft("Bread"), found=(sure, lead))
    assert (case.certain, case.leads) == ((sure,), (lead,))


def test_points_about_two_facts_in_one_sentence_stay_apart_each_with_its_own_fact() -> None:
    found = [replace(in_text(THREE, quote), rule=f"fact:{quote}") for quote in ("Hurry", "only 3 left")]
    assert one_per_sentence(found, THREE) == tuple(found)
