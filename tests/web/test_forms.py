"""What is wrong stands beside its field, and what was typed stays."""

from collections.abc import Mapping
from decimal import Decimal
from html.parser import HTMLParser
from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict

from tests.web.urls import PieceForm
from web.forms import NumberField, SubmissionForm

GOOD = {
    "submission": "00000000-0000-0000-0000-000000000001",
    "name": "Cakupan K6",
    "target": "1.234,56",
    "unit": "persen",
    "definition": "Sesuai standar.",
    "polarity": "up",
}


class Controls(HTMLParser):
    """The controls of a page by their name, and all ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_name: dict[str, list[dict[str, str | None]]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.append(str(attributes["id"]))
        if tag == "a":
            self.links.append(str(attributes["href"]))
        if tag in ("input", "select", "textarea"):
            self.by_name.setdefault(str(attributes["name"]), []).append(attributes)


def posted(data: Mapping[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(data)
    return query


def test_an_untouched_form_shows_no_error() -> None:
    html = str(PieceForm())
    assert "ds-error-summary" not in html
    assert "aria-invalid" not in html


def test_every_control_has_its_class_and_the_hidden_ones_none() -> None:
    controls = Controls(str(PieceForm())).by_name
    for name, inputs in controls.items():
        for control in inputs:
            assert control.get("class") == (None if name == "submission" else "ds-input")


def test_a_class_of_ones_own_is_kept_once() -> None:
    class Own(forms.Form):
        code = forms.CharField(widget=forms.TextInput({"class": "m-hash", "maxlength": "9"}))

    (control,) = Controls(str(Own())).by_name["code"]
    assert control["class"] == "ds-input m-hash"
    assert control["maxlength"] == "9"
    assert (
        str(Own()).count("class=") == str(Own()).replace(' class="ds-input', "").count("class=") + 1
    )


def test_a_required_field_says_so_in_words() -> None:
    html = " ".join(str(PieceForm()).split())
    assert 'for="id_name">Nama indikator <span class="m-required">(wajib)</span> </label>' in html
    assert 'for="id_starts_on">Berlaku mulai </label>' in html


def test_radios_stand_in_a_fieldset_under_their_legend() -> None:
    html = str(PieceForm()["polarity"].as_field_group())
    assert html.index("<fieldset") < html.index("<legend") < html.index('type="radio"')
    assert 'aria-describedby="id_polarity_helptext"' in html


def test_the_error_stands_beside_its_field_and_is_bound_to_it() -> None:
    form = PieceForm(posted(GOOD | {"target": "banyak"}))
    html = str(form["target"].as_field_group())
    (control,) = Controls(html).by_name["target"]
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_target_error"
    assert "id_target_error" in Controls(html).ids
    assert "Tulis sebuah angka, misalnya 87,5 atau 1.234,56." in html


def test_the_typed_text_is_kept() -> None:
    form = PieceForm(posted(GOOD | {"target": "banyak", "definition": "<b>Sesuai</b>\nstandar."}))
    controls = Controls(str(form)).by_name
    assert controls["target"][0]["value"] == "banyak"
    assert controls["name"][0]["value"] == "Cakupan K6"
    assert "&lt;b&gt;Sesuai&lt;/b&gt;\nstandar.</textarea>" in str(form)
    checked = [radio["value"] for radio in controls["polarity"] if "checked" in radio]
    assert checked == ["up"]


def test_the_summary_links_to_every_field_in_error() -> None:
    form = PieceForm(posted({}))
    page = Controls(str(form))
    assert page.links == ["#id_name", "#id_target", "#id_unit", "#id_definition", "#id_polarity"]
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    form = PieceForm(posted(GOOD | {"name": "rahasia"}))
    html = str(form)
    assert html.index("ds-error-summary") < html.index("Nama itu sudah dipakai indikator lain.")


def test_ids_are_unique() -> None:
    ids = Controls(str(PieceForm(posted({})))).ids
    assert len(ids) == len(set(ids))


def test_an_error_is_escaped() -> None:
    form = PieceForm(posted(GOOD | {"unit": "<script>"}))
    assert "<script>" not in str(form)


@pytest.mark.parametrize(
    ("text", "value"), [("1.234,56", "1234.56"), ("87.4", "87.4"), (" 90 ", "90"), ("0,5", "0.5")]
)
def test_a_figure_is_read_as_indonesians_write_it(text: str, value: str) -> None:
    assert NumberField().clean(text) == Decimal(value)


def test_a_figure_is_shown_as_indonesians_write_it() -> None:
    class Target(forms.Form):
        target = NumberField(initial=Decimal("1234.5600"))

    (control,) = Controls(str(Target())).by_name["target"]
    assert control["value"] == "1.234,56"
    assert control["type"] == "text"
    assert control["inputmode"] == "decimal"


def test_a_figure_with_too_many_digits_is_refused_in_words() -> None:
    with pytest.raises(forms.ValidationError, match="4"):
        NumberField(max_digits=15, decimal_places=4).clean("1,23456")


def test_no_figure_is_none_where_it_may_be() -> None:
    assert NumberField(required=False).clean("") is None


@pytest.mark.parametrize(("text", "changed"), [("1.234,5", False), ("1234,50", False), ("7", True)])
def test_a_figure_written_otherwise_is_no_change(text: str, changed: bool) -> None:
    assert NumberField().has_changed(Decimal("1234.5"), text) is changed


def test_each_showing_of_a_form_has_a_submission_of_its_own() -> None:
    first, second = (Controls(str(SubmissionForm())).by_name["submission"][0] for _ in range(2))
    assert first["type"] == "hidden"
    assert UUID(str(first["value"])) != UUID(str(second["value"]))


def test_a_refused_form_keeps_its_submission() -> None:
    form = PieceForm(posted({"submission": GOOD["submission"]}))
    assert Controls(str(form)).by_name["submission"][0]["value"] == GOOD["submission"]


@pytest.mark.parametrize("submission", ["", "abc"])
def test_a_form_without_a_valid_submission_says_what_to_do(submission: str) -> None:
    form = SubmissionForm(posted({"submission": submission}))
    assert not form.is_valid()
    assert "Muat ulang halaman ini, lalu kirim lagi." in str(form)
