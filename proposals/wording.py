"""The wording of one field that a suggestion asks for: typed, shown, and put into a record."""

from decimal import Decimal

from django.utils.safestring import SafeString

from core.canonical import decimal_text
from core.numbers import format_number
from indicators.record import FIELDS, Content, Field, Shape, clean_text, text_of
from web.diff import word_diff

# What one line or one figure can say. A structure, such as for whom it holds, is commented on.
SUGGESTIBLE: dict[str, Field] = {
    name: field
    for name, field in FIELDS.items()
    if field.shape in {Shape.LINE, Shape.PROSE, Shape.DECIMAL, Shape.CHOICE} and name != "code"
}


def canonical_wording(field: Field, value: str | Decimal) -> str:
    """A cleaned value in the form of the canonical content: `80`, `maximize`, NFC text."""
    return decimal_text(value) if isinstance(value, Decimal) else clean_text(value)


def wording_of(field: Field, content: Content) -> str:
    """What a content holds in a field, as a wording; empty where nothing is written."""
    return str(content[field.name] or "")


def written_wording(field: Field, content: Content, wording: str) -> str:
    """A wording as a reader sees it beside the rest of the content: `80 persen`."""
    return text_of(field, {**content, field.name: wording})


def wording_diff(field: Field, content: Content, wording: str) -> SafeString:
    """What a wording would change in a content, word by word."""
    return word_diff(text_of(field, content), written_wording(field, content, wording))


def wording_value(field: Field, wording: str) -> str | Decimal:
    """A wording as the value of the record's field."""
    return Decimal(wording) if field.shape is Shape.DECIMAL else wording


def typed_wording(field: Field, wording: str) -> str:
    """A wording as it stands in the box of a form, and in a working copy."""
    if field.shape is Shape.DECIMAL and wording:
        return format_number(Decimal(wording))
    return wording
