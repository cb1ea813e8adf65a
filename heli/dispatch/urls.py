from django.urls import path

from . import field, rules_views, views

app_name = "dispatch"
urlpatterns = [
    path("desk/households/<int:pk>/needs/new/", views.need_new, name="need_new"),
    path("desk/needs/<int:pk>/", views.need, name="need"),
    path("desk/needs/<int:pk>/propose/", views.need_propose, name="propose"),
    path("desk/needs/<int:pk>/others/", views.need_others, name="others"),
    path("desk/needs/<int:pk>/what-if/", views.need_what_if, name="what_if"),
    path("desk/needs/<int:pk>/approve/", views.need_approve, name="approve"),
    path("desk/dispatches/<int:pk>/recall/", views.dispatch_recall, name="recall"),
    path("desk/dispatches/<int:pk>/agree/", views.household_agree, name="agree"),
    path("desk/dispatches/<int:pk>/refuse/", views.household_refuse, name="refuse"),
    path("desk/dispatches/<int:pk>/finish/", views.dispatch_finish, name="finish"),
    path("desk/matching/", rules_views.rules, name="rules"),
    path("desk/matching/try/", rules_views.rules_try, name="rules_try"),
    path("desk/matching/publish/", rules_views.rules_publish, name="rules_publish"),
    path("field/", field.field, name="field"),
    path("field/invitations/<int:pk>/", field.invitation, name="invitation"),
    path("field/invitations/<int:pk>/tie/", field.invitation_tie, name="tie"),
    path("field/invitations/<int:pk>/answer/", field.invitation_answer, name="answer"),
    path("field/cases/<int:pk>/", field.case, name="case"),
    path("field/cases/<int:pk>/begin/", field.case_begin, name="begin"),
]
