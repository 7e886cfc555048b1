"""Builds the data of others that Candor's rules use, out of what others keep well.

    git clone --depth 1 https://github.com/gitleaks/gitleaks
    .venv/bin/python benchmarks/rule_data.py gitleaks/config/gitleaks.toml

writes bot/rules/gitleaks.json (shapes of secrets, MIT, see its "licence") from the given file, and
bot/rules/telephones.json (numbering plans of every region) from the locked ``phonenumberslite`` (Apache 2.0). So no
process that serves has to load that library: its 245 modules take half a second.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

from phonenumbers import SUPPORTED_REGIONS, NumberFormat, PhoneMetadata

RULES = Path(__file__).resolve().parent.parent / "bot" / "rules"
_KINDS = ["fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "uan", "pager"]
_ENDS = r"""(?:[\x60'"\s;]|\\[nr]|$)"""
_ENDS_IN_PROSE = r"""(?:[\x60'"\s;,.:!?()<>{}\[\]|*~]|[^\x00-\x7f]|\\[nr]|$)"""
"""In a post a key is followed by punctuation as well."""
_LEFT_OUT = frozenset(
    (
        "curl-auth-header",
        "curl-auth-user",
        "generic-api-key",
        "hashicorp-tf-password",
        "kubernetes-secret-yaml",
        "nuget-config-password",
        "private-key",
        "sourcegraph-access-token",
    )
)
"""Rules for files of code; what they look for is found by shapes of our own, made for prose."""
_LICENCE = "MIT License, Copyright (c) 2019 Zachary Rice"


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gitleaks", type=Path, help="gitleaks' config/gitleaks.toml")
    shapes = secret_shapes(tomllib.loads(parser.parse_args().gitleaks.read_text(encoding="utf-8")))
    _write("gitleaks.json", {"source": "gitleaks", "licence": _LICENCE, "rules": shapes})
    _write("telephones.json", telephone_plans())


def secret_shapes(config: dict[str, Any]) -> list[dict[str, Any]]:
    """Each rule's id, words of which one must occur (lower case), pattern, least entropy in bits, group."""
    return [
        {
            "id": rule["id"],
            "words": rule["keywords"],
            "pattern": rule["regex"].replace(_ENDS, _ENDS_IN_PROSE),
            "entropy": rule.get("entropy", 0),
        }
        for rule in config["rules"]
        if "regex" in rule and "path" not in rule and rule["id"] not in _LEFT_OUT
    ]


def telephone_plans() -> dict[str, dict[str, str]]:
    """Each region's country code, and patterns for its numbers: digits alone, and as it writes them in groups."""
    plans: dict[str, dict[str, str]] = {}
    for region in sorted(SUPPORTED_REGIONS):
        data = PhoneMetadata.metadata_for_region(region)
        assert data is not None
        described = (getattr(data, kind) for kind in _KINDS)
        valid = dict.fromkeys(d.national_number_pattern for d in described if d and d.national_number_pattern)
        prefix = data.national_prefix_for_parsing or ""
        if "(" in prefix:
            prefix = data.national_prefix or ""
        forms = [form for one in data.number_format for form in _forms(one, data.national_prefix or "")]
        plans[region] = {
            "code": str(data.country_code),
            "prefix": prefix,
            "numbers": "|".join(valid),
            "written": "|".join(dict.fromkeys(form for form, _ in forms)),
            "moved": "|".join(dict.fromkeys(form.replace(" ", "") for form, moved in forms if moved)),
        }
    return plans


def _forms(one: NumberFormat, prefix: str) -> list[tuple[str, bool]]:
    """How a format looks: patterns of digits with a space between groups, and whether it moves or adds digits."""
    groups = _groups(one.pattern or "")
    rule = one.national_prefix_formatting_rule or ""
    form = one.format or ""
    written = [form]
    if rule:
        written.append(form.replace(r"\1", rule, 1) if r"\1" in form else rule + form)
        if r"\1" not in form:
            written[-1] = form.replace(r"\2", rule.replace(r"\1", r"\2"), 1)
    elif prefix:
        written += [prefix + form, f"{prefix} {form}"]
    return [(_as_pattern(one_way, groups), _moves(form)) for one_way in written]


def _moves(form: str) -> bool:
    places = [int(c) for at, c in enumerate(form) if at and form[at - 1] == "\\"]
    return (
        places != sorted(places)
        or places[:1] != [1]
        or any(c.isdigit() and form[at - 1 : at] != "\\" for at, c in enumerate(form))
    )


def _groups(pattern: str) -> list[str]:
    groups, depth, start = list[str](), 0, 0
    for at, c in enumerate(pattern):
        if c == "(":
            start = at if not depth else start
            depth += 1
        elif c == ")":
            depth -= 1
            if not depth:
                groups.append(pattern[start + 1 : at])
    return groups


def _as_pattern(form: str, groups: list[str]) -> str:
    made, at = "", 0
    while at < len(form):
        if form[at] == "\\":
            at += 1
            group = groups[int(form[at]) - 1]
            made += f"(?:{group})" if "|" in group else group
        elif form[at].isdigit():
            made += form[at]
        elif made and not made.endswith(" "):
            made += " "
        at += 1
    return made.strip()


def _write(name: str, data: object) -> None:
    (RULES / name).write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
