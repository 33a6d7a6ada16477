"""What is in the cabinet, a product that is stocked, and containers that come in."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from slackwater.actions.policy import Permission, may, require
from slackwater.actions.stock import counts, products
from slackwater.actions.stock.ledger import Act
from slackwater.terms.amounts import show_mg
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.asking import person
from slackwater.web.stock.forms import ProductForm, ReceiveForm


@login_required
@require_safe
def cabinet(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.SEE_STOCK)
    context = {
        "products": products.stocked(),
        "here": [(one, show_mg(held.state.held_ug), held.state) for one, held in counts.here()],
        "may_receive": may(by, Permission.RECEIVE_STOCK),
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
            act = Act(by=by, at=timezone.now(), key=_key(request))
            found = products.receive(form.delivery, act=act)
            numbers = ", ".join(one.name for one in found)
            messages.success(request, f"Received. Write on each its own number: {numbers}.")
            return redirect("stock:cabinet")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {"form": form, "key": request.POST.get("key") or str(uuid4())}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stock/receive.html", context, status=status)


def _key(request: HttpRequest) -> UUID:
    """From the page, so that a button that is pressed twice is one delivery."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
