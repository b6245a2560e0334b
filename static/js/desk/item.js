/* <desk-item>: says every 15 s that its reader is here, and brings head and timeline up to date under a composer it leaves alone. */
import { refresh, token } from "./swap.js";
import { currentRow } from "./list.js";

customElements.define("desk-item", class extends HTMLElement {
  doing = "reading"

  connectedCallback() {
    document.title = document.title.replace(/^.* · (?=[^·]+$)/, `${this.dataset.title} · `)
    this.addEventListener("input", () => this.write())
    this.addEventListener("live:moved", () => this.ask())
    this.addEventListener("live:resumed", () => this.ask())
    this.beat = setInterval(() => !document.hidden && this.say(this.doing), 15000)
    this.poll = setInterval(() => document.documentElement.dataset.live !== "on" && !document.hidden && this.ask(), 20000)
    addEventListener("pagehide", this.leave)
    addEventListener("outbox:sent", this.ask)
    this.say("reading")
  }

  disconnectedCallback() {
    clearInterval(this.beat)
    clearInterval(this.poll)
    clearTimeout(this.rest)
    removeEventListener("pagehide", this.leave)
    removeEventListener("outbox:sent", this.ask)
    this.leave()
  }

  ask = () => refresh(this.dataset.news)

  write() {
    if (this.doing !== "writing") this.say("writing")
    clearTimeout(this.rest)
    this.rest = setTimeout(() => this.say("reading"), 20000)
  }

  async say(doing) {
    this.doing = doing
    const body = new URLSearchParams({ doing })
    const answer = await fetch(this.dataset.presence, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } }).catch(() => null)
    if (!answer?.ok || !this.isConnected) return
    const box = document.createElement("template")
    box.innerHTML = await answer.text()
    const fresh = box.content.firstElementChild
    if (fresh) document.getElementById(fresh.id)?.replaceWith(fresh)
  }

  leave = () => {
    const form = new FormData()
    form.set("doing", "gone")
    form.set("csrfmiddlewaretoken", token())
    navigator.sendBeacon(this.dataset.presence, form)
  }
})

document.addEventListener("htmx:after:swap", (event) => {
  if (!event.detail?.ctx || !document.querySelector("desk-item")) return
  const pane = document.getElementById("open-item")
  const swapped = event.detail.ctx.target
  if (swapped !== pane && swapped !== "#open-item") return
  dispatchEvent(new CustomEvent("desk:deed"))
  const refused = pane.querySelector("[data-refused]")
  refused?.focus()
  refused?.closest("form")?.querySelector(".foot")?.scrollIntoView({ block: "nearest" }) // with the way out
  requestAnimationFrame(() => { // htmx looks for the old focus first
    const { activeElement } = document
    if (activeElement === document.body || !activeElement?.checkVisibility()) currentRow()?.focus({ preventScroll: true })
  })
})

/* What somebody unfolds at the end of the talk comes into view. */
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.closest(".timeline")) target.scrollIntoView({ block: "nearest" })
}, true)
