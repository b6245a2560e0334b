"""Publications: an article is read by everybody because somebody published it. Taking it back deletes the row."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events.recording import record
from community.events.verbs import Verb
from community.people.models import Person
from community.policy.gate import check
from community.refusals import Refusal
from forums.articles.models.check import Check
from forums.threads.models import Hiding
from forums.threads.posting import PERSONAL
from forums.threads.speaking import persona_of


class Publication(models.Model):
    """Who published an article, and when."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="publication"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alias = models.CharField(max_length=60, help_text="the persona's name")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="publication_by_age")]

    def __str__(self) -> str:
        return str(self.article)


class PublishedArticle:
    """What an article can do about being read by everybody."""

    pk: int
    thread: Any
    opening: Any
    is_published: bool
    is_editable_by: Any
    mark_checked: Any
    say_in_threads: Any
    _state: Any
    refresh_from_db: Any

    @transaction.atomic
    def publish(self, *, by: Person) -> None:
        """Let everybody read it, through the gate. What the gate holds waits for a look first.

        Repeating it changes nothing. Private details were asked about when it was written.
        """
        self.refuse_unless_editor(by)
        if Hiding.objects.filter(post=self.opening).exists():
            raise Refusal(_("A moderator took it out of sight. Talk to them first."), code="hidden")
        if not self.opening.source.strip():
            raise Refusal(_("There is nothing in it yet. Write it first."), code="empty", status=422)
        _row, is_new = Publication.objects.get_or_create(article=self, defaults={"by": by, "alias": persona_of(by)})
        if not is_new:
            return
        text, title = self.opening.source, self.thread.title
        verdict = check(text, title=title, by=by, where="article", keep=PERSONAL).enforce()
        self.mark_checked(by, Check.Why.PUBLISHED)
        if verdict.is_held:
            self.opening.hold(**verdict.held_because, by=by)
        else:
            self.opening.show()
            record(Verb.ARTICLE_PUBLISHED, actor=by, subject=self.thread, **verdict.hints)
        self.refresh_from_db()
        self.say_in_threads(by)

    @transaction.atomic
    def unpublish(self, *, by: Person) -> None:
        """Make it a draft again: gone from lists, feeds, the map and the search. Repeating it changes nothing."""
        self.refuse_unless_editor(by)
        if Publication.objects.filter(article=self).delete()[0]:
            self.opening.show(False)
            record(Verb.ARTICLE_UNPUBLISHED, actor=by, subject=self.thread)
            self.__dict__.pop("opening", None)
            self._state.fields_cache.pop("publication", None)
            self.refresh_from_db()
            self.say_in_threads(by)

    def refuse_unless_editor(self, by: Person) -> None:
        """Raise a Refusal for people who may not."""
        if not self.is_editable_by(by):
            raise Refusal(_("Only the editors of help pages can do that."), code="not_allowed", status=403)
