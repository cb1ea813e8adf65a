"""Heli speaks Chinese and English; the English is whole."""

import pytest
from django.utils import translation

from tools import catalogue


def test_the_english_catalogue_is_complete_and_compiled():
    """If this fails: run `make catalogue`, translate what is empty in heli/locale/en/LC_MESSAGES/django.po, and run it
    again."""
    assert catalogue.check() == []


def test_a_word_that_is_not_translated_is_told(monkeypatch):
    monkeypatch.setattr(catalogue, "gathered", lambda: {("", "从来没有过的一句话")})
    assert "untranslated: 从来没有过的一句话" in catalogue.check()


def test_a_placeholder_that_got_lost_is_told():
    row = catalogue.Message("%(n)s 户", "households")
    assert catalogue.problems({("", "%(n)s 户")}, {("", "%(n)s 户"): row}) == ["placeholders differ: %(n)s 户"]


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "住户"), ("en", "Households")])
def test_the_same_page_speaks_both_languages(language, said):
    with translation.override(language):
        assert translation.gettext("住户") == said
