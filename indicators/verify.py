"""Whether what is published still is what was published: for `manage.py verify`."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.canonical import canonical_bytes, decimal_text, digest, sha256
from indicators.advice import advice_json
from indicators.documents import InvalidDocument, read, require_valid
from indicators.models import Decree, IndicatorVersion, Publication
from indicators.record import FIELDS, content_of
from indicators.signing import is_signed, thumbprint
from ledger.chain import Mismatch


def mismatches() -> Iterator[Mismatch]:
    """Every place where a version or a publication of the database does not verify."""
    for version in IndicatorVersion.objects.order_by("code", "number").iterator(500):
        if version.digest != digest(content_of(version)):
            yield Mismatch(f"indicator {version}", "isi versi tidak sesuai sidiknya")
    publications = Publication.objects.select_related("previous", "replaces", "set")
    publications = publications.with_signatures()
    for publication in publications.order_by("scope_code", "published_at").iterator(50):
        place = f"set {publication}"
        for what in _publication_faults(publication):
            yield Mismatch(place, what)
        for what in _chain_faults(publication):
            yield Mismatch(place, what)


def _publication_faults(publication: Publication) -> Iterator[str]:
    content, key = publication.content, publication.key
    if sha256(content) != publication.digest:
        yield "isi dokumen tidak sesuai sidiknya"
    if not is_signed(key.x, publication.signature, content):
        yield "tanda tangan tidak sah"
    if thumbprint(key.x) != key.kid:
        yield "kunci publik tidak sesuai namanya"
    for later in publication.replacement_signatures.all():
        if not is_signed(later.key.x, later.signature, content):
            yield f"tanda tangan pengganti dengan kunci {later.key_id} tidak sah"
    if publication.believed_signature[0].revoked_at is not None:
        yield "hanya ditandatangani dengan kunci yang dicabut; jalankan signing_key revoke lagi"
    try:
        document = read(content)
        require_valid(document)
    except (ValueError, InvalidDocument) as error:
        yield f"dokumen tidak mengikuti skema ({error})"
        return
    if canonical_bytes(document) != content:
        yield "dokumen tidak dalam bentuk bakunya"
    yield from _row_faults(publication, document)
    yield from _decree_faults(publication, document)


def _row_faults(publication: Publication, document: Mapping[str, Any]) -> Iterator[str]:
    """Where the document and the rows beside it tell different things."""
    pairs = [
        ("scope", document["scope"]["code"], publication.scope_code),
        ("version", document["version"], publication.version),
        ("period", document["period"]["year"], publication.year),
        ("effective_on", document["effective_on"], publication.effective_on.isoformat()),
        (
            "effective_until",
            document["effective_until"],
            publication.effective_until and publication.effective_until.isoformat(),
        ),
        (
            "replaces",
            document["replaces"],
            publication.replaces.version if publication.replaces else None,
        ),
    ]
    for name, written, stored in pairs:
        if written != stored:
            yield f"{name} berbeda dari catatan basis data"
    written_entries = {item["code"]: item for item in document["indicators"]}
    entries = publication.set.entries.select_related("version", "advised__advice")
    stored_entries = {entry.version.code: entry for entry in entries}
    for code in sorted(written_entries.keys() ^ stored_entries.keys()):
        yield f"indikator {code} hanya ada di salah satu dari dokumen dan basis data"
    for code in sorted(written_entries.keys() & stored_entries.keys()):
        item, entry = written_entries[code], stored_entries[code]
        stored = content_of(entry.version)
        if (
            any(item[name] != stored[name] for name in FIELDS)
            or item["version"] != entry.version.number
            or item["weight_percent"] != decimal_text(entry.weight_percent)
            or item["provenance"] != entry.version.provenance
            or item.get("weight_advice") != advice_json(entry)
        ):
            yield f"indikator {code} berbeda dari catatan basis data"


def _decree_faults(publication: Publication, document: Mapping[str, Any]) -> Iterator[str]:
    """Where the file of the decree is not the one whose digest the document carries."""
    decree = Decree.objects.of_publication(publication).first()
    if decree and sha256(bytes(decree.content)) != document["decision"]["decree_digest"]:
        yield "naskah keputusan tidak sesuai sidik dalam dokumen"


def _chain_faults(publication: Publication) -> Iterator[str]:
    try:
        told = read(publication.content).get("previous")
    except ValueError:
        return  # told already: the document does not follow its schema
    before = publication.previous
    if told != (before and {"version": before.version, "digest": before.digest}):
        yield "tidak menyambung ke terbitan sebelumnya"
    if before and before.published_at >= publication.published_at:
        yield "terbit sebelum terbitan yang didahuluinya"
