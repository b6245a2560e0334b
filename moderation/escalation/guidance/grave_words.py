"""Rule: the customer writes of law or of danger. Neither is talked over before everybody."""

import re

from django.utils.translation import gettext as _

from forums.threads.models import Thread

DANGER = re.compile(
    r"\b("
    r"(caught|catch(es)?|is on|was on) fire|(starts?|started|began) (to )?smok(e|ing)"
    r"|smoke (came|comes|coming) (out|from)"
    r"|burn(ed|t|s)? (my|his|her|our|the) (ear|hand|skin|finger|face|bed|desk|table|kitchen)|electric(al)? shock"
    r"|(swollen|bulging|leaking) battery|battery (is |has )?(swollen|bulging|leaking)|explod(ed|es)|injur(ed|y|ies)"
    r"|stromschlag|explodiert|verletzt|in brand geraten|hat gebrannt|verbrannt|raucht"
    r"|aufgebläht(er)? akku|akku ist aufgebläht"
    r"|a pris feu|brûlure|brûlé|choc électrique|explosé|blessée?"
    r"|descarga eléctrica|explotó|quemadura|me quemó|se incendió"
    r")\b",
    re.IGNORECASE,
)
LAW = re.compile(
    r"\b("
    r"lawyer|solicitor|attorney|legal action|take (you|this|them) to court"
    r"|small claims|sue (you|them|the company)|ombudsman"
    r"|consumer protection|trading standards|class action"
    r"|(rechts)?anwalt|anwältin|verklage[n]?|klage einreichen|vor gericht|verbraucherzentrale|anzeige erstatten"
    r"|avocate?|porter plainte|mise en demeure|tribunal"
    r"|abogad[oa]|demandar(é|los|les)?|denunciar(é|los|les)?|avvocato|advocaat"
    r")\b",
    re.IGNORECASE,
)


def grave_words(thread: Thread) -> str:
    """A sentence when the customer's own words speak of danger or of law; empty otherwise."""
    texts = list(thread.posts.filter(author=thread.author_id, removed_at__isnull=True).values_list("source", flat=True))
    if any(DANGER.search(text) for text in [thread.title, *texts]):
        return _("It sounds as if somebody could get hurt.")
    return _("The customer speaks of legal steps.") if any(LAW.search(text) for text in [thread.title, *texts]) else ""
