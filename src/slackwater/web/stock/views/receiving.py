"""What is in the cabinet, a product that is stocked, and containers that come in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slackwater.actions.policy import Permission, may, require
from slackwater.actions.stock import products, reading
from slackwater.actions.stock.ledger import Act
from slackwater.records.models import Product
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.asking import key_of, person
from slackwater.web.stock.forms import ProductForm, ReceiveForm


@login_required
@require_safe
def cabinet(request: HttpRequest) -> HttpResponse:
    by = person(request)
    context = {
        "cabinet": reading.overview(by=by, at=timezone.now()),
        "products": products.stocked(),
        "may_receive": may(by, Permission.RECEIVE_STOCK),
        "may_count": may(by, Permission.HANDLE_STOCK),
    }
    return render(request, "stock/cabinet.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_product(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.RECEIVE_STOCK)
    form = ProductForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            products.add_product(form.product, gtin=form.gtin, by=by, at=timezone.now())
            messages.success(request, "Stocked. Now receive what came in.")
            return redirect("stock:receive")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stock/product.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.RECEIVE_STOCK)
    form = ReceiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act = Act(by=by, at=timezone.now(), key=key_of(request))
            found = products.receive(form.delivery, act=act)
            numbers = ", ".join(one.name for one in found)
            messages.success(request, f"Received. Write on each its own number: {numbers}.")
            return redirect("stock:cabinet")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {"form": form, "key": key_of(request)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stock/receive.html", context, status=status)


@login_required
@require_POST
def retire(request: HttpRequest, product_id: UUID) -> HttpResponse:
    by = person(request)
    require(by, Permission.RECEIVE_STOCK)
    row = get_object_or_404(Product, public_id=product_id)
    try:
        products.retire_product(row, by=by, at=timezone.now())
        messages.success(request, "No more of it comes in. Another strength may be stocked now.")
    except RefusedError as refusal:
        for one in refusal.problems:
            messages.warning(request, f"{one.message} {one.mend}")
    return redirect("stock:cabinet")
