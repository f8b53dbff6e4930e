from django.urls import URLPattern, path, register_converter

from indicators.api.sets import public_keys
from indicators.views import (
    actuals,
    aftercare,
    briefings,
    composing,
    exports,
    feeds,
    impact,
    public,
)


class VersionConverter:
    """A version of a published set: `2.0.0`."""

    regex = r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VersionConverter, "version")

app_name = "indicators"

urlpatterns: list[URLPattern] = [
    path("sets/", public.set_list, name="sets"),
    path("sets/drafts/", composing.draft_list, name="drafts"),
    path("sets/drafts/new/", composing.draft_create, name="draft"),
    path("sets/drafts/<uuid:pk>/", composing.set_compose, name="compose"),
    path("sets/drafts/<uuid:pk>/take-weights/", composing.set_take_weights, name="take-weights"),
    path("sets/drafts/<uuid:pk>/share-out/", composing.set_share_out, name="share-out"),
    path("sets/drafts/<uuid:pk>/hand-over/", composing.set_hand_over, name="hand-over"),
    path("sets/drafts/<uuid:pk>/return/", composing.set_return, name="return"),
    path("sets/drafts/<uuid:pk>/impact/", impact.set_impact, name="impact"),
    path("sets/drafts/<uuid:pk>/publish/", composing.set_publish, name="publish"),
    path("sets/actuals/", actuals.actuals_import, name="actuals"),
    path("sets/<slug:scope>/<version:version>/", public.set_detail, name="set"),
    path(
        "sets/<slug:scope>/<version:version>/decree.pdf",
        public.set_decree,
        name="set-decree",
    ),
    path("sets/<slug:scope>/<version:version>/kamus/", exports.kamus, name="kamus"),
    path("sets/<slug:scope>/<version:version>/kamus.pdf", exports.kamus_pdf, name="kamus-pdf"),
    path(
        "sets/<slug:scope>/<version:version>/manual-iku.xlsx", exports.manual_iku, name="manual-iku"
    ),
    path("sets/<slug:scope>/<version:version>/ms-ind.xlsx", exports.ms_ind, name="ms-ind"),
    path("sets/<slug:scope>/<version:version>/ms-ind.csv", exports.ms_ind_csv, name="ms-ind-csv"),
    path(
        "sets/<slug:scope>/<version:version>/e-kinerja.csv", exports.ekinerja_csv, name="ekinerja"
    ),
    path("sets/<slug:scope>/<version:version>/for-me/", briefings.for_me, name="for-me"),
    path(
        "sets/<slug:scope>/<version:version>/for-me/acknowledge/",
        briefings.acknowledge,
        name="acknowledge",
    ),
    path("sets/<slug:scope>/<version:version>/for-me/ask/", briefings.ask, name="ask"),
    path("sets/<slug:scope>/<version:version>/responses/", briefings.responses, name="responses"),
    path("for-me/", briefings.mine, name="mine"),
    path("questions/", briefings.question_list, name="questions"),
    path("questions/<uuid:pk>/", briefings.question_detail, name="question"),
    path("indicators/", public.indicator_list, name="list"),
    path("indicators/<slug:code>/", public.indicator_detail, name="indicator"),
    path("indicators/<slug:code>/versions/<int:number>/", public.indicator_detail, name="version"),
    path(
        "indicators/<slug:code>/versions/<int:number>/score/", public.indicator_score, name="score"
    ),
    path("indicators/<slug:code>/rate/", aftercare.indicator_rate, name="rate"),
    path("indicators/<slug:code>/review/", aftercare.indicator_review, name="review"),
    path("feeds/sets.atom", feeds.sets_feed, name="feed"),
    path(".well-known/martahi-keys.json", public_keys, name="keys"),
]
