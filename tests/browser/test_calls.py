"""Calls between two real browsers: the voice arrives on both sides, directly or by a real relay, and comes back."""

import json
import re

import pytest
from playwright.sync_api import expect

from moderation.calls.models import Call
from moderation.chat.models import Duty, Seat
from moderation.escalation.models import Conversation
from tests.browsers import CHROMIUM_ARGUMENTS
from tests.moderation.chat.scenes import ana_writes
from tests.relay import coturn
from tests.waiting import until

SPEAKING = [
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection",
]  # fmt: skip
HEARD = """async () => {
  const line = document.querySelector("call-line")
  const found = { packets: 0, energy: 0, state: line?.pc?.connectionState, ways: [] }
  if (!line?.pc) return found
  const reports = [...(await line.pc.getStats()).values()]
  for (const report of reports) {
    if (report.type === "inbound-rtp")
      Object.assign(found, { packets: report.packetsReceived, energy: report.totalAudioEnergy })
    if (report.type === "candidate-pair" && report.nominated)
      found.ways.push(reports.find((one) => one.id === report.localCandidateId)?.candidateType)
  }
  return found
}"""
ONLY_RELAY = """
  const Plain = RTCPeerConnection
  window.RTCPeerConnection = class extends Plain {
    constructor(options) { super({ ...options, iceTransportPolicy: "relay" }) }
    setConfiguration(options) { super.setConfiguration({ ...options, iceTransportPolicy: "relay" }) }
  }
"""
NO_MICROPHONE = """
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"))
"""
COUNTED = """
  const real = RTCPeerConnection.prototype.getStats
  window.line = { lost: 0, isSilent: false }
  RTCPeerConnection.prototype.getStats = async function (...args) {
    const found = new Map()
    for (const [name, report] of await real.apply(this, args)) {
      const told = { ...report }
      if (told.type === "inbound-rtp") told.packetsLost = Math.round(told.packetsReceived * window.line.lost)
      if (told.type === "media-source" && window.line.isSilent) told.totalAudioEnergy = 1
      found.set(name, told)
    }
    return found
  }
"""


@pytest.fixture(scope="module")
def speaking(browser_type, browser_type_launch_args):
    """A browser whose microphone beeps once a second."""
    browser = browser_type.launch(**{**browser_type_launch_args, "args": [*CHROMIUM_ARGUMENTS, *SPEAKING]})
    yield browser
    browser.close()


@pytest.fixture
def pages(speaking, live_site, cast):
    """Ana's phone and Dora's desk, each in a browser profile of its own. Dora takes calls."""
    Duty.objects.begin(by=cast.dora, is_beyond_hours=True)
    phone = speaking.new_context(viewport={"width": 390, "height": 844}).new_page()
    desk = speaking.new_context(viewport={"width": 1280, "height": 900}).new_page()
    for page, person in ((phone, cast.ana), (desk, cast.dora)):
        live_site.sign_in(page, person)
    desk.goto(live_site.path("/desk/"))
    expect(desk.locator("html[data-live=on]")).to_be_attached()
    expect(desk.get_by_test_id("chat-strip")).to_contain_text("I take chats")
    until(Seat.objects.at_the_desk().exists)
    yield phone, desk
    for page in (phone, desk):
        page.context.close()


def ring_and_answer(live_site, cast, phone, desk) -> Conversation:
    """Ana rings from her private page, Dora reads the card and answers."""
    conversation = ana_writes(cast)
    phone.goto(live_site.path(conversation.get_absolute_url()))
    phone.get_by_test_id("to-talk").click()
    phone.get_by_test_id("talk-start").click()
    expect(phone.get_by_test_id("call-bar")).to_contain_text("It rings at our desks.")
    desk.get_by_test_id("talk-ringing").click()
    expect(desk.get_by_test_id("talk-card")).to_contain_text("Since fw 3.2 the left side is silent.")
    desk.get_by_test_id("talk-accept").click()
    return conversation


def hears(page, *, beyond=0, timeout=30) -> dict:
    """Wait until this page's browser has received voice that is not silence."""
    for _try in range(timeout * 2):
        found = page.evaluate(HEARD)
        if found["state"] == "connected" and found["packets"] > beyond + 20 and found["energy"] > 0:
            return found
        page.wait_for_timeout(500)
    raise AssertionError(json.dumps(found))


def test_two_browsers_hear_each_other_and_the_conversation_keeps_who_and_how_long(live_site, cast, pages):
    phone, desk = pages
    conversation = ring_and_answer(live_site, cast, phone, desk)
    for page in pages:
        assert hears(page)["ways"][0] in ("host", "prflx", "srflx")
        expect(page.locator("[data-quality].on")).to_have_text("Good line")
    expect(phone.get_by_test_id("call-bar")).to_contain_text("Dora, Bluetooth")
    phone.get_by_role("button", name="Mute").click()
    expect(desk.locator("[data-other]")).to_have_text("The other side has muted themselves")
    desk.get_by_role("button", name="Hold").click()
    expect(phone.locator("[data-other]")).to_have_text("The other side has put the call on hold")
    phone.get_by_test_id("hang-up").click()
    expect(phone.get_by_test_id("call-bar")).to_contain_text("The call is over.")
    expect(desk.get_by_test_id("call-bar")).to_contain_text("The call is over.")
    call = Call.objects.get()
    assert (call.state, call.end_reason, call.agent) == ("ended", "customer", cast.dora)
    assert conversation.messages.last().step == "spoke"


def test_the_voice_comes_back_after_a_reload_and_after_the_way_broke(live_site, cast, pages):
    phone, desk = pages
    ring_and_answer(live_site, cast, phone, desk)
    for page in pages:
        hears(page)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.reload()
    for page in pages:
        hears(page)
    before = phone.evaluate(HEARD)["packets"]
    sdp = "() => document.querySelector('call-line').pc.localDescription.sdp.match(/ice-ufrag:(\\S+)/)[1]"
    way = phone.evaluate(sdp)
    phone.evaluate("document.querySelector('call-line').turn('failed')")  # as the browser says it when the way is lost
    hears(phone, beyond=before)
    assert phone.evaluate(sdp) != way
    assert Call.objects.get().ended_at is None


def test_it_works_through_the_relay_alone(live_site, cast, pages, tmp_path):
    with coturn(tmp_path):
        phone, desk = pages
        for page in pages:
            page.add_init_script(ONLY_RELAY)
        ring_and_answer(live_site, cast, phone, desk)
        for page in pages:
            assert hears(page)["ways"][0] == "relay"


def test_who_cannot_be_heard_is_shown_the_other_ways_and_nothing_rings(live_site, cast, pages):
    phone, _desk = pages
    phone.add_init_script(NO_MICROPHONE)
    conversation = ana_writes(cast)
    phone.goto(live_site.path(f"/requests/{conversation.token}/talk/"))
    phone.get_by_test_id("talk-start").click()
    expect(phone.get_by_text("Your browser does not let us hear you.")).to_be_visible()
    expect(phone.get_by_test_id("other-ways")).to_be_visible()
    assert not Call.objects.exists()


def test_it_rings_for_eyes_and_after_a_gesture_for_ears_unless_that_is_turned_off(live_site, cast, pages):
    phone, desk = pages
    conversation = ana_writes(cast)
    phone.goto(live_site.path(f"/requests/{conversation.token}/talk/"))
    phone.get_by_test_id("talk-start").click()
    ring = desk.locator("call-ring")
    expect(ring).to_contain_text("Somebody rings")
    expect(desk).to_have_title(re.compile("^☎ "))
    assert ring.get_attribute("data-rung") is None, "no sound before somebody has used the page"
    desk.get_by_role("heading", level=1).first.click()
    expect(ring).to_have_attribute("data-rung", re.compile("[1-9]"))
    ring.get_by_label("With sound").uncheck()
    rung = ring.get_attribute("data-rung")
    ring.evaluate("ring => ring.ring()")
    assert ring.get_attribute("data-rung") == rung
    desk.reload()
    expect(desk.locator("call-ring").get_by_label("With sound")).not_to_be_checked()
    phone.get_by_test_id("hang-up").click()
    expect(desk.locator("call-ring")).to_have_count(0)
    assert not desk.title().startswith("☎")


def test_the_microphone_is_changed_in_the_call_and_words_say_how_the_line_is(live_site, cast, pages):
    phone, desk = pages
    phone.add_init_script(COUNTED)
    ring_and_answer(live_site, cast, phone, desk)
    for page in pages:
        hears(page)
    chosen = "() => document.querySelector('call-line').microphone.track.getSettings().deviceId"
    before = phone.evaluate(chosen)
    phone.get_by_test_id("devices").click()
    options = phone.get_by_label("Microphone").locator("option")
    other = next(each for each in options.all() if each.get_attribute("value") not in (before, "default"))
    phone.get_by_label("Microphone").select_option(other.get_attribute("value"))
    phone.wait_for_function(f"before => ({chosen})() !== before", arg=before)
    hears(desk, beyond=desk.evaluate(HEARD)["packets"])
    phone.evaluate("document.querySelector('call-line').microphone.track.onended()")  # as when it is unplugged
    hears(desk, beyond=desk.evaluate(HEARD)["packets"])
    quality = phone.locator("[data-quality]")
    expect(quality).to_have_text("Good line")
    for lost, words in ((0.05, "The line is weak"), (0.3, "The line is bad. Another network may help")):
        phone.evaluate("lost => { window.line.lost = lost }", lost)
        expect(quality).to_have_text(words)
    phone.evaluate("window.line = { lost: 0, isSilent: true }")
    expect(quality).to_have_text("Your microphone is silent. Is it the right one?")
