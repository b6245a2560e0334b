"""AC-POL-5: the log as a signed file; one changed letter is found, and the auditor may have it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from moderation.actions.tasks import seal
from tests.moderation.actions.test_chain import sealed  # noqa: F401


def verify(path) -> str:
    out = StringIO()
    call_command("verify_audit", export=path, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(client, cast, sealed, tmp_path):  # noqa: F811
    client.force_login(cast.jo)
    seal(0)
    path = tmp_path / "actions.jsonl"
    path.write_bytes(b"".join(client.get("/desk/actions/signed/").streaming_content))
    return path


def test_ac_pol_5_the_auditor_gets_a_file_that_proves_itself(file):
    assert "item.claimed" in file.read_text()
    assert '"digest": "' in file.read_text()
    assert "as this site signed it" in verify(file)


@pytest.mark.parametrize("change", [("emil", "dora"), ("item.claimed", "item.closed")])
def test_a_changed_word_is_found(file, change):
    file.write_text(file.read_text().replace(*change, 1))
    with pytest.raises(CommandError, match="changed"):
        verify(file)


def test_a_line_that_is_gone_and_a_file_without_end_are_found(file):
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([lines[0], *lines[2:]]))
    with pytest.raises(CommandError, match="lines"):
        verify(file)
    file.write_text("".join(lines[:-1]))
    with pytest.raises(CommandError, match="no signature"):
        verify(file)


def test_another_secret_is_another_site(file, settings):
    settings.SECRET_KEY = "another-secret-of-another-site-of-ours"
    with pytest.raises(CommandError, match="another site"):
        verify(file)
