"""How much of what others call private is masked, and how often a fine post is touched.

    git clone --depth 1 https://github.com/Yelp/detect-secrets
    git clone --depth 1 https://github.com/microsoft/presidio
    .venv/bin/python benchmarks/masking.py detect-secrets presidio [--posts posts.jsonl …]

Nobody of this project wrote a sample: they are the test cases of detect-secrets (keys) and Presidio (contacts, cards,
accounts, numbers of people), what python-stdnum shows in its documentation, and the example numbers that libphonenumber
has for each region. None of them is stored here. A number of a person that has
no form of its own gets its name before it. A sample is masked when every letter and digit of it is. Posts are
JSON lines with a ``text``, without contact data in them.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import phonenumbers

from bot.rules.private_data import sensitive

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_SECRETS = frozenset(
    ("high_entropy_strings", "ip_public", "keyword", "base", "cloudant", "ibm_cos_hmac", "softlayer")
)
"""detect-secrets' tests of lines of code, not of what an issuer gives out."""
_PRESIDIO = {
    "phone": "phone number",
    "ph_mobile_number": "phone number",
    "credit_card": "card number",
    "email": "e-mail address",
    "iban": "iban",
}
_NAMES = {
    "us_ssn": "SSN",
    "us_itin": "ITIN",
    "es_nie": "NIE",
    "es_nif": "DNI",
    "it_fiscal_code": "codice fiscale",
    "fi_personal_identity_code": "hetu",
    "pl_pesel": "PESEL",
    "se_personnummer": "personnummer",
    "in_aadhaar": "Aadhaar",
    "kr_rrn": "RRN",
    "us.ssn": "SSN",
    "br.cpf": "CPF",
    "ch.ssn": "AHV",
    "dk.cpr": "CPR",
    "kr.rrn": "RRN",
    "cz.rc": "rodné číslo",
    "be.nn": "rijksregister",
    "in_.aadhaar": "Aadhaar",
    "es.dni": "DNI",
    "es.nie": "NIE",
}
"""What the numbers of people are called, where they have no form of their own."""
_PEOPLE = [name for name in _NAMES if "." not in name]
_DOCUMENTED = """
us.ssn br.cpf ch.ssn fi.hetu se.personnummer dk.cpr kr.rrn cz.rc be.nn fr.nir in_.aadhaar cn.ric it.codicefiscale es.dni
es.nie mx.curp iban
"""


class Sample(NamedTuple):
    """A text, and where something private stands in it."""

    source: str
    kind: str
    text: str
    start: int
    end: int


def main() -> None:
    """Print the shares, and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("detect_secrets", type=Path)
    parser.add_argument("presidio", type=Path)
    parser.add_argument("--posts", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    samples = dict.fromkeys((*keys(given.detect_secrets), *people(given.presidio), *documented(), *telephones()))
    _tell_samples(list(samples))
    _tell_posts([json.loads(line)["text"] for path in given.posts for line in path.read_text("utf-8").splitlines()])


def keys(folder: Path) -> Iterator[Sample]:
    """What detect-secrets' tests expect to be found: ``(line, True)`` or a line of its own with one secret."""
    for path in sorted((folder / "tests" / "plugins").glob("*_test.py")):
        if path.stem.removesuffix("_test") in _NOT_SECRETS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) >= 2:  # noqa: PLR2004 - a line, and whether it is one
                line, flag, *_ = map(_value, node.elts)
                if isinstance(line, str) and flag is True:
                    yield Sample("detect-secrets", "secret", line, *_longest(line))


def people(folder: Path) -> Iterator[Sample]:
    """What Presidio's tests expect to be found: texts with the places."""
    kinds = _PRESIDIO | dict.fromkeys(_PEOPLE, "id number")
    for name, kind in kinds.items():
        path = folder / "presidio-analyzer" / "tests" / f"test_{name}_recognizer.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) >= 3:  # noqa: PLR2004 - text, number, places
                text, *rest = map(_value, node.elts)
                places = [place for part in rest for place in _places(part)]
                if isinstance(text, str):
                    for start, end in places:
                        label = f"{_NAMES[name]}: " if name in _NAMES and _is_bare(text) else ""
                        yield Sample("presidio", kind, label + text, start=len(label) + start, end=len(label) + end)


def documented() -> Iterator[Sample]:
    """What python-stdnum's documentation calls valid."""
    for name in _DOCUMENTED.split():
        module = importlib.import_module(f"stdnum.{name}")
        for line in (module.__doc__ or "").splitlines():
            call = line.strip().removeprefix(">>> validate('")
            number = call.partition("'")[0]
            if call != line.strip() and module.is_valid(number):
                label = f"{_NAMES[name]}: " if name in _NAMES and _is_bare(number) else ""
                kind = "iban" if name == "iban" else "id number"
                yield Sample("python-stdnum", kind, label + number, start=len(label), end=len(label) + len(number))


def telephones() -> Iterator[Sample]:
    """An example of each region: as people there write it, behind the word for it, and as others do, without."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        if number:
            forms = phonenumbers.PhoneNumberFormat
            national, abroad = (phonenumbers.format_number(number, f) for f in (forms.NATIONAL, forms.INTERNATIONAL))
            yield Sample("libphonenumber", "phone number", f"Tel. {national}", start=5, end=5 + len(national))
            yield Sample("libphonenumber", "phone number", abroad, start=0, end=len(abroad))


def _is_bare(text: str) -> bool:
    """True for digits alone, which could be anything: such a sample gets the name of its number before it."""
    return not any(map(str.isalpha, text)) or len(text.split()) == 1


def _longest(line: str) -> tuple[int, int]:
    """Where the longest word of a line stands: in "key=…" the value, in an address with a password the password."""
    name, at, _ = line.partition("@")
    if at and "://" in name:
        return name.rindex(":") + 1, len(name)
    words = "".join(c if c.isalnum() or c in "+/_.-!" else " " for c in line).split()
    longest = max(words, key=len)
    start = line.index(longest)
    return start, start + len(longest)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _value(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _places(part: object) -> list[tuple[int, int]]:
    """Pairs of places, where nothing else stands in a tuple."""
    places: list[tuple[int, int]] = []
    for one in cast("tuple[object, ...]", part) if isinstance(part, tuple) else ():
        match one:
            case (int(start), int(end)):
                places.append((start, end))
            case _:
                return []
    return places


def _is_masked(sample: Sample) -> bool:
    hidden = {at for start, end, _ in sensitive(sample.text) for at in range(start, end)}
    return all(at in hidden or not sample.text[at].isalnum() for at in range(sample.start, sample.end))


def _tell_samples(samples: list[Sample]) -> None:
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for sample in samples:
        counts[sample.source, sample.kind] += 1
        if not _is_masked(sample):
            missed[sample.source, sample.kind].append(sample.text)
    for key, count in sorted(counts.items()):
        _tell(f"{' '.join(key):32} {count - len(missed[key]):4} of {count:4}")
    masked = len(samples) - sum(map(len, missed.values()))
    _tell(f"{'all':32} {masked:4} of {len(samples):4} = {masked / len(samples):.1%}")
    named = {" ".join(key): texts for key, texts in missed.items() if texts}
    _tell(f"missed: {json.dumps(named, ensure_ascii=False)}")


def _tell_posts(posts: list[str]) -> None:
    touched = [text for text in posts if any(True for _ in sensitive(text))]
    if posts:
        _tell(f"posts touched: {len(touched)} of {len(posts)} = {len(touched) / len(posts):.2%}")


if __name__ == "__main__":
    main()
