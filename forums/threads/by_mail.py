"""What mail to the reply address of a public post means: an answer, or a comment on it.

Who replies to a mail about an answer or a comment speaks to that one, so it becomes a comment below it. Who replies to
a mail about a question answers it; its asker adds to it, with a comment.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.files.models import Attachment
from community.inbound.devices import without_device_line
from community.inbound.purposes import Place, Purpose, Written, register
from community.notifications.addresses import reply_address, takes_mail
from community.people.models import Person
from community.people.roles import Capability
from community.refusals import Refusal
from forums.threads.drafting import keep_beside
from forums.threads.models import Follow, Post, Thread
from forums.threads.replying import answer, comment

CODE = "p"
ANSWERS = gettext_lazy("Reply to this mail to answer publicly. Everybody can read it.")
COMMENTS = gettext_lazy("Reply to this mail to comment publicly. Everybody can read it.")


def is_answered(post: Post, person: Person) -> bool:
    """Whether a reply of this person to this post is an answer; otherwise it is a comment."""
    return post.kind == Post.Kind.OPENING and post.author_id != person.pk


def invitation_to_reply(post: Post, person: Person) -> dict[str, Any]:
    """For the mail about a post: where the reply goes and what becomes of it; nothing where no mail can come in."""
    if not takes_mail():
        return {}
    words = ANSWERS if is_answered(post, person) else COMMENTS
    return {"reply_to": reply_address(CODE, post.pk, person), "reply_hint": words}


@dataclass
class PublicPlace(Place):
    """A post in a public thread."""

    post: Post

    @property
    def subject(self) -> Thread:
        return self.post.thread

    @property
    def chain(self) -> str:
        return f"thread-{self.post.thread.home.pk}"

    @property
    def title(self) -> str:
        return self.post.thread.home.title

    @property
    def url(self) -> str:
        return self.post.get_absolute_url()

    @property
    def reason(self) -> str:
        return _("You get this because you wrote to us by mail.")

    def hears(self, colleague: Person) -> bool:
        """Who follows the thread was asked to it, or came by themselves: they speak under their own name."""
        read_here = Thread.objects.read_with(self.post.thread)
        return Follow.objects.filter(thread__in=read_here, person=colleague).exists()

    def take(self, written: Written) -> None:
        source, by = without_device_line(written.words), written.by
        if not source.strip() and not written.files:
            raise Refusal(_("There were no words in it."), code="empty")
        if not Post.objects.visible_to(by).filter(pk=self.post.pk).exists():
            raise Refusal(_("This is no longer there, so nothing can be added to it."), code="gone", status=404)
        source = with_files(source, written)
        as_staff = by.can(Capability.ANSWER_AS_STAFF)
        if is_answered(self.post, by):
            answer(self.post.thread, by=by, source=source, as_staff=as_staff, where="mail")
        else:
            comment(self.post, by=by, source=source, as_staff=as_staff, where="mail")

    def keep(self, words: str) -> None:
        place = f"thread:{self.post.thread_id}" if is_answered(self.post, self.person) else f"post:{self.post.pk}"
        keep_beside(words, by=self.person, place=place)


def with_files(source: str, written: Written) -> str:
    """The words with the files of the mail below them, each checked and drawn anew as any file in a post."""
    kept = [Attachment.objects.keep(file.name, file.data, by=written.by) for file in written.files]
    return "\n\n".join([source, *(attachment.markdown for attachment in kept)]).strip()


@register
class PublicReplies(Purpose):
    """Replies to mails about a public post."""

    name = "post"
    code = CODE

    def place(self, about: int, person: Person) -> Place | None:
        post = Post.objects.select_related("thread", "author", "parent").filter(pk=about).first()
        return PublicPlace(person, post) if post else None

    def worked_by(self, person: Any) -> QuerySet[Any]:
        brands = person.brands_for(Capability.WORK_THE_QUEUE) or set()
        return Post.objects.filter(thread__product__brand__slug__in=brands).values("pk")
