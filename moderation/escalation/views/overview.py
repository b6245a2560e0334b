"""What supervisors and agents watch over: open conversations, mail that waits for a decision, and the figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community.events.recording import record
from community.events.verbs import Verb
from community.inbound.models import InboundMail
from community.once import once
from community.people.guards import requires
from community.people.roles import Capability
from moderation.escalation.forms import GuidelineForm
from moderation.escalation.guidance import RULES, title_of
from moderation.escalation.guidance.watching import wording_of
from moderation.escalation.models import Conversation, Guideline, Invitation, Showing, Survey
from moderation.escalation.views.mails import listed
from moderation.queue.models import Item

HELPS = (Capability.OFFER_PRIVATE_HELP, Capability.WORK_THE_QUEUE)
MOST = 100


@requires(*HELPS)
@require_safe
def escalation_list(request: HttpRequest) -> HttpResponse:
    """Open conversations by what we promised, offers without an answer, held mail, and the figures."""
    worked = Conversation.objects.worked_by(request.user)
    opened = worked.open().select_related("item__product", "item__assignee", "customer").order_by("promised_at", "pk")
    threads = Item.objects.visible_to(request.user).exclude(thread=None).values("thread")
    offered = Invitation.objects.open().filter(thread__in=threads).select_related("thread", "customer")
    context = {
        "conversations": opened[:MOST],
        "now": timezone.now(),
        "invitations": offered.order_by("-pk")[:MOST],
        "mails": listed(InboundMail.objects.visible_to(request.user).held())[:MOST],
        "survey": Survey.objects.filter(closing__conversation__in=worked).figures(),
        "guidance": [(title_of(row["rule"]), row) for row in Showing.objects.filter(thread__in=threads).figures()],
        "sees_contact": request.user.can(Capability.SEE_CONTACT_DATA),
        "supervises": request.user.can(Capability.SUPERVISE),
    }
    return render(request, "moderation/escalation/escalation_list.html", context)


@requires(Capability.SUPERVISE)
@require_http_methods(["GET", "POST"])
@once
def guideline_list(request: HttpRequest) -> HttpResponse:
    """When we propose to go private, and with which words. Supervisors change it."""
    changed = request.POST.get("rule", "")
    forms = [(rule, form_for(request, rule.name, is_sent=rule.name == changed)) for rule in RULES]
    form = next((form for rule, form in forms if rule.name == changed), None)
    if form is not None and form.is_valid():
        Guideline.objects.update_or_create(rule=changed, defaults={**form.cleaned_data, "changed_by": request.user})
        record(Verb.GUIDELINE_CHANGED, actor=request.user, subject=request.user, rule=changed)
        return redirect("moderation:guideline-list")
    status = 422 if form is not None else 200
    return render(request, "moderation/escalation/guideline_list.html", {"forms": forms}, status=status)


def form_for(request: HttpRequest, rule: str, *, is_sent: bool) -> GuidelineForm:
    """The form of one rule, with what was sent or with what is set."""
    own = Guideline.objects.filter(rule=rule).first()
    initial = {"is_on": own.is_on if own else True, "wording": wording_of(rule)}
    return GuidelineForm(request.POST if is_sent else None, initial=initial, prefix=rule)
