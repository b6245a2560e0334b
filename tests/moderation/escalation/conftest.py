"""A real IMAP server for the tests of the mailbox: Debian's Dovecot, on free loopback ports, with a user of its own."""

import getpass
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live_site import free_port

CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
recipient_delimiter = +
lmtp_hdr_delivery_address = original
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{home}/mail/%n
mail_uid = {owner}
mail_gid = {owner_group}
first_valid_uid = 1
first_valid_gid = 1
auth_username_format = %Ln
listen = 127.0.0.1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={home}/mail/%n allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Postbox:
    """The running server."""

    imap: int
    lmtp: int
    log: Path

    @property
    def url(self) -> str:
        return f"imap://reply:secret@127.0.0.1:{self.imap}/INBOX"

    def deliver(self, mail, to: str) -> None:
        """As a mail server hands it over: by LMTP, with the recipient's full address."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as server:
            server.sendmail("ana@example.org", [to], mail.as_bytes())


def names(is_root: bool) -> dict[str, str]:
    """Root lets Dovecot use its own users; anybody else runs all of it under their own name."""
    if is_root:
        return {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "owner": "mail", "owner_group": "mail"}
    me = getpass.getuser()
    group = str(pwd.getpwnam(me).pw_gid)
    return {"internal": me, "group": group, "login": me, "owner": me, "owner_group": group}


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Dovecot did not start: " + (log.read_text() if log.exists() else ""))


@pytest.fixture(scope="session")
def postbox(tmp_path_factory):
    """Dovecot with LMTP and IMAP; skipped where it is not installed."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("Dovecot is not installed (apt-get install dovecot-imapd dovecot-lmtpd)")
    is_root = os.geteuid() == 0
    home = Path("/tmp") / f"porchlight-dovecot-{os.getpid()}"  # a short path: sockets have at most 107 characters
    shutil.rmtree(home, ignore_errors=True)
    (home / "mail").mkdir(parents=True)
    if is_root:
        shutil.chown(home / "mail", "mail", "mail")
    imap, lmtp = free_port(), free_port()
    config = home / "dovecot.conf"
    config.write_text(CONFIG.format(home=home, imap=imap, lmtp=lmtp, **names(is_root)))
    process = subprocess.Popen([program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wait_for(imap, process, home / "dovecot.log")
    wait_for(lmtp, process, home / "dovecot.log")
    yield Postbox(imap, lmtp, home / "dovecot.log")
    process.terminate()
    process.wait(timeout=15)
    shutil.rmtree(home, ignore_errors=True)
