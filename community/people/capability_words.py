"""What each capability lets people do, in the words of a refusal: "This is for whoever may …"."""

from django.utils.translation import gettext_lazy as _

from community.people.roles import Capability

WORDS = {
    Capability.ANSWER_AS_STAFF: _("answer for the team"),
    Capability.VERIFY_ANSWERS: _("confirm answers"),
    Capability.WORK_THE_QUEUE: _("work the queue"),
    Capability.ASSIGN_OTHERS: _("give items to colleagues"),
    Capability.OFFER_PRIVATE_HELP: _("help in private"),
    Capability.SEE_CONTACT_DATA: _("see contact data"),
    Capability.PUSH_TO_CRM: _("tell the CRM"),
    Capability.GIVE_CREDIT: _("give credit"),
    Capability.CONNECT_CRM: _("connect a CRM"),
    Capability.RESHAPE_THREADS: _("merge, split and move threads"),
    Capability.MODERATE: _("moderate"),
    Capability.REVIEW_EDITS: _("decide on suggested changes"),
    Capability.REDACT: _("black out private details"),
    Capability.SET_LEVELS: _("set what trust levels ask for"),
    Capability.EDIT_ARTICLES: _("write help pages"),
    Capability.OWN_PRODUCT: _("look after a product"),
    Capability.SUPERVISE: _("supervise the team"),
    Capability.SEE_AUDIT: _("read what was done"),
    Capability.RAISE_CONCERNS: _("raise concerns"),
    Capability.HEAR_CONCERNS: _("hear concerns"),
    Capability.GRANT_ROLES: _("give roles"),
    Capability.ADMINISTER: _("administer the site"),
}
