/* <chat-box>: a live chat. Words go out one after the other with a key of their own, so that a lost answer is asked for
   again and nothing is said twice; what was missed is fetched by number; who is here and who types goes over the socket. */
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
const parse = (html) => [...document.createRange().createContextualFragment(html).children]

customElements.define("chat-box", class extends HTMLElement {
  doing = "here"
  line = Promise.resolve()

  connectedCallback() {
    this.log = this.querySelector("[data-said]")
    this.form = this.querySelector("form[data-words]")
    this.whole ??= Math.max(0, ...this.numbers([...this.log.children])) // the page came with all up to this one
    this.timers = [
      setInterval(() => this.say(this.doing), 15000),
      setInterval(() => document.documentElement.dataset.live !== "on" && this.catchUp(), 4000),
    ]
    this.addEventListener("live:listening", () => this.say(this.doing))
    this.addEventListener("live:resumed", () => this.catchUp())
    this.addEventListener("live:stood", () => this.stand())
    this.watcher = new MutationObserver(() => this.tidy())
    this.watcher.observe(this.log, { childList: true })
    this.form?.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); this.send() })
    this.form?.addEventListener("input", () => this.type())
    this.form?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.name !== "text") return
      event.preventDefault()
      event.stopPropagation()
      this.send()
    })
    this.tidy(true)
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval)
    clearTimeout(this.rest)
    this.watcher.disconnect()
  }

  say(doing) {
    this.doing = doing
    dispatchEvent(new CustomEvent("live:tell", { detail: { stream: this.dataset.stream, word: doing } }))
  }

  type() {
    if (!this.form.elements.text.value) return
    if (this.doing !== "typing") this.say("typing")
    clearTimeout(this.rest)
    this.rest = setTimeout(() => this.say("here"), 4000)
  }

  send() {
    const { text, files } = this.form.elements
    if (!text.value.trim() && !files?.files.length) return text.focus()
    const body = new FormData(this.form), key = newKey()
    body.set("key", key)
    body.set("once", key)
    const bubble = this.querySelector("[data-bubble]").content.firstElementChild.cloneNode(true)
    bubble.classList.add(this.dataset.side)
    bubble.dataset.key = key
    bubble.querySelector(".prose").textContent = text.value.trim() || files.files[0].name
    this.log.append(bubble)
    this.form.reset()
    text.value = ""
    text.dispatchEvent(new Event("input", { bubbles: true }))
    clearTimeout(this.rest)
    this.say("here")
    this.fault("")
    this.line = this.line.then(() => this.deliver(body, bubble))
  }

  async deliver(body, bubble) {
    for (let tries = 0; this.isConnected; tries += 1) {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null)
      if (answer?.status === 202) bubble.remove() // it waits for a look: what comes back says so
      if (answer?.ok) return this.take(await answer.text())
      if (answer && answer.status < 500 && answer.status !== 429) return this.refused(body, bubble, await answer.text())
      bubble.classList.add("stuck")
      await wait(Math.min(8000, 500 * 2 ** tries) * (0.75 + Math.random() / 2))
    }
  }

  refused(body, bubble, html) {
    bubble.remove()
    const { text } = this.form.elements
    if (!text.value) text.value = body.get("text")
    this.fault(new DOMParser().parseFromString(html, "text/html").body.textContent.trim().slice(0, 300))
  }

  fault(words) {
    const line = this.querySelector("[data-fault]")
    line.textContent = words
    line.hidden = !words
  }

  numbers(nodes) { return nodes.map((each) => Number(each.dataset.number)).filter(Boolean) }

  async catchUp() { // from the last number before a gap: what one says oneself arrives though the socket is down
    const known = new Set(this.numbers([...this.log.children]))
    while (known.has(this.whole + 1)) this.whole += 1
    const answer = await fetch(`${this.dataset.news}?since=${this.whole}`, { headers: { "HX-Request": "true" } }).catch(() => null)
    if (!answer?.ok) return
    const html = await answer.text()
    this.take(html)
    this.whole = Math.max(this.whole, ...this.numbers(parse(html)))
  }

  take(html) {
    for (const fresh of parse(html)) {
      const old = document.getElementById(fresh.id)
      if (fresh.id === "held-words") old?.replaceWith(fresh)
      else if (fresh.id === "chat-bar") { old?.replaceWith(fresh); this.stand() }
      else if (!old) this.log.append(fresh)
    }
  }

  tidy(isFirst = false) { // by the server's numbers, whatever the order of arrival; what is on its way stands last
    for (const other of [...this.log.children]) if (!other.matches("[data-number], .sending")) other.remove() // the state of the page, told to all
    const all = [...this.log.children]
    const said = new Set(all.map((each) => each.dataset.number && each.dataset.key).filter(Boolean))
    for (const each of all) if (each.matches(".sending") && said.has(each.dataset.key)) each.remove()
    const held = this.querySelector("#held-words [data-keys]")
    if (held?.dataset.keys.split(" ").some((key) => said.has(key))) held.remove() // somebody has looked: it is said
    const rank = (each) => Number(each.dataset.number ?? Infinity)
    for (const each of all.filter((one) => one.isConnected)) {
      const later = [...this.log.children].find((one) => one !== each && rank(one) > rank(each))
      if (later && later.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) later.before(each)
    }
    const { scrollHeight, scrollTop, clientHeight } = this.log
    if (isFirst || scrollHeight - scrollTop - clientHeight < 400) this.log.scrollTop = scrollHeight
  }

  stand() { // somebody of the team came, went or ended it: the desk's pane offers what can be done now
    const bar = this.querySelector("#chat-bar")
    const isNew = bar && (bar.dataset.agent !== (this.dataset.agent ?? bar.dataset.agent) || "ended" in bar.dataset)
    if (!isNew || !this.dataset.page || !window.htmx?.ajax) return
    this.dataset.agent = bar.dataset.agent
    window.htmx.ajax("GET", this.dataset.page, { target: "#private-panel", swap: "innerHTML" })
  }
})
