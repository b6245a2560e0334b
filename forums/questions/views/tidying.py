"""Better tags on a question."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from community.once import once
from community.people.guards import signed_in
from community.policy.changing import WAITS
from community.refusals import Refusal
from forums.questions.forms import tag_names
from forums.questions.models import Question
from forums.questions.tidying import refuse_retagging, retag


class TagsForm(forms.Form):
    """The tags of a question, with commas between them."""

    tags = forms.CharField(
        label=gettext_lazy("Tags"), max_length=220, required=False, help_text=gettext_lazy("Up to five, with commas.")
    )

    is_waiting = False

    def clean_tags(self) -> list[str]:
        return tag_names(self.cleaned_data["tags"])

    def save(self, question: Question, by: object) -> bool:
        """Put them on it; False with the sentence at the field when it is refused."""
        try:
            self.is_waiting = retag(question, self.cleaned_data["tags"], by=by) is not None
        except Refusal as refusal:
            self.add_error("tags", str(refusal))
            return False
        return True


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def question_tags(request: HttpRequest, pk: int) -> HttpResponse:
    """What a question is about, said better."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_reading(), pk=pk)
    refuse_retagging(question.thread, request.user)
    initial = {"tags": ", ".join(sorted(question.thread.tags.names()))}
    form = TagsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and form.save(question, request.user):
        if form.is_waiting:
            messages.success(request, str(WAITS))
        return HttpResponseRedirect(question.get_absolute_url())
    context = {"question": question, "thread": question.thread, "form": form, "title": _("Better tags")}
    return render(request, "forums/questions/tags.html", context, status=422 if form.errors else 200)
