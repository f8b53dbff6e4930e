"""One field of a published indicator as the text of a cell, which `importing.rows` reads back."""

import json
from typing import Any

from indicators.record import FIELDS, Content, Shape


def cell_of(key: str, content: Content) -> str:
    """A field (or `ms_ind.konsep`) of a canonical content as text; empty where nothing is said."""
    name, _dot, part = key.partition(".")
    if part:
        return _ms_ind(content[name].get(part))
    field, value = FIELDS[name], content[name]
    if value in (None, "", [], {}):
        return ""
    match field.shape:
        case Shape.CHOICE:
            return field.choices[value]
        case Shape.DECIMAL:
            return _figure(value)
        case Shape.FLAG:
            return "ya" if value else "tidak"
        case Shape.TARGETS:
            return "; ".join(f"{period}={_figure(value[period])}" for period in sorted(value))
        case Shape.RANGE:
            return "; ".join(map(_figure, value))
        case Shape.SCALE:
            return "; ".join(f"{_figure(start)}={_figure(score)}" for start, score in value)
        case Shape.APPLIES_TO:
            return "; ".join(map(_applies_to, value))
        case _:
            return str(value)


def _figure(text: str) -> str:
    """A decimal as people type it, without the dots that `1.234` might be misread by."""
    return text.replace(".", ",")


def _applies_to(entry: dict[str, Any]) -> str:
    below = "+" if entry["include_sub_units"] else ""
    family = f":{entry['position_family']}" if entry["position_family"] else ""
    return f"{entry['unit']}{below}{family}"


def _ms_ind(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "2"
    return _list(value) if isinstance(value, list) else str(value)


def _list(texts: list[str]) -> str:
    """`a; b`; as JSON where a text has signs of its own that this would lose."""
    plain = "; ".join(texts)
    is_plain = all(text and text == text.strip() and ";" not in text for text in texts)
    if is_plain and not plain.startswith("["):
        return plain
    return json.dumps(texts, ensure_ascii=False)
