"""AC-PRIV-5 on two web processes: sockets that are cut and answers that are lost lose and double nothing."""

import json
import random
import re
import threading
from contextlib import suppress
from itertools import cycle

import httpx
import pytest
from django.conf import settings
from django.db import connections
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from moderation.chat.models import Chat
from moderation.escalation.models import PrivateMessage
from tests.cast import Cast
from tests.community.conftest import fronts  # noqa: F401 - fixture
from tests.moderation.chat.scenes import ana_and_dora_chat
from tests.scenes import as_

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("fronts")]
WORDS = 40
SAID = re.compile(r'<article[^>]*data-number="(\d+)"[\s\S]*?class="prose"[^>]*>\s*<p>([^<]+)</p>')
NUMBER = re.compile(r'data-number="(\d+)"')


class Page(threading.Thread):
    """What a chat's page does, and nothing that it does not: words go out one by one with a key until they are
    acknowledged, the socket brings what is new, and after a gap what was missed is fetched by number."""

    def __init__(self, person, say: str, news: str, stream: str, urls: list[str], seed: int) -> None:
        super().__init__()
        self.name_of, self.say, self.news, self.stream = person.username, say, news, stream
        self.urls, self.chance = cycle(urls), random.Random(seed)
        cookies = {settings.SESSION_COOKIE_NAME: as_(person).cookies[settings.SESSION_COOKIE_NAME].value}
        token = "t" * 32
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={cookies[settings.SESSION_COOKIE_NAME]}"
        headers = {"X-CSRFToken": token, "HX-Request": "true"}
        self.http = httpx.Client(cookies={**cookies, settings.CSRF_COOKIE_NAME: token}, headers=headers, timeout=20)
        self.log: dict[int, str] = {}
        self.live = self.cuts = self.lost = self.whole = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        """Say everything, while the socket is cut again and again."""
        listener = threading.Thread(target=self.listen_until_it_is_over)
        listener.start()
        for number in range(WORDS):
            self.deliver(f"{self.name_of} {number}", f"{self.name_of}-{number:016d}")
        self.is_over.set()
        listener.join(15)

    def deliver(self, words: str, key: str) -> None:
        """Until it is acknowledged; now and then an answer is lost on its way, and the other process is asked."""
        while True:
            data = {"text": words, "key": key, "once": key}
            answer = self.http.post(next(self.urls) + self.say, data=data)
            if self.chance.random() < 0.3:
                self.lost += 1
            elif answer.status_code == 201:
                self.take(answer.text)
                return
            else:
                assert answer.status_code in (409, 429, 503), (answer.status_code, answer.text[:300])

    def listen_until_it_is_over(self) -> None:
        """A line for a moment, then it is cut without a good-bye; the next one goes to the other process."""
        while not self.is_over.is_set():
            url = next(self.urls)
            with suppress(ConnectionClosed, TimeoutError, OSError), self.socket(url) as line:
                line.send(json.dumps({"type": "listen", "stream": self.stream}))
                while (frame := json.loads(line.recv(timeout=5)))["type"] != "listening":  # what is said may be quicker
                    self.live += len(self.take(frame.get("html", "")))
                self.catch_up(url)
                for _frame in range(self.chance.randint(2, 9)):
                    frame = json.loads(line.recv(timeout=0.5))
                    self.live += len(self.take(frame.get("html", "")))
                self.cuts += 1
                line.socket.close()

    def socket(self, url: str):
        """A line as a browser opens it."""
        address = url.replace("http", "ws") + "/live/"
        return connect(address, origin=url, additional_headers={"Cookie": self.cookie}, close_timeout=0.1)

    def catch_up(self, url: str) -> None:
        """From the last number before a gap, as `chat.js` does."""
        while self.whole + 1 in self.log:
            self.whole += 1
        answer = self.http.get(f"{url}{self.news}?since={self.whole}")
        assert answer.status_code == 200
        self.take(answer.text)
        self.whole = max([self.whole, *map(int, NUMBER.findall(answer.text))])

    def take(self, html: str) -> list[int]:
        """By the server's number: what is known already is not shown again."""
        found = {int(number): words.strip() for number, words in SAID.findall(html)}
        fresh = [number for number in found if number not in self.log]
        for number, words in found.items():
            assert self.log.setdefault(number, words) == words, "one number, two messages"
        return fresh


@pytest.fixture
def chat(fronts) -> Chat:  # noqa: F811
    return ana_and_dora_chat(Cast())


def test_ac_priv_5_cut_sockets_and_lost_answers_on_two_processes_lose_and_double_nothing(fronts, chat):  # noqa: F811
    conversation = chat.conversation
    mine, theirs = f"/requests/{conversation.token}/chat/", f"/desk/conversations/{conversation.pk}/chat/"
    stream, urls = conversation.stream, fronts.urls
    pages = [Page(conversation.customer, f"{mine}say/", f"{mine}news/", stream, urls, 1),
             Page(chat.agent, f"{theirs}say/", f"{theirs}news/", stream, urls[::-1], 2)]  # fmt: skip
    connections.close_all()
    for page in pages:
        page.start()
    everything = {f"{page.name_of} {number}" for page in pages for number in range(WORDS)}
    for page in pages:
        page.join(300)
    for page in pages:
        page.catch_up(urls[0])
    said = list(PrivateMessage.objects.filter(conversation=conversation).order_by("number"))
    assert [message.number for message in said] == list(range(1, len(said) + 1)), "the server's numbers have no gap"
    words = {message.number: message.source for message in said if not message.step}
    spoken = [each for each in words.values() if each in everything]
    assert sorted(spoken) == sorted(everything), "each once"
    for page in pages:
        own = [int(each.split()[1]) for each in spoken if each.startswith(page.name_of)]
        assert own == list(range(WORDS)), "nobody's words change places"
        assert {number: text for number, text in page.log.items() if text in everything} == {
            number: text for number, text in words.items() if text in everything
        }
        assert page.cuts > 3
        assert page.lost > 3
        assert page.live > 3, "sockets bring words, too, also those said at the other process"
