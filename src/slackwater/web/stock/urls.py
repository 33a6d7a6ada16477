"""Addresses of the stock slice."""

from django.urls import path

from slackwater.web.stock.views import casework, containers, counting, papers, receiving

app_name = "stock"
urlpatterns = [
    path("", receiving.cabinet, name="cabinet"),
    path("products/new/", receiving.new_product, name="new-product"),
    path("products/<uuid:product_id>/retire/", receiving.retire, name="retire"),
    path("receive/", receiving.receive, name="receive"),
    path("containers/<uuid:container_id>/", containers.container, name="container"),
    path("containers/<uuid:container_id>/<slug:movement>/", containers.move, name="move"),
    path("count/<slug:purpose>/", counting.count, name="count"),
    path("ledger/", papers.ledger, name="ledger"),
    path("cases/", casework.cases, name="cases"),
    path("cases/<uuid:case_id>/", casework.case, name="case"),
    path("cases/<uuid:case_id>/note/", casework.note, name="note"),
    path("cases/<uuid:case_id>/close/", casework.close, name="close"),
]
