"""What every list page needs of its URL: the page, and the filter kept when one turns it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `query` is the filter as it stands in the URL, without the page."""

    page: Page[Any]
    query: str
    total: int


def listing(found: QuerySet[Any], parameters: Mapping[str, str], filters: Mapping[str, Any]) -> Listing:
    paginator = Paginator(found, A_PAGE)
    query = urlencode({name: value for name, value in filters.items() if value})
    return Listing(paginator.get_page(parameters.get("page")), query, paginator.count)
