"""The demo's pictures come by the door that everybody uses, and go with it."""

import tomllib

from community.files.models import Attachment, Blob
from forums.questions.demo import FILES, PICTURES, remove_files, with_files


def test_the_pictures_of_the_demo_are_light_described_and_leave_nothing(cast):
    told = [post for file in FILES for question in tomllib.loads(file.read_text())["question"]
            for post in [question, *question.get("answer", [])] if post.get("files")]  # fmt: skip
    named = {file["name"] for post in told for file in post["files"]}
    assert named == {path.name for path in PICTURES.iterdir()}
    assert all(path.stat().st_size <= 40_000 for path in PICTURES.iterdir())
    texts = [with_files(post, cast.ana) for post in told]
    assert not [text for text in texts if "![](" in text]
    assert Attachment.objects.count() == Blob.objects.count() == len(named) == 4
    remove_files()
    assert not Attachment.objects.exists()
    assert not Blob.objects.exists()
