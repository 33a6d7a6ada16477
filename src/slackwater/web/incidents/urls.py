"""Addresses of the incidents slice. None of them says what it is for to whoever looks over a shoulder."""

from django.urls import path

from slackwater.web.incidents.views import account, coming_back, reviewing, telling

app_name = "incidents"
urlpatterns = [
    path("tell/", telling.tell, name="tell"),
    path("mine/", coming_back.mine, name="mine"),
    path("mine/code/", coming_back.with_code, name="with-code"),
    path("mine/account/", account.own, name="account"),
    path("mine/account/share/", account.share, name="share"),
    path("mine/shared/", account.shared, name="shared"),
    path("mine/<uuid:report_id>/", coming_back.one, name="one"),
    path("reports/", reviewing.index, name="reports"),
    path("reports/<uuid:report_id>/", reviewing.one, name="review"),
    path("reports/<uuid:report_id>/log/<uuid:session_id>/", reviewing.visit, name="visit-log"),
]
