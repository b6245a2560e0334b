"""Tending tags: name and description, other words, merging with a look before. For community managers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from taggit.models import Tag

from community.people.guards import requires, signed_in
from community.people.roles import Capability
from community.people.trust import OPENS, Privilege, may
from community.policy.changing import WAITS
from community.refusals import Refusal
from forums.tags.forms import DescriptionForm, MergeForm, SynonymForm, TagForm
from forums.tags.merging import merge, preview, undo
from forums.tags.models import TagCard, TagMerge
from forums.tags.naming import tag_at
from forums.tags.tending import remove_synonym


def tag_of(slug: str) -> Tag:
    """The tag at this address."""
    tag = tag_at(slug.replace("\0", ""))
    if tag is None:
        raise Http404
    return tag


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a tag is called and what it is for."""
    tag = tag_of(slug)
    card = TagCard.objects.filter(tag=tag).first()
    initial = {"name": tag.name, "description": card.source if card else ""}
    form = TagForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and form.save(tag, request.user):
        messages.success(request, str(WAITS) if form.is_waiting else _("The tag is changed."))
        return redirect("forums:tag-detail", tag.slug)
    tag.refresh_from_db()
    return tending(request, tag, form=form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tag_describe(request: HttpRequest, slug: str) -> HttpResponse:
    """What a tag is for, said by members whom their level lets."""
    tag = tag_of(slug)
    if not may(request.user, Privilege.DESCRIBE_TAGS):
        level = OPENS[Privilege.DESCRIBE_TAGS][0]
        raise Refusal(_("Saying what a tag is for opens with level %(level)s.") % {"level": level}, code="level")
    card = TagCard.objects.filter(tag=tag).first()
    form = DescriptionForm(request.POST or None, initial={"description": card.source if card else ""})
    if request.method == "POST" and form.is_valid() and form.save(tag, request.user):
        messages.success(request, str(WAITS) if form.is_waiting else _("The tag is described."))
        return redirect("forums:tag-detail", tag.slug)
    return render(request, "forums/tags/describe.html", {"tag": tag, "form": form}, status=422 if form.errors else 200)


@requires(Capability.MODERATE)
@require_POST
def tag_synonym_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Let another word mean this tag."""
    tag, form = tag_of(slug), SynonymForm(request.POST)
    if form.is_valid() and form.save(tag, request.user):
        if form.is_waiting:
            messages.success(request, str(WAITS))
        return redirect("forums:tag-edit", tag.slug)
    return tending(request, tag, synonym_form=form)


@requires(Capability.MODERATE)
@require_POST
def tag_synonym_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """A word means this tag no longer."""
    tag = tag_of(slug)
    remove_synonym(tag, request.POST.get("word", ""), by=request.user)
    return redirect("forums:tag-edit", tag.slug)


@requires(Capability.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """What putting this tag into another would touch, and doing it."""
    tag = tag_of(slug)
    if request.method == "GET" and "into" not in request.GET:
        return redirect("forums:tag-edit", slug)
    form = MergeForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return tending(request, tag, merge_form=form)
    into = form.cleaned_data["into"]
    try:
        if request.method == "POST":
            merge(tag, into, by=request.user)
            messages.success(request, _("The two tags are one now. You can take them apart again."))
            return redirect("forums:tag-edit", into.slug)
        return render(request, "forums/tags/merge.html", {"preview": preview(tag, into), "tag": tag})
    except Refusal as refusal:
        form.add_error("into", str(refusal))
        return tending(request, tag, merge_form=form)


@requires(Capability.MODERATE)
@require_POST
def tag_merge_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take two tags apart again."""
    row = get_object_or_404(TagMerge, pk=pk, into=tag_of(slug))
    undo(row, by=request.user)
    messages.success(request, _("The two tags are apart again."))
    return redirect("forums:tag-edit", slug)


def tending(request: HttpRequest, tag: Tag, **given: Any) -> HttpResponse:
    """The page of everything that can be done to a tag; 422 when something was refused."""
    card = TagCard.objects.filter(tag=tag).first()
    forms = {
        "form": TagForm(initial={"name": tag.name, "description": card.source if card else ""}),
        "synonym_form": SynonymForm(),
        "merge_form": MergeForm(),
    } | given
    context = forms | {
        "tag": tag,
        "synonyms": list(tag.synonyms.all()),
        "merges": list(TagMerge.objects.filter(into=tag, undone_at__isnull=True).select_related("gone", "by")),
    }
    is_refused = any(form.errors for form in forms.values())
    return render(request, "forums/tags/edit.html", context, status=422 if is_refused else 200)
