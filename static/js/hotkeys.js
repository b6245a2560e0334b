/* Single keys: / ? g h, g q, j, k. Never while typing, never with a modifier, and they can be turned off (WCAG 2.1.4). */
const dialog = document.getElementById("keys")
const toggle = dialog?.querySelector("[data-keys-on]")
const opener = document.querySelector("[data-open-keys]")
const isOn = () => { try { return localStorage.getItem("keys") !== "off" } catch { return true } }
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog[open]")
let afterG = 0
const step = (by) => {
  const stops = [...document.querySelectorAll(".post[id], .list > li")]
  const now = stops.findIndex((stop) => stop.contains(document.activeElement))
  const next = stops[Math.max(0, Math.min(stops.length - 1, now + by))]
  const target = next?.querySelector("h2 a, h3 a") ?? next
  if (target === next) next?.setAttribute("tabindex", "-1")
  target?.focus()
  next?.scrollIntoView({ block: "nearest" })
}
const deeds = {
  "/": () => [...document.querySelectorAll(".queue [data-search]"), ...document.querySelectorAll("[data-search]")].find((field) => field.offsetParent)?.focus(),
  "?": () => dialog?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  g: () => { afterG = Date.now() },
}
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !isOn()) return
  const place = Date.now() - afterG < 1200 ? { h: "/", q: "/questions/" }[event.key] : null
  const isDesk = document.body.classList.contains("on-desk")
  if (place) location.assign(place)
  else if (deeds[event.key] && !(isDesk && "jk?".includes(event.key))) {
    event.preventDefault()
    deeds[event.key]()
  }
})
if (opener && dialog) {
  opener.hidden = false
  opener.addEventListener("click", () => dialog.showModal())
  toggle.checked = isOn()
  toggle.addEventListener("change", () => { try { localStorage.setItem("keys", toggle.checked ? "on" : "off") } catch { /* this page only */ } })
}
