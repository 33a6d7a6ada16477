"""What a tablet keeps for the time when it has no connection. It says nothing about anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "room/offline.html")


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    return render(request, "room/worker.js", content_type="text/javascript")
