"""Addresses that exist in tests alone: the pieces of `web` on pages of their own."""

from datetime import date
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters

import config.urls
from core.verdict import Refused
from web import markdown
from web.diff import word_diff
from web.forms import NumberField, SubmissionForm
from web.pages import page_of

HERE = Path(__file__).parent
NAV = [
    {"label": "Beranda", "url": "/", "count": 0, "is_current": False, "icon": "home"},
    {"label": "Usulan", "url": "/pieces/", "count": 3, "is_current": True, "icon": "proposal"},
    {
        "label": "Pemungutan suara",
        "url": "/polls/",
        "count": 1,
        "is_current": False,
        "icon": "ballot",
    },
    {"label": "Indikator", "url": "/sets/", "count": 0, "is_current": False, "icon": "indicator"},
]
INBOX = {"label": "Pemberitahuan", "url": "/notices/", "count": 4, "is_current": False}
OLD = "Persentase ibu hamil yang mendapat pelayanan antenatal sesuai standar, target 80 persen."
NEW = OLD.replace("pelayanan", "seluruh pelayanan").replace("80", "90")
COMMENT = """Setuju dengan **rumusnya**, tetapi:

1. penyebutnya sebaiknya _sasaran riil_;
2. lihat [pedoman](https://example.org/pedoman).

> Ibu hamil di wilayah kerja puskesmas
"""


class PieceForm(SubmissionForm):
    """One field of every kind that pages use."""

    name = forms.CharField(label="Nama indikator", help_text="Singkat, tanpa singkatan.")
    target = NumberField(label="Target", max_digits=15, decimal_places=4, min_value=0)
    unit = forms.ChoiceField(
        label="Satuan", choices=[("", "Pilih satuan"), ("persen", "Persen"), ("hari", "Hari")]
    )
    starts_on = forms.DateField(
        label="Berlaku mulai", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    definition = forms.CharField(label="Definisi", widget=forms.Textarea(attrs={"rows": 4}))
    polarity = forms.ChoiceField(
        label="Polarisasi",
        widget=forms.RadioSelect,
        help_text="Arah yang baik.",
        choices=[("up", "Makin tinggi makin baik"), ("down", "Makin rendah makin baik")],
    )
    aspects = forms.MultipleChoiceField(
        label="Aspek",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("q", "Kuantitas"), ("k", "Kualitas"), ("w", "Waktu")],
    )
    is_editorial = forms.BooleanField(label="Perubahan redaksi saja", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("name") == "rahasia":
            raise forms.ValidationError("Nama itu sudah dipakai indikator lain.")


class BallotForm(forms.Form):
    item_1 = forms.ChoiceField(
        label="Cakupan pelayanan antenatal (K6)",
        widget=forms.RadioSelect,
        choices=[("approve", "Setuju"), ("reject", "Tidak setuju"), ("abstain", "Abstain")],
    )


def page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    template = engines["django"].from_string((HERE / name).read_text())
    shell = {"navigation": {"entries": NAV, "inbox": INBOX, "roles": ["Kepala unit kerja"]}}
    return HttpResponse(template.render(shell | context, request))


@login_not_required
def pieces(request: HttpRequest) -> HttpResponse:
    if "message" in request.GET:
        messages.success(request, "Revisi 3 tersimpan.")
        messages.error(request, "Masa tanggapan sudah berakhir.")
    return page(
        request,
        "pieces.html",
        {
            "page": page_of(request, list(range(1, 191)), per_page=10),
            "ballot": BallotForm(),
            "diff": word_diff(OLD, NEW),
            "comment": markdown.render(COMMENT),
            "today": date(2026, 11, 24),
            "rows": [("Setuju", 9), ("Tidak setuju", 2), ("Abstain", 1)],
        },
    )


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    piece_form = PieceForm(request.POST or None)
    if piece_form.is_valid():
        messages.success(request, "Tersimpan.")
        return redirect("form")
    return page(request, "form.html", {"form": piece_form})


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("Masa tanggapan berakhir pada 20 November 2026.")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("this page always fails")


def members_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("members")


urlpatterns = [
    path("pieces/", pieces, name="pieces"),
    path("form/", form, name="form"),
    path("refused/", refused),
    path("refused/sensitive/", sensitive_post_parameters()(refused)),
    path("broken/", broken),
    path("members/", members_only),
    *config.urls.urlpatterns,
]
