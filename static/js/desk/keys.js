/* Single letters of the desk. They rest while somebody types and in dialogs, never take a modifier, and can be turned off. */
import { currentRow, openRow, rows } from "./list.js";

const isOn = () => { try { return localStorage.getItem("keys") !== "off" } catch { return true } }
const isTyping = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]")

function step(by) {
  const all = rows()
  const at = all.indexOf(document.activeElement?.closest?.(".queue-row") ?? currentRow())
  const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]
  next?.focus()
  next?.scrollIntoView({ block: "nearest" })
}

function press(key) {
  const button = document.querySelector(`#open-item [data-key="${key}"]`)
  if (!button) return
  button.click()
  button.closest("details")?.querySelector("form :is(input:not([type=hidden]), button)")?.focus()
}

const toPrivate = (selector) => {
  const summary = document.querySelector(`#private-panel ${selector}`)
  if (!summary) return
  summary.parentElement.open = true
  summary.parentElement.querySelector("form :is(input:not([type=hidden]), textarea, select, button)")?.focus()
}

const compose = (name) => document.querySelector(`#open-item [data-compose="${name}"]`)?.click()

const deeds = {
  j: () => step(1),
  k: () => step(-1),
  o: () => { const row = document.activeElement?.closest?.(".queue-row") ?? rows()[0]; if (row) openRow(row) },
  r: () => (document.querySelector('#open-item [data-compose="answer"]') ? compose("answer") : document.querySelector("#private-panel textarea")?.focus()),
  n: () => compose("note"),
  u: () => (document.querySelector('#open-item [data-key="u"]') ? press("u") : (currentRow() ?? rows()[0])?.focus()),
  "?": () => document.getElementById("keys")?.showModal(),
}
const close = () => {
  const form = document.querySelector('#private-panel form[action$="/close/"]')
  if (!form) return press("e")
  const details = form.closest("details")
  if (details) details.open = true
  form.querySelector("select, input:not([type=hidden]), textarea")?.focus()
}

for (const key of "csa") deeds[key] = () => press(key)
deeds.x = () => { const row = document.activeElement?.closest?.(".queue-row") ?? currentRow(); if (row) document.dispatchEvent(new CustomEvent("desk:pick", { detail: row })) }
export const perform = (key) => deeds[key]?.()
deeds.t = () => document.querySelector("[data-take-next]")?.click()
deeds.e = close
deeds.p = () => toPrivate("details[data-private] > summary")

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return
  if (!isOn() || isTyping(event.target) || !deeds[event.key]) return
  event.preventDefault()
  deeds[event.key]()
})
