/* Similar questions while the title is typed; what was opened is counted, and the outline of a product can be put into the text. */
const box = document.querySelector("[data-hints]")
const form = box?.closest("form")
const store = (act) => { try { return act(sessionStorage) } catch { return null } }
const field = (name) => form.elements[`asking_${name}`]
const asking = { key: crypto.randomUUID?.() ?? "", shown: 0, opened: [], ...store((s) => JSON.parse(s.getItem("asking") ?? "null")) }
let waiting, running

const carry = () => {
  field("key").value = asking.key
  field("shown").value = asking.shown
  field("opened").value = asking.opened.length
  store((s) => s.setItem("asking", JSON.stringify(asking)))
}

const dress = () => {
  const list = box.querySelector("[data-hints-list]")
  const count = Number(list.dataset.count)
  box.querySelector("[data-hints-rest]").hidden = count > 0
  for (const row of list.querySelectorAll("[data-similar]")) row.querySelector("[data-answered]").hidden = !asking.opened.includes(row.dataset.similar)
  if (!count) return
  asking.shown = Math.max(asking.shown, count)
  carry()
}

const look = async () => {
  const title = form.elements.title.value.trim()
  if (title.length < 8) return
  running?.abort()
  running = new AbortController()
  const asked = new URLSearchParams({ title, product: form.elements.product?.value ?? "", text: form.elements.text.value.slice(0, 500) })
  const answer = await fetch(`${box.dataset.hints}?${asked}`, { signal: running.signal, headers: { "HX-Request": "true" } }).catch(() => null)
  if (!answer?.ok) return
  const before = box.querySelector("[data-hints-list]")
  before.outerHTML = await answer.text()
  dress()
  const now = box.querySelector("[data-hints-list]")
  const announcer = document.querySelector("[data-announcer]")
  if (announcer && now.dataset.count !== "0" && now.dataset.said !== before.dataset.said) announcer.textContent = now.dataset.said
}

const begin = () => {
  box.querySelector("[data-look]").hidden = true
  carry()
  form.elements.title.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 350) })
  form.elements.product?.addEventListener("change", look)
  box.addEventListener("click", (event) => {
    const hint = event.target.closest("a")?.closest("[data-similar]")?.dataset.similar
    if (!hint) return
    if (!asking.opened.includes(hint)) asking.opened.push(hint)
    carry()
    navigator.sendBeacon?.(box.dataset.told, new URLSearchParams({ asking_key: asking.key, asking_shown: asking.shown, asking_opened: asking.opened.length, product: form.elements.product?.value ?? "" }))
  })
  form.addEventListener("submit", (event) => { if (event.submitter?.name !== "look") store((s) => s.removeItem("asking")) })
  addEventListener("pageshow", () => setTimeout(look, 50))
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use-outline]")
    if (!button) return
    const points = [...document.querySelectorAll("[data-point]")].map((point) => `**${point.textContent.trim()}:**\n\n`)
    const area = form.elements.text
    area.value = area.value.trim() ? `${area.value.trimEnd()}\n\n${points.join("")}` : points.join("")
    area.dispatchEvent(new Event("input", { bubbles: true }))
    area.focus()
  })
  const uncover = () => { for (const button of document.querySelectorAll("[data-use-outline]")) button.hidden = false }
  uncover()
  document.addEventListener("htmx:after:swap", uncover)
}
if (box && form) begin()
