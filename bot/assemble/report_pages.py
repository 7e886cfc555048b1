"""What comparisons and audits found: one page each, which needs no network and no script, and an audit as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.core.brand.audit import MOST_LISTED, listed
from bot.core.brand.variants import Agreement, heads_of, matrix_of, swapped
from bot.core.proof import comma_separated, document
from bot.core.words.brand import audit as audit_words
from bot.core.words.brand import variants as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.core.brand.audit import AuditReport, AuditResult, AuditRow
    from bot.core.brand.variants import SetComparison, SetPost, ToldFact, ToldValue


# Variants beside one another.

STYLE = """
h1{margin-bottom:.2rem}.lead{font-size:1.15rem;margin-top:0}h2{margin:2.2rem 0 .3rem}
.fact{border:1px solid var(--line);border-radius:.5rem;padding:.7rem 1rem;margin:.7rem 0}
.fact h3{font-size:1rem;margin:0 0 .5rem}
.sides{display:grid;gap:.5rem 1.2rem;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}
.sides>div{border-left:3px solid var(--line);padding-left:.7rem}.must .sides>div{border-color:#e0452f}
.sides b{font-size:1.1rem}.said{overflow-wrap:anywhere}
.matrix td,.matrix th{white-space:normal;text-align:left;vertical-align:top;min-width:6rem}
.matrix td:first-child{min-width:14rem}.must>td:first-child{border-left:3px solid #e0452f;padding-left:.5rem}
.post{white-space:pre-wrap;overflow-wrap:anywhere}.first{border-left:4px solid #e0452f;padding-left:.8rem}
.bars{display:grid;gap:.15rem .8rem;grid-template-columns:minmax(9rem,22rem) 1fr max-content;align-items:center}
.bar{background:var(--line);height:.8rem;border-radius:.2rem;overflow:hidden;position:relative}
.bar i,.bar b{position:absolute;inset:0 auto 0 0;background:#d98a5b}.bar b{background:#a8321f}.fact ul{margin:.4rem 0 0}
"""
MOST_SHOWN = 200
"""Matters of one sort that a page shows."""


def comparison_page(compared: SetComparison, report: AuditReport | None = None) -> str:
    """The whole document, with the ``report`` of what a language model said of some."""
    read = report if report and report.model else None
    contradicting = compared.of(Agreement.CONTRADICTS)
    looks = compared.of(Agreement.LOOK)
    parts = (
        f"<h1>{escape(words.TITLE)}</h1>",
        f'<p class="lead">{escape(words.headline(compared, len(contradicting), len(looks)))}</p>',
        *_facts(compared, contradicting, words.CONTRADICTIONS, note=words.CONTRADICTIONS_ARE, name="must"),
        *_drifts(compared),
        *_facts(compared, looks, words.MAY_BE_MEANT, note=words.MAY_BE_MEANT_ARE),
        *_partly(compared),
        *_swap(compared),
        *_matrix(compared),
        *_facts(compared, compared.of(Agreement.PERSONAL), words.PERSONAL, note=words.PERSONAL_ARE),
        *(_worst(read) if read else ()),
        _heading(words.HOW, words.how(compared, heads=len(heads_of(compared)) if read else 0)),
    )
    return document(words.TITLE, parts, STYLE)


def _heading(title: str, note: str) -> str:
    """A heading, and a line below it."""
    return f'<h2>{escape(title)}</h2><p class="note">{escape(note)}</p>'


def _facts(
    compared: SetComparison,
    facts: Sequence[ToldFact],
    title: str,
    *,
    note: str,
    name: str = "",
    who: Callable[[SetComparison, ToldValue], str] = words.told_by,
) -> Iterator[str]:
    if not facts:
        return
    yield _heading(f"{title} ({len(facts):,})", note)
    for fact in facts[:MOST_SHOWN]:
        yield _fact(compared, fact, name, who=who)
    if len(facts) > MOST_SHOWN:
        yield f"<p>{escape(words.more(len(facts) - MOST_SHOWN))}</p>"


def _partly(compared: SetComparison) -> Iterator[str]:
    facts = compared.of(Agreement.PARTLY)
    if facts:
        yield _heading(f"{words.PARTLY} ({len(facts):,})", words.PARTLY_ARE)
        lines = (f"<li>{escape(words.partly_told(compared, fact))}</li>" for fact in facts[:MOST_SHOWN])
        yield f"<ul>{''.join(lines)}</ul>"


_MOST_VALUES = 6


def _fact(compared: SetComparison, fact: ToldFact, name: str, *, who: Callable[[SetComparison, ToldValue], str]) -> str:
    """One matter with its values side by side. ``name`` is that of its looks."""
    sides = "".join(_side(value, who(compared, value)) for value in fact.compared[:_MOST_VALUES])
    left = len(fact.compared) - _MOST_VALUES
    more = f'<p class="note">{escape(words.more(left))}</p>' if left > 0 else ""
    head = f"<h3>{escape(words.matter(fact))}</h3>"
    return f'<section class="fact {name}">{head}<div class="sides">{sides}</div>{more}</section>'


def _side(value: ToldValue, who: str) -> str:
    said = f'<br><span class="said">{escape(words.sentence(value))}</span>' if value.sentence else ""
    return f'<div><b>{escape(value.shown)}</b>{said}<br><span class="id">{escape(who)}</span></div>'


def _drifts(compared: SetComparison) -> Iterator[str]:
    if not compared.drifts:
        return
    yield _heading(f"{words.DRIFT} ({len(compared.drifts):,})", words.DRIFT_IS)
    for drift in compared.drifts[:MOST_SHOWN]:
        who = escape(words.drifted(compared, drift))
        said = f'<div class="said">“{escape(drift.quote)}”<br><span class="id">{who}</span></div>'
        sheet = f'<div class="said">{escape(drift.fact)}</div>'
        yield f'<section class="fact must"><div class="sides">{said}{sheet}</div></section>'
    if len(compared.drifts) > MOST_SHOWN:
        yield f"<p>{escape(words.more(len(compared.drifts) - MOST_SHOWN))}</p>"


def _swap(compared: SetComparison) -> Iterator[str]:
    pair = swapped(compared)
    yield _heading(words.SWAP, words.SWAP_QUESTION if pair else words.SWAP_ONE)
    if pair:
        yield f'<div class="sides">{"".join(_post(post, compared) for post in pair)}</div>'


def _post(post: SetPost, compared: SetComparison) -> str:
    return f'<div><b>{escape(words.called(post, compared.alone))}</b><div class="post">{escape(post.text)}</div></div>'


def _matrix(compared: SetComparison) -> Iterator[str]:
    matrix = matrix_of(compared)
    if not matrix.facts:
        return
    yield f"<h2>{escape(words.MATRIX)}</h2>"
    rows = (
        (words.matter(fact), *(words.cell(cell, size) for cell, (_, size) in zip(row, matrix.columns, strict=True)))
        for fact, row in zip(matrix.facts, matrix.cells, strict=True)
    )
    marks = ("must" if fact.verdict is Agreement.CONTRADICTS else "" for fact in matrix.facts)
    yield _table(["", *(words.column(name, size, compared.alone) for name, size in matrix.columns)], rows, marks)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], marks: Iterable[str]) -> str:
    """A table that scrolls where it is wide; ``marks`` name the looks of its rows."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "".join(
        f'<tr class="{mark}">{"".join(f"<td>{escape(cell)}</td>" for cell in row)}</tr>'
        for row, mark in zip(rows, marks, strict=True)
    )
    return (
        f'<div class="wide"><table class="matrix"><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table></div>'
    )


# Variants as a table.

_IDS = 200


def comparison_rows(compared: SetComparison) -> Iterator[Sequence[str]]:
    """A row for each value of everything that does not simply agree, and for what differs from the sheet."""
    yield words.COLUMNS
    for fact in compared.of(*(verdict for verdict in Agreement if verdict is not Agreement.AGREES)):
        for value in fact.compared:
            said = (fact.verdict.value, fact.kind.value, fact.label, value.shown)
            yield *said, *_those(compared, value.posts), value.sentence
    for drift in compared.drifts:
        yield "drift", "", drift.fact, "", *_those(compared, drift.posts), drift.quote


def _those(compared: SetComparison, numbers: Sequence[int]) -> tuple[str, str, str]:
    posts = [compared.posts[number] for number in numbers]
    audiences = ", ".join(sorted({post.audience for post in posts if post.audience}))
    return str(len(posts)), audiences, " ".join(post.name for post in posts[:_IDS])


# An audit.


def audit_page(report: AuditReport) -> str:
    """The whole document."""
    first, compared = audit_words.not_reviewed(report), report.compared
    parts = (
        f"<h1>{escape(audit_words.TITLE)}</h1>",
        f'<p class="lead first">{escape(first)}</p>' if first else "",
        f'<p class="lead">{escape(audit_words.headline(report))}</p>',
        *_bars(report.recurring, audit_words.RECURRING, audit_words.RECURRING_ARE, named=str),
        *_facts(
            compared,
            report.contradictions,
            audit_words.CONTRADICTIONS,
            note=audit_words.CONTRADICTIONS_ARE,
            name="must",
            who=audit_words.said_on,
        ),
        *(f"<p>{escape(said)}</p>" for said in filter(None, [audit_words.found_none(report)])),
        *_facts(compared, report.changes, audit_words.CHANGED, note=audit_words.CHANGED_ARE, who=audit_words.said_on),
        *_bars(report.by_month, audit_words.BY_MONTH, audit_words.SHARE, named=audit_words.month),
        *_bars(report.by_platform, audit_words.BY_PLATFORM, audit_words.SHARE, named=audit_words.platform),
        *_worst(report),
        _heading(audit_words.HOW, audit_words.how(report)),
    )
    return document(audit_words.TITLE, parts, STYLE)


def _bars(rows: Sequence[AuditRow], title: str, note: str, *, named: Callable[[str], str]) -> Iterator[str]:
    """A bar for each row; nothing where there is nothing to tell."""
    most = max((row.flagged for row in rows), default=0)
    if not most:
        return
    yield _heading(title, note)
    bars = (
        f'<span>{escape(named(row.name))}</span><span class="bar"><i style="width:{100 * row.flagged / most:.1f}%"></i>'
        f'<b style="width:{100 * row.must_fix / most:.1f}%"></b></span>'
        f'<span class="id">{escape(audit_words.row(row))}</span>'
        for row in rows
    )
    yield f'<div class="bars">{"".join(bars)}</div>'


def _worst(report: AuditReport) -> Iterator[str]:
    worst = report.worst
    if not worst:
        if report.contradictions or report.changes:
            return
        yield f"<p>{escape(audit_words.NOTHING_MODEL if report.model else audit_words.NOTHING)}</p>"
        return
    yield f"<h2>{escape(audit_words.WORST)}</h2>"
    posts = [*listed(report)]
    if named := next((one for *_, ids in posts for one in ids if one), ""):
        yield f'<p class="note">{escape(audit_words.how_to_name(named))}</p>'
    for post, result, ids in posts:
        yield _audited(post, result, ids, titles=report.titles)
    if len(worst) > MOST_LISTED:
        yield f"<p>{escape(words.more(len(worst) - MOST_LISTED))}</p>"


def _audited(post: SetPost, result: AuditResult, ids: Sequence[str], titles: Mapping[str, str]) -> str:
    """An id can be marked and copied as a whole."""
    said = [(one, audit_words.point) for one in result.points] + [(one, audit_words.look) for one in result.looks]
    lines = "".join(
        f"<li>{escape(say(one, titles.get(one.guideline, one.guideline)))}"
        + (f' <code class="id">{escape(named)}</code></li>' if named else "</li>")
        for (one, say), named in zip(said, ids, strict=True)
    )
    head = f'<h3>{escape(audit_words.about(post))}</h3><div class="post">{escape(post.text)}</div>'
    return f'<section class="fact">{head}<ul>{lines}</ul></section>'


# An audit as a table.


def audit_files(report: AuditReport) -> dict[str, str]:
    """Both by the name of the file."""
    page, table = audit_words.file_names(model=report.model, variants=report.variants)
    if report.variants:
        return {page: comparison_page(report.compared, report), table: comma_separated(_variant_rows(report))}
    return {page: audit_page(report), table: audit_table(report)}


def _variant_rows(report: AuditReport) -> Iterator[Sequence[str]]:
    yield from comparison_rows(report.compared)
    for post, result in report.worst:
        for one in result.points:
            yield "point", one.severity.value, one.guideline, one.why, "1", post.audience, post.name, one.quote


def audit_table(report: AuditReport) -> str:
    """Every finding and every contradiction as CSV."""
    return comma_separated(_rows(report))


def _rows(report: AuditReport) -> Iterator[Sequence[str]]:
    yield audit_words.COLUMNS
    for post, result in report.worst:
        for kind, points in (("point", result.points), ("look", result.looks)):
            for one in points:
                said = (kind, one.severity.value if kind == "point" else "", one.guideline)
                yield *said, *_about(post), " ".join(one.quote.split()), one.why
    for fact in (*report.contradictions, *report.changes):
        for value in fact.compared:
            for number in value.posts:
                said = (fact.verdict.value, "", words.matter(fact))
                yield *said, *_about(report.posts[number]), value.sentence, value.shown


def _about(post: SetPost) -> tuple[str, ...]:
    return post.day, post.platform, post.audience, post.name, str(post.line), post.asset
