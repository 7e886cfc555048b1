"""Slack's own TypeScript types as JSON Schema: which parts of a payload they do not know, or miss."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jsonschema import Draft7Validator, validators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema.exceptions import ValidationError

Json = dict[str, Any]
Gaps = dict[str, str]
"""Faults that are the types' own, as patterns like ``/event/text: missing``, each with the reason."""

_SCHEMA = Path(__file__).with_name("slack.json")
_KIND = ("type", "subtype")
_ANOTHER = "is no kind that fits"


def faults(name: str, value: Any, gaps: Gaps) -> list[str]:
    """What is wrong with a value that should be of this type, as ``/place: fault``."""
    return list(_faults(_validator(name).iter_errors(value), gaps))


def _any_of(validator: Any, alternatives: list[Json], value: object, schema: Json) -> Iterator[ValidationError]:
    """As in JSON Schema, but tries only what is of the value's kind: the types nest unions in unions in unions."""
    fitting = [one for one in alternatives if _fits(one, value)] or alternatives
    yield from Draft7Validator.VALIDATORS["anyOf"](validator, fitting, value, schema)


def _fits(alternative: Json, value: object) -> bool:
    if "$ref" in alternative:
        return _fits(_definitions()[alternative["$ref"].rpartition("/")[2]], value)
    if "anyOf" in alternative:
        return any(_fits(one, value) for one in alternative["anyOf"])
    if not isinstance(value, dict):
        return True
    given = cast("Json", value)
    kinds = {key: alternative.get("properties", {}).get(key, {}) for key in _KIND}
    if any("const" in kind and given.get(key) != kind["const"] for key, kind in kinds.items()):
        return False
    return not any("not" in kind and key in given for key, kind in kinds.items())


@cache
def _validator(name: str) -> Any:
    library: Any = validators  # only partly typed
    return library.extend(Draft7Validator, {"anyOf": _any_of})(
        {"definitions": _definitions(), "$ref": f"#/definitions/{name}"}
    )


@cache
def _definitions() -> dict[str, Json]:
    return json.loads(_SCHEMA.read_text())["definitions"]


def _faults(errors: Iterable[ValidationError], gaps: Gaps) -> Iterator[str]:
    for error in errors:
        found = _nearest(error, gaps) if error.validator == "anyOf" else _one(error)
        yield from (fault for fault in found if not any(fnmatchcase(fault, gap) for gap in gaps))


def _nearest(error: ValidationError, gaps: Gaps) -> list[str]:
    """The faults for the alternative that is meant: of the same kind, with the fewest faults."""
    alternatives: dict[object, list[ValidationError]] = {}
    for inner in error.context or []:
        alternatives.setdefault(inner.schema_path[0], []).append(inner)
    kinds = tuple(f"{_place(error)}/{key}:" for key in _KIND)

    def distance(faults: list[str]) -> tuple[bool, int]:
        return any(fault.startswith(kinds) and fault.endswith(_ANOTHER) for fault in faults), len(faults)

    return min((list(_faults(inner, gaps)) for inner in alternatives.values()), key=distance)


def _place(error: ValidationError) -> str:
    return "".join(f"/{step}" for step in error.absolute_path)


def _one(error: ValidationError) -> list[str]:
    value: Any = error.instance
    schema: Any = error.schema
    place = _place(error)
    if error.validator == "additionalProperties":
        return [f"{place}/{key}: unknown" for key in value if key not in schema["properties"]]
    if error.validator == "required":
        missing = [key for key in schema["required"] if key not in value and f"'{key}'" in error.message]
        return [f"{place}/{key}: missing" + (f", {_ANOTHER}" if key in _KIND else "") for key in missing]
    if error.absolute_path and error.absolute_path[-1] in _KIND:
        return [f"{place}: {value!r} {_ANOTHER}"]
    return [f"{place}: {error.message[:100]}"]
