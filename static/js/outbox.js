/* What is sent while the line is down waits in this browser and goes out when it is back: in order, each once (by the
   one-time key of its form), and never over what somebody did meanwhile. Forms that may wait carry data-outbox.
   outbox-bar.js shows it; the bar's data-cut says that the line was found cut. */
const bar = document.querySelector("[data-outbox-bar]")
const PLACE = `outbox:${document.body.dataset.person}`
const SOON = 15000
let timer = 0

const read = () => { try { return JSON.parse(localStorage.getItem(PLACE) ?? "[]") } catch { return [] } }
const keep = (entries) => {
  try { localStorage.setItem(PLACE, JSON.stringify(entries)) } catch { return false }
  show()
  return true
}
const change = (key, facts) => keep(read().map((entry) => (entry.key === key ? { ...entry, ...facts } : entry)))
const drop = (key) => keep(read().filter((entry) => entry.key !== key))
const matter = (url) => new URL(url, location).pathname.replace(/[^/]+\/$/, "") // what belongs together: /desk/items/42/
const isOffline = () => "cut" in bar.dataset || !navigator.onLine
const value = (root, name) => root?.querySelector(`[name="${name}"]`)?.value
const parsed = (html) => new DOMParser().parseFromString(html, "text/html")
const token = () => { try { return JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"] } catch { return "" } }

/* Takes a form out of the browser's hands. Answers false when it cannot wait: files are too large to keep here. */
function hold(form, submitter) {
  const data = new FormData(form, submitter)
  const fields = [...data].filter(([name, field]) => typeof field === "string" && name !== "csrfmiddlewaretoken")
  if (!data.get("once") || [...data.values()].some((field) => field instanceof File && field.size)) return false
  const area = form.querySelector("textarea[data-draft-place]")
  if (area && !area.value.trim()) return true // nothing is said
  const entry = {
    key: data.get("once"), url: new URL(form.getAttribute("action"), location).href, fields, page: location.href,
    what: form.dataset.outbox, about: form.closest("[data-title]")?.dataset.title.split(" · ")[0] ?? document.querySelector("h1")?.textContent.trim() ?? "",
    target: form.getAttribute("hx-target"), swap: form.getAttribute("hx-swap"), version: value(form.closest("desk-item"), "version"),
    place: area?.dataset.draftPlace, text: area?.value ?? "",
  }
  if (!keep([...read().filter((one) => one.url !== entry.url || one.text !== entry.text), entry])) return false
  if (area) empty(form, area)
  form.elements.once.value = `${entry.key.split("~")[0]}~${Math.random()}` // what is written next is another deed of this form
  return true
}

function empty(form, area) {
  area.value = ""
  area.dispatchEvent(new Event("input", { bubbles: true }))
  try { localStorage.removeItem(`draft:${document.body.dataset.person}:${area.dataset.draftPlace}`) } catch { /* none kept */ }
  form.closest("desk-compose")?.close()
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (!bar || !form.dataset.outbox || !isOffline() || !hold(form, event.submitter)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)
/* On its way when the line was cut: it may have arrived, its key tells. What a part of the form asked for (the limits of
   new members) was no sending. */
document.addEventListener("htmx:error", (event) => {
  const form = event.target
  const { ctx, error } = event.detail ?? {}
  if (!bar || !form.dataset?.outbox || ctx?.response || error?.name === "AbortError") return
  cut(true)
  hold(form, ctx?.sourceEvent?.submitter)
  later()
})

/* Whether nobody else has moved a matter since an entry was made: then our own deeds follow one another. */
async function untouched(entry) {
  if (!entry.version || !matter(entry.url).startsWith("/desk/items/")) return false
  const answer = await fetch(`${matter(entry.url)}news/`, { headers: { "HX-Request": "true" } })
  return answer.ok && value(parsed(await answer.text()), "version") === entry.version
}

async function post(entry, after) {
  const body = new URLSearchParams(entry.fields.map(([name, field]) => [name, after[name] ?? field]))
  const headers = { "X-CSRFToken": token(), "X-Waited": "1", ...(entry.target ? { "HX-Request": "true", "HX-Current-URL": entry.page } : {}) }
  const answer = await fetch(entry.url, { method: "POST", body, headers })
  const isLost = answer.status === 401 || answer.status === 429 || answer.status >= 500 || new URL(answer.url).pathname.startsWith("/account/")
  if (isLost) throw new Error("not now")
  return { isDone: answer.ok, html: await answer.text() }
}

/* One after the other. What is stopped keeps back what follows in the same matter, until somebody has decided. */
async function deliver() {
  const stopped = new Set(read().filter((entry) => entry.stopped).map((entry) => matter(entry.url)))
  const matters = new Map()
  let sent = 0
  for (const { key } of read()) {
    const entry = read().find((one) => one.key === key)
    const at = entry && matter(entry.url)
    if (!entry || entry.stopped) continue
    if (stopped.has(at)) {
      change(key, { stopped: bar.dataset.behind })
      continue
    }
    if (!matters.has(at)) matters.set(at, { isOurs: await untouched(entry), after: {} })
    const known = matters.get(at)
    const { isDone, html } = await post(entry, known.after)
    const page = parsed(html)
    if (isDone) {
      sent += 1
      if (entry.fields.some(([name]) => name === "seen")) known.after.seen = value(page, "seen") // what was seen was the newest
      if (known.isOurs) known.after.version = value(page, "version")
      drop(entry.key)
    } else stopped.add(at)
    settle(entry, isDone, html, page)
  }
  cut(false)
  return sent
}

/* The page shows what came of it where it is open, unless somebody writes there now. */
function settle(entry, isDone, html, page) {
  const target = entry.target && document.querySelector(entry.target)
  const forms = [...(target?.querySelectorAll("form[action]") ?? [])].filter((form) => matter(form.getAttribute("action")) === matter(entry.url))
  const isWriting = [...(target?.querySelectorAll("textarea") ?? [])].some((area) => area.value.trim())
  if (forms.length && !isWriting && html.trim() && window.htmx) {
    if (!isDone) drop(entry.key) // the page has its words, and says why
    window.htmx.swap({ target, swap: entry.swap ?? "innerHTML", text: html })
  } else if (isDone) {
    if (entry.fields.some(([name]) => name === "seen")) for (const form of forms) if (value(form, "seen")) form.querySelector("[name=seen]").value = value(page, "seen")
  } else {
    const why = page.querySelector("[data-refused], [role=alert], .error, .notice.danger, main p")?.textContent
    change(entry.key, { stopped: why?.trim().replace(/\s+/g, " ").slice(0, 300) || bar.dataset.stopped })
  }
}

async function send() {
  clearTimeout(timer)
  if (!navigator.onLine || !read().some((entry) => !entry.stopped)) return show()
  const work = (lock) => (lock === null ? 0 : deliver())
  try {
    const sent = await (navigator.locks ? navigator.locks.request(PLACE, { ifAvailable: true }, work) : work())
    show(sent)
    if (sent) dispatchEvent(new CustomEvent("outbox:sent"))
  } catch {
    cut(true)
    show()
    later()
  }
}
function cut(isCut) { bar.toggleAttribute("data-cut", isCut) }
function show(sent = 0) { dispatchEvent(new CustomEvent("outbox:changed", { detail: { entries: read(), sent } })) }
function later() { clearTimeout(timer); timer = setTimeout(send, SOON) }

if (bar) {
  addEventListener("online", () => { cut(false); send() })
  addEventListener("offline", () => show())
  addEventListener("storage", (event) => event.key === PLACE && show())
  addEventListener("outbox:dropped", ({ detail }) => drop(detail))
  addEventListener("outbox:try", send)
  document.addEventListener("live:listening", () => { cut(false); send() })
  show()
  send()
}
