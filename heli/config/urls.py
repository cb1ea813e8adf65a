"""Root URLs. Each room brings its own; a route without an access rule fails `heli check`."""

from django.urls import include, path

urlpatterns = [
    path("", include("heli.home.urls")),
    path("", include("heli.access.urls")),
    path("desk/", include("heli.lists.urls")),
    path("desk/", include("heli.households.urls")),
    path("desk/", include("heli.households.kept_urls")),
    path("desk/", include("heli.papers.urls")),
    path("desk/", include("heli.helpers.urls")),
    path("desk/", include("heli.blocks.urls")),
    path("desk/", include("heli.regions.urls")),
    path("desk/", include("heli.parcels.urls")),
    path("desk/", include("heli.intake.urls")),
    path("desk/", include("heli.fieldwork.urls")),
    path("", include("heli.dispatch.urls")),
    path("", include("heli.messages.urls")),
    path("", include("heli.demo.urls")),
]
handler400 = "heli.common.views.bad_request"
handler403 = "heli.common.views.forbidden"
handler404 = "heli.common.views.not_found"
handler500 = "heli.common.views.server_error"
