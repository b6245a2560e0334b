/* <call-line>: a call. The customer's browser offers, the team's answers; what they say to find each other goes over the
   page's one socket, which asks each time whether they may. The line comes back by itself: a broken way is looked for
   anew (ICE restart), a page that was loaded anew says hello and is offered a new line. Nothing is recorded. */
import { Microphone, canCall, speakersInto } from "./devices.js";
import { Listening } from "./quality.js";

const newName = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const LATER = 4000, NO_WAY = 40000, BATCH = 120

customElements.define("call-line", class extends HTMLElement {
  page = newName()
  queue = Promise.resolve()
  offers = 0
  candidates = []
  early = []
  isMuted = false
  isHeld = false

  connectedCallback() {
    this.voice = this.querySelector("[data-voice]")
    this.addEventListener("live:listening", () => this.heard())
    this.addEventListener("live:stood", () => this.stand())
    this.addEventListener("live:resumed", () => this.hello(true))
    this.addEventListener("live:signal", ({ detail }) => this.take(detail.side, detail.data))
    this.addEventListener("click", ({ target }) => this.press(target.closest("[data-key]")?.dataset.key))
    this.timers = [setInterval(() => this.say("here"), 15000), setInterval(() => this.tick(), 1000)]
    this.leaving = (event) => { if (this.pc?.connectionState === "connected") event.preventDefault() }
    addEventListener("beforeunload", this.leaving)
    this.querySelector("[data-end]").addEventListener("submit", () => removeEventListener("beforeunload", this.leaving))
    if (!canCall()) return this.part("unable", true)
    this.stand()
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval)
    removeEventListener("beforeunload", this.leaving)
    this.close()
  }

  get bar() { return this.querySelector("#call-bar") }
  get isCaller() { return this.dataset.side === "customer" } // who offers; the other side answers
  say(word) { dispatchEvent(new CustomEvent("live:tell", { detail: { stream: this.dataset.stream, word } })) }
  signal(data) { dispatchEvent(new CustomEvent("live:signal-out", { detail: { stream: this.dataset.stream, data: { page: this.page, ...data } } })) }
  part(name, isShown) { for (const each of this.querySelectorAll(`[data-part="${name}"]`)) each.hidden = !isShown }

  stand() { // what the site says of the call: it was answered, or it is over
    const { state } = this.bar.dataset
    if (state === this.state) return
    this.state = state
    if (state === "ended" || state === "failed") return this.over()
    if (state !== "ringing") this.join()
  }

  heard() {
    this.say("here")
    this.hello(true)
  }

  async join() {
    if (this.microphone || this.isJoining || this.isElsewhere) return
    this.isJoining = true
    this.microphone = await Microphone.open().catch(() => null)
    this.isJoining = false
    this.part("refused", !this.microphone)
    if (!this.microphone) return
    this.microphone.onchange = (track) => this.sender?.replaceTrack(track)
    this.microphone.fill(this.querySelector('[data-devices="audioinput"]'))
    speakersInto(this.querySelector('[data-devices="audiooutput"]'), this.voice)
    this.part("line", true)
    this.tell(this.dataset.looking)
    this.begun = Date.now()
    this.hello(true)
  }

  hello(isFirst) { if (this.microphone) this.signal({ kind: "hello", isFirst }) }

  take(side, data) {
    if (side === this.dataset.side) return this.mine(data)
    if (!this.microphone || (data.to && data.to !== this.page)) return
    const deeds = { hello: this.meet, offer: this.answer, answer: this.agreed, ice: this.add, restart: this.restart, state: this.other }
    this.queue = this.queue.then(() => deeds[data.kind]?.call(this, data)).catch(console.error) // one after the other
  }

  mine(data) { // another page of the same person came later: the line goes there
    if (data.kind !== "hello" || data.page === this.page || !data.isFirst || !this.microphone) return
    this.isElsewhere = true
    this.close()
    this.part("line", false)
    this.part("elsewhere", true)
  }

  async meet(data) {
    if (data.isFirst) this.hello(false)
    const isNew = this.peer !== data.page
    this.peer = data.page
    if (!this.isCaller) return
    if (isNew || !this.pc) await this.open()
    else if (this.pc.connectionState !== "connected" && Date.now() - this.offeredAt > LATER / 2) await this.offer(true)
  }

  async ways() {
    const answer = await fetch(this.dataset.ways, { headers: { "HX-Request": "true" } }).catch(() => null)
    return answer?.ok ? answer.json() : { iceServers: [] }
  }

  async line() { // a connection with our voice on it
    this.pc?.close()
    this.pc = null
    this.early = []
    const pc = (this.pc = new RTCPeerConnection(await this.ways()))
    this.sender = pc.addTrack(this.microphone.track, this.microphone.stream)
    pc.ontrack = ({ streams, track }) => {
      this.voice.srcObject = streams[0] ?? new MediaStream([track])
      this.voice.play().catch(() => {})
    }
    pc.onicecandidate = ({ candidate }) => candidate && this.gather(candidate.toJSON())
    pc.onconnectionstatechange = () => this.pc === pc && this.turn(pc.connectionState)
    this.listening = new Listening(pc)
    return pc
  }

  async open() {
    await this.line()
    await this.offer(false)
  }

  async offer(isAnew) {
    const pc = this.pc
    if (isAnew) pc.setConfiguration({ ...pc.getConfiguration(), ...(await this.ways()) })
    await pc.setLocalDescription(await pc.createOffer({ iceRestart: isAnew }))
    this.offers += 1
    this.send()
  }

  send() {
    this.offeredAt = Date.now()
    this.signal({ kind: "offer", to: this.peer, number: this.offers, sdp: this.pc.localDescription.sdp })
  }

  async answer(data) {
    if (this.peer !== data.page || !this.pc || !data.sdp.includes(this.session)) await this.line()
    this.peer = data.page
    this.session = /^o=\S+ (\d+) /m.exec(data.sdp)?.[1] ?? ""
    await this.pc.setRemoteDescription({ type: "offer", sdp: data.sdp })
    await this.pc.setLocalDescription(await this.pc.createAnswer())
    this.signal({ kind: "answer", to: this.peer, number: data.number, sdp: this.pc.localDescription.sdp })
    await this.catchUp()
  }

  async agreed(data) {
    if (this.pc?.signalingState !== "have-local-offer" || data.number !== this.offers) return
    await this.pc.setRemoteDescription({ type: "answer", sdp: data.sdp })
    await this.catchUp()
  }

  gather(candidate) { // some at a time, so that the socket is not flooded
    this.candidates.push(candidate)
    this.batch ??= setTimeout(() => {
      this.batch = undefined
      this.signal({ kind: "ice", to: this.peer, candidates: this.candidates.splice(0) })
    }, BATCH)
  }

  async add(data) {
    if (!this.pc?.remoteDescription) return this.early.push(...data.candidates)
    for (const each of data.candidates) await this.pc.addIceCandidate(each).catch(() => {})
  }

  catchUp() { return this.add({ candidates: this.early.splice(0) }) }

  turn(state) {
    clearTimeout(this.again)
    if (state === "connected") {
      this.hasSpoken = true
      this.say("through")
      this.share()
    }
    if (state === "disconnected") this.again = setTimeout(() => this.restart(), LATER)
    if (state === "failed") this.restart()
    if (state !== "connected") this.tell(this.hasSpoken ? this.dataset.back : this.dataset.looking)
  }

  restart() {
    clearTimeout(this.again)
    if (!this.pc || this.pc.connectionState === "closed") return
    this.again = setTimeout(() => this.pc.connectionState !== "connected" && this.restart(), LATER)
    if (!this.isCaller) return this.signal({ kind: "restart", to: this.peer })
    if (this.pc.signalingState === "stable") return this.offer(true)
    return this.send() // it may have been lost on its way
  }

  async tick() {
    this.stand()
    const since = this.bar?.dataset.through
    if (since) {
      const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 1000))
      this.querySelector("[data-clock]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    }
    if (this.begun && !this.hasSpoken && Date.now() - this.begun > NO_WAY && this.peer) return this.giveUp()
    if (this.pc?.connectionState !== "connected") return
    const { quality, isSilent } = await this.listening.look()
    if (quality) this.tell(isSilent && !this.isMuted && !this.isHeld ? this.dataset.silent : this.dataset[quality], quality)
  }

  giveUp() { // no way from browser to browser: the page offers the other ways
    this.begun = 0
    const form = this.querySelector("[data-end]")
    form.elements.is_failed.value = "on"
    form.requestSubmit()
  }

  tell(words, quality = "") {
    const place = this.querySelector("[data-quality]")
    if (place.textContent !== words) place.textContent = words
    place.className = `there ${quality === "good" ? "on" : "off"}`
  }

  press(key) {
    if (key === "again") return this.join()
    if (key !== "mute" && key !== "hold") return
    if (key === "mute") this.isMuted = !this.isMuted
    else this.isHeld = !this.isHeld
    const isPressed = key === "mute" ? this.isMuted : this.isHeld
    this.querySelector(`[data-key="${key}"]`).setAttribute("aria-pressed", isPressed)
    this.microphone.isOn = !this.isMuted && !this.isHeld
    this.voice.muted = this.isHeld
    this.share()
  }

  share() { this.signal({ kind: "state", to: this.peer, isMuted: this.isMuted, isHeld: this.isHeld }) }

  other(data) {
    this.querySelector("[data-other]").textContent = data.isHeld ? this.dataset.held : data.isMuted ? this.dataset.muted : ""
  }

  close() {
    clearTimeout(this.again)
    clearTimeout(this.batch)
    this.pc?.close()
    this.microphone?.close()
    this.pc = this.microphone = null
  }

  over() {
    this.close()
    this.part("line", false)
    for (const part of ["refused", "elsewhere"]) this.part(part, false)
    this.querySelector("[data-end]").hidden = true
    removeEventListener("beforeunload", this.leaving)
    setTimeout(() => location.reload(), 1500) // what comes next is the site's to say
  }
})

// A form that begins or answers a call asks for the microphone first: who cannot be heard is shown the other ways.
for (const form of document.querySelectorAll("form[data-needs-microphone]")) prepare(form)
document.addEventListener("htmx:after:swap", () => document.querySelectorAll("form[data-needs-microphone]:not([data-is-ready])").forEach(prepare))

function prepare(form) {
  form.dataset.isReady = ""
  form.hidden = !canCall()
  const way = (name) => document.querySelector(`[data-no-way="${name}"]`)
  if (!canCall() && way("browser")) way("browser").hidden = false
  form.addEventListener("submit", async (event) => {
    if (form.dataset.mayBeHeard) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const microphone = await Microphone.open().catch(() => null)
    microphone?.close()
    form.dispatchEvent(new CustomEvent("htmx:finally:request", { bubbles: true })) // nothing was sent yet: it may be pressed again
    if (way("microphone")) way("microphone").hidden = Boolean(microphone)
    if (!microphone) return
    form.dataset.mayBeHeard = "yes"
    form.requestSubmit()
  }, { capture: true })
}
