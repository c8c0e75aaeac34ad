"""A validator of the little of JSON Schema that `schema.json` uses; what it does not know it refuses."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

SCHEMA = json.loads(
    files("liveview_testing.record.timelines").joinpath("viewer", "schema.json").read_text(encoding="utf-8")
)

_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_KNOWN = {
    *(
        "$schema",
        "title",
        "description",
        "type",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "$defs",
        "$ref",
    ),
    *("const", "enum", "anyOf", "minimum"),
}


def broken(data: Any, schema: Any = SCHEMA, where: str = "$") -> list[str]:
    """The places where data is not what the schema says."""
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if "$ref" in schema:
        return broken(data, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], where)
    if "anyOf" in schema:
        found = [broken(data, each, where) for each in schema["anyOf"]]
        return [] if any(not each for each in found) else found[0]
    if "const" in schema and data != schema["const"]:
        return [f"{where}: {data!r}"]
    if "enum" in schema and data not in schema["enum"]:
        return [f"{where}: {data!r}"]
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(
        isinstance(data, _TYPES[each]) and not (each == "integer" and isinstance(data, bool)) for each in types
    ):
        return [f"{where}: {data!r} is no {' or '.join(types)}"]
    if "minimum" in schema and data < schema["minimum"]:
        return [f"{where}: {data}"]
    wrong: list[str] = []
    if isinstance(data, dict):
        wrong += [f"{where}: without {name}" for name in schema.get("required", ()) if name not in data]
        more = schema.get("additionalProperties")
        for name, each in data.items():
            inner = schema.get("properties", {}).get(name, more)
            if inner is None:
                wrong.append(f"{where}.{name} is not in the schema")
            else:
                wrong += broken(each, inner, f"{where}.{name}")
    if isinstance(data, list) and "items" in schema:
        for at, each in enumerate(data):
            wrong += broken(each, schema["items"], f"{where}[{at}]")
    return wrong
