"""PDF of a page of ours, for the archive: by WeasyPrint, which needs the system's Pango.

Where Pango is missing there is no PDF: the pages say so, and print just as well.
"""

from functools import cache

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from core.verdict import ALLOWED, Verdict, refuse


@cache
def _has_pango() -> bool:
    try:
        import weasyprint  # noqa: F401 (half a second: only where somebody asks for a PDF)
    except OSError:
        return False
    return True


def may_make_pdf() -> Verdict:
    """Whether this server can make a PDF."""
    if _has_pango():
        return ALLOWED
    return refuse(_("Server ini tidak dapat membuat PDF; cetak halaman ini ke berkas PDF."))


def pdf_of(html: str, *, stylesheet: str) -> bytes:
    """The PDF of a whole HTML document, set by one stylesheet of ours (`web/paper.css`) alone.

    Nothing else is read, neither a file nor an address, whatever the document names.
    Raises Refused where `may_make_pdf` refuses, FileNotFoundError without the stylesheet.
    """
    may_make_pdf().require()
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    path = finders.find(stylesheet)
    if not isinstance(path, str):
        raise FileNotFoundError(stylesheet)
    nothing = URLFetcher(allowed_protocols=[])
    document = HTML(string=html, url_fetcher=nothing)
    written: bytes = document.write_pdf(stylesheets=[CSS(path)])
    return written
