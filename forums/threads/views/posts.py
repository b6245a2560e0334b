"""A post by itself: its lasting address, its earlier wordings, and changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from community.live.pages import shows
from community.once import once
from community.policy.changing import WAITS
from community.text.diffs import diff_html
from forums.threads.forms import EditForm
from forums.threads.models import Draft, Post
from forums.threads.sent import sent
from forums.threads.typed import signed_in_or_kept
from forums.threads.wordings import history_of


@require_safe
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The lasting address of a post leads to its place in the thread."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread"), pk=pk)
    return HttpResponseRedirect(post.get_absolute_url())


@require_safe
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What the post said before, and what each edit changed. Newest first."""
    known = Post.objects.select_related("thread__product__brand", "author__persona", "editor__persona")
    post = get_object_or_404(known.visible_to(request.user), pk=pk)
    wordings = history_of(post)
    may_redact = post.is_redactable_by(request.user)
    context = {"post": post, "thread": post.thread, "wordings": wordings, "may_redact": may_redact}
    page = render(request, "forums/threads/post_history.html", context | {"changes": len(wordings) - 1})
    return page if request.user.is_authenticated else shows(page, *post.thread.surrogate_keys)


@signed_in_or_kept(lambda pk: f"edit:{pk}")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post. When somebody was faster, both texts are shown (409) and nothing is lost."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)
    draft = Draft.objects.visible_to(request.user).filter(place=f"edit:{pk}").first()
    initial = {"title": draft.title if draft else "", "text": draft.text if draft else post.source}
    initial |= {"title": initial["title"] or post.thread.title, "version": post.version}
    form, status = EditForm(sent(request) or None, initial=initial), 200
    if request.method == "POST":
        if form.is_valid() and form.save(post, request.user):
            if form.is_waiting:
                messages.success(request, str(WAITS))
            return HttpResponseRedirect(post.get_absolute_url())
        status = form.status
    elif not post.is_editable_by(request.user):
        return HttpResponse(status=403) if request.htmx else render(request, "403.html", status=403)
    context = {"post": post, "thread": post.thread, "form": form, "draft": draft, "place": f"edit:{pk}"}
    context["is_own"] = post.author_id == request.user.pk
    return render(request, "forums/threads/post_edit.html", context | newer(form), status=status)


def newer(form: EditForm) -> dict[str, object]:
    """The wording that somebody else saved meanwhile, and how the writer's differs from it."""
    refusal = form.refusal
    if refusal is None or refusal.code != "stale":
        return {}
    post = refusal.details["newer"]
    return {"newer": post, "diff": diff_html(post.source, form.cleaned_data["text"])}
