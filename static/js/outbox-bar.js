/* The bar that shows what outbox.js keeps until the line is back, and lets somebody decide on what was stopped. */
const bar = document.querySelector("[data-outbox-bar]")
const words = bar?.querySelector("[data-outbox-words]")
const list = bar?.querySelector("[data-outbox-list]")
const isOffline = () => "cut" in bar.dataset || !navigator.onLine
const token = () => { try { return JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"] } catch { return "" } }
const drop = (entry) => dispatchEvent(new CustomEvent("outbox:dropped", { detail: entry.key }))

const said = (name, count) => bar.dataset[count === 1 ? `${name}One` : `${name}Many`].replace("%s", count)

function show(entries, sent) {
  const stopped = entries.filter((entry) => entry.stopped).length
  const waiting = entries.length - stopped
  const word = stopped ? "stop" : !waiting ? "sent" : isOffline() ? "offline" : "waiting"
  if (entries.length || sent) words.textContent = said(word, stopped || waiting || sent)
  bar.classList.toggle("done", word === "sent")
  bar.classList.toggle("stopped", word === "stop")
  bar.classList.toggle("idle", !entries.length && !sent)
  bar.querySelector("details").hidden = !entries.length
  list.replaceChildren(...entries.map(row))
  if (word === "sent" && sent) setTimeout(() => list.children.length || bar.classList.add("idle"), 6000)
}

/* A press that cannot wait here, such as a vote, is lost without a line: it says so. */
document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail ?? {}
  const isPress = ctx?.request && ctx.request.method !== "GET" && !event.target.closest?.("form[data-outbox]")
  if (!bar || !isPress || ctx.response || error?.name === "AbortError") return
  words.textContent = bar.dataset.unsent
  bar.classList.remove("idle", "done")
  setTimeout(() => list.children.length || bar.classList.add("idle"), 6000)
})

function row(entry) {
  const made = list.parentElement.querySelector("template").content.cloneNode(true)
  made.querySelector("b").textContent = [entry.what, entry.about].filter(Boolean).join(" · ")
  made.querySelector("span").textContent = entry.stopped ?? entry.text.slice(0, 140)
  const look = made.querySelector("[data-look]")
  look.hidden = !entry.stopped || !entry.text
  look.addEventListener("click", () => openAgain(entry))
  made.querySelector("[data-back]").addEventListener("click", () => {
    put(entry)
    drop(entry)
    dispatchEvent(new CustomEvent("outbox:try"))
  })
  return made
}

/* The server's own page with the words, and with what stopped them. */
function openAgain(entry) {
  if (isOffline()) return
  put(entry)
  const form = Object.assign(document.createElement("form"), { method: "post", hidden: true })
  form.setAttribute("action", entry.url)
  for (const [name, field] of [...entry.fields, ["csrfmiddlewaretoken", token()]]) {
    const box = Object.assign(document.createElement("textarea"), { name, value: field })
    if (name === "text" && entry.place) box.dataset.draftPlace = entry.place // kept as a draft until it has arrived
    form.append(box)
  }
  document.body.append(form)
  drop(entry)
  form.requestSubmit()
}

const put = (entry) => { // its words are a draft again, for the composer from which they came
  if (!entry.place || !entry.text) return
  const area = document.querySelector(`textarea[data-draft-place="${CSS.escape(entry.place)}"]`)
  try { localStorage.setItem(`draft:${document.body.dataset.person}:${entry.place}`, JSON.stringify({ text: entry.text, at: 0 })) } catch { /* it is on the page */ }
  if (!area || area.value.trim()) return
  area.value = entry.text
  area.dispatchEvent(new Event("input", { bubbles: true }))
  area.closest("desk-compose")?.open(area.closest("form").dataset.form)
}

if (bar) addEventListener("outbox:changed", ({ detail }) => show(detail.entries, detail.sent))
