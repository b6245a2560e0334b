/* <desk-list>: rows change in place and never move by themselves; what is new waits behind a bar. Rows open beside the list. */
import { refresh } from "./swap.js";

const openId = () => location.pathname.match(/\/desk\/(?:items|flags)\/(\d+)\//)?.[1]

export const rows = () => [...document.querySelectorAll("[data-rows] .queue-row")]
const isOpen = (row) => Boolean(openId()) && row.dataset.item === openId()
export const currentRow = () => rows().find(isOpen)

export function mark() {
  for (const row of rows()) {
    if (isOpen(row)) row.setAttribute("aria-current", "true")
    else row.removeAttribute("aria-current")
  }
}

export async function openRow(row) {
  const url = new URL(row.href)
  url.search = document.querySelector("desk-list")?.dataset.place ?? url.search
  if (!window.htmx?.ajax) return location.assign(url)
  history.pushState({ desk: true }, "", url)
  mark()
  await window.htmx.ajax("GET", url.pathname + url.search, { target: "#open-item", swap: "innerHTML" })
  document.body.classList.replace("show-list", "show-item")
  row.scrollIntoView({ block: "nearest" })
}

customElements.define("desk-list", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const row = event.target.closest(".queue-row")
      if (!row || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
      event.preventDefault()
      openRow(row)
    })
    this.addEventListener("live:changed", () => this.soon())
    this.addEventListener("live:resumed", () => this.soon(0))
    this.timer = setInterval(() => document.documentElement.dataset.live !== "on" && !document.hidden && this.ask(), 30000)
    addEventListener("desk:deed", this.afterDeed)
    addEventListener("outbox:sent", this.afterDeed)
    addEventListener("popstate", this.reload)
    mark()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
    removeEventListener("desk:deed", this.afterDeed)
    removeEventListener("outbox:sent", this.afterDeed)
    removeEventListener("popstate", this.reload)
  }

  afterDeed = () => this.soon(0)
  reload = () => location.reload()

  /* The first of many changes is asked for at once, the others together some seconds later: fifty desks hear of each
     claim on the line, which brings the row, and only their numbers wait. Not all desks ask at the same moment. */
  soon(wait) {
    mark()
    const rest = Math.max(0, (this.asked ?? -Infinity) + 3000 - performance.now())
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.ask(), wait ?? rest + 400 + Math.random() * 400)
  }

  async ask() {
    this.asked = performance.now()
    const shown = rows().map((row) => row.dataset.item).join(",")
    const since = encodeURIComponent(this.dataset.made)
    await refresh(`${this.dataset.news}&since=${since}&shown=${shown}`)
    mark()
  }
})
