"""The list of papers: routes of its own, since each register names its export, views and acts alike."""

from django.urls import path

from heli import lists

from .due import PAPERS
from .views import papers

app_name = "kept"
urlpatterns = [path("papers/", papers.papers_kept, name="list"), *lists.paths(PAPERS, "papers/")]
