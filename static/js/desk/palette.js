/* Ctrl+K: a few letters find views, items, people and deeds. Arrows choose, Enter does it, Esc leaves everything as it was. */
import { perform } from "./keys.js";

const dialog = document.getElementById("palette")
const input = dialog?.querySelector("[data-palette-input]")
const list = dialog?.querySelector("[data-palette-list]")
const count = dialog?.querySelector("[data-palette-count]")
let asked, soon, before, isBehind = false

const options = () => [...list.querySelectorAll("[role=option]")]

function choose(option) {
  for (const one of options()) one.setAttribute("aria-selected", String(one === option))
  if (!option) return input.removeAttribute("aria-activedescendant")
  input.setAttribute("aria-activedescendant", option.id)
  option.scrollIntoView({ block: "nearest" })
}

/* Every letter in its order, anywhere in the words: "tni" finds "Take the next item". */
function fits(words, query) {
  let at = 0
  for (const letter of words.toLowerCase()) if (letter === query[at]) at += 1
  return at === query.length
}

function deeds(query) {
  const group = dialog.querySelector("[data-palette-deeds]").content.firstElementChild.cloneNode(true)
  const known = [...dialog.querySelectorAll("[data-palette-words] li")].filter((one) => fits(one.textContent, query.toLowerCase().replace(/\s/g, "")))
  if (!known.length) return null
  group.append(Object.assign(document.createElement("p"), { className: "palette-title", ariaHidden: "true", textContent: group.dataset.label }))
  for (const one of known) {
    const option = Object.assign(document.createElement("button"), { type: "button", id: `palette-deed-${known.indexOf(one)}`, tabIndex: -1 })
    option.setAttribute("role", "option")
    option.append(Object.assign(document.createElement("span"), { className: "grow", textContent: one.textContent }), Object.assign(document.createElement("kbd"), { textContent: one.dataset.key }))
    option.addEventListener("click", () => { leave(); perform(one.dataset.key) })
    group.append(option)
  }
  return group
}

async function find() {
  const query = input.value.trim()
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  const answer = await fetch(`${dialog.dataset.find}?q=${encodeURIComponent(query)}`, { signal, headers: { "HX-Request": "true" } }).catch(() => null)
  if (signal.aborted) return
  list.innerHTML = answer?.ok ? await answer.text() : ""
  const own = deeds(query)
  if (own) list.prepend(own)
  isBehind = false
  choose(options()[0])
  dialog.querySelector("[data-palette-none]").hidden = options().length > 0
  count.textContent = (options().length === 1 ? count.dataset.one : count.dataset.many).replace("%s", options().length)
}

/* Whoever types quickly and presses Enter means what they typed, not what was found for the letters before. */
async function perhapsLate() {
  clearTimeout(soon)
  if (isBehind) await find()
  options().find((one) => one.getAttribute("aria-selected") === "true")?.click()
}

function leave() {
  dialog.close()
  if (before?.isConnected) before.focus({ preventScroll: true })
}

function open() {
  before = document.activeElement
  input.value = ""
  dialog.showModal()
  input.focus()
  find()
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return
    event.preventDefault()
    if (dialog.open) leave()
    else open()
  })
  for (const button of document.querySelectorAll("[data-open-palette]")) {
    button.hidden = false
    button.addEventListener("click", open)
  }
  input.addEventListener("input", () => { isBehind = true; clearTimeout(soon); soon = setTimeout(find, 120) })
  input.addEventListener("keydown", (event) => {
    const all = options()
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true")
    if (event.key === "ArrowDown") choose(all[(at + 1) % all.length])
    else if (event.key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length])
    else if (event.key === "Enter") perhapsLate()
    else return
    event.preventDefault()
  })
  dialog.addEventListener("click", (event) => event.target === dialog && leave())
}
