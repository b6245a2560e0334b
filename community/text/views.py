"""The preview of a text that somebody is writing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from community.text.markdown import to_html


@require_POST
def text_preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it. Nothing is kept. The address lets people with an account in."""
    return render(request, "components/_preview.html", {"html": to_html(request.POST.get("text", ""))})
