"""The clinical rules: read, and signed by the clinic's lead."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from slackwater.actions import signing
from slackwater.actions.policy import Permission, may, require
from slackwater.catalogue.signable import Chapter, chapters, rules
from slackwater.rules.basis import Basis
from slackwater.rules.sign_off import Standing
from slackwater.terms.refusal import RefusedError
from slackwater.web.rules import looks
from slackwater.web.rules.forms import BackForm, SignForm
from slackwater.web.shared.asking import key_of, person


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The chapters, with how much of each waits for a signature."""
    by = person(request)
    require(by, Permission.SEE_RULES)
    rows = looks.chapters(signing.overview(at=timezone.now()))
    return render(request, "rules/overview.html", {"rows": rows, "may_sign": may(by, Permission.SIGN_RULES)})


@login_required
@require_http_methods(["GET", "POST"])
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of a chapter; ticked ones are signed."""
    by, at = person(request), timezone.now()
    require(by, Permission.SEE_RULES)
    found = _chapter(slug)
    standing = signing.standing(found, at=at)
    form = SignForm(request.POST if request.method == "POST" else None, rules=standing)
    if request.method == "POST":
        require(by, Permission.SIGN_RULES)
        if form.is_valid():
            try:
                number = signing.sign(form.chosen, by=by, at=at, key=key_of(request))
                messages.success(request, f"Signed: {number} rule{'' if number == 1 else 's'}.")
                return redirect("rules:chapter", slug)
            except RefusedError as refusal:
                form.refuse(refusal.problems)
    context = {
        "chapter": found,
        "rules": looks.lines(standing, ticked=form.ticked),
        "is_all_signed": all(one.standing is Standing.SIGNED for one in standing),
        "form": form,
        "may_sign": may(by, Permission.SIGN_RULES),
        "key": request.POST.get("key") or str(uuid4()),
    }
    return render(
        request, "rules/chapter.html", context, status=422 if form.is_bound and form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule in full, with everything that was ever signed of it."""
    by, at = person(request), timezone.now()
    require(by, Permission.SEE_RULES)
    one = signing.find(rule, at=at)
    if one is None:
        raise Http404
    form = BackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(by, Permission.SIGN_RULES)
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                signing.take_back(rule, reason=reason, by=by, at=at, key=key_of(request))
                messages.success(request, "Taken back. The rule is shown as unsigned from now on.")
                return redirect("rules:rule", rule)
            except RefusedError as refusal:
                form.refuse(refusal.problems)
    context = {
        "one": looks.line(one),
        "fields": looks.in_full(one.signable),
        "chapter": next(each for each in chapters() if _stands_in(rule, each)),
        "numbers": looks.number_lines(_as_shipped(rule)),
        "history": signing.history(rule),
        "form": form,
        "may_sign": may(by, Permission.SIGN_RULES),
        "key": request.POST.get("key") or str(uuid4()),
    }
    return render(request, "rules/rule.html", context, status=422 if form.is_bound and form.errors else 200)


def _stands_in(rule: str, chapter: Chapter) -> bool:
    return any(one.rule == rule for one in chapter.rules)


def _as_shipped(rule: str) -> tuple[Basis, ...]:
    return next(one.rows for one in rules() if one.rule == rule)


def _chapter(slug: str) -> Chapter:
    found = next((one for one in chapters() if one.slug == slug), None)
    if found is None:
        raise Http404
    return found
