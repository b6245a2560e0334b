"""Provenance: the answers from which an article was made. Who wrote them is credited on its page."""

from typing import Any

from django.db import models
from django.utils import timezone

from community.people.models import Person
from forums.threads.models import Notice, Post


class Provenance(models.Model):
    """An answer that an article says again."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="origins")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who made the page of it")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "post"], name="an_article_says_an_answer_once")]

    def __str__(self) -> str:
        return f"{self.article_id} from {self.post_id}"


class MadeArticle:
    """What an article knows of the answers that it was made from."""

    thread: Any
    origins: Any
    is_listed: bool

    def say_in_threads(self, by: Person) -> None:
        """The threads of those answers lead to the page while everybody can read it, and no longer."""
        for origin in self.origins.select_related("post__thread__merged_into"):
            thread, kind = origin.post.thread.home, Notice.Kind.HELP_PAGE
            if self.is_listed:
                thread.post_notice(kind, self.thread.title, by=by, url=self.thread.get_absolute_url())
            elif notice := thread.notices.open().filter(kind=kind).first():
                notice.end(by=by)
