import pytest
from django.template import Context, Template
from django.test import RequestFactory

from web.pages import page_of


def shown(query: str, count: int = 95) -> str:
    request = RequestFactory().get(f"/list/?{query}")
    page = page_of(request, list(range(count)), per_page=10)
    return Template("{% pager page %}").render(Context({"page": page, "request": request}))


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("page=3", 3), ("page=999", 10), ("page=0", 1), ("page=-4", 1), ("page=x", 1)],
)
def test_a_page_that_does_not_exist_gives_the_nearest(asked: str, number: int) -> None:
    request = RequestFactory().get(f"/list/?{asked}")
    assert page_of(request, list(range(95)), per_page=10).number == number


def test_a_list_of_one_page_needs_no_pager() -> None:
    assert shown("", count=10).strip() == ""


def test_an_empty_list_needs_no_pager() -> None:
    assert shown("", count=0).strip() == ""


def test_the_first_page_has_no_way_back() -> None:
    html = shown("page=1")
    assert 'rel="prev"' not in html
    assert 'rel="next"' in html


def test_the_last_page_has_no_way_on() -> None:
    html = shown("page=10")
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html


def test_the_rest_of_the_query_is_kept() -> None:
    assert 'href="?q=bidan+%26+perawat&amp;page=3"' in shown("q=bidan+%26+perawat&page=2")


def test_the_current_page_is_marked_and_no_link() -> None:
    html = shown("page=4")
    assert html.count('aria-current="true"') == 1
    assert "page=4" not in html


def test_the_total_is_told() -> None:
    assert "31–40 dari 95" in shown("page=4")
