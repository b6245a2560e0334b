"""Which files a post shows. Who may read the post may fetch them, and while it shows them they are kept."""

from typing import Any

from django.db import models

from community.files.models import Attachment
from community.files.places import place, wanted
from forums.threads.models.draft import Draft
from forums.threads.models.post import Post


class PostFile(models.Model):
    """A post shows or links to an attachment."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="in_posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "attachment"], name="a_file_once_per_post")]


@place("in_posts")
def posts_with_files(person: Any) -> models.QuerySet[PostFile]:
    """The rows of posts that this person may read."""
    return PostFile.objects.filter(post__in=Post.objects.visible_to(person))


@wanted
def stands_in_a_draft(attachment: Attachment) -> bool:
    """Somebody is still writing about it."""
    return Draft.objects.filter(person=attachment.uploader_id, text__contains=attachment.key).exists()
