/* Text is never lost: kept in the browser each 2 s, on the server each 10 s and when the page is left, per place. */
const person = document.body.dataset.person ?? "nobody"
const KEPT = (place) => `draft:${person}:${place}`
const store = (kind, act) => { try { return act(kind) } catch { return null } }
const read = (place) => store(localStorage, (s) => JSON.parse(s.getItem(KEPT(place)) ?? "null"))
const drop = (place) => store(localStorage, (s) => s.removeItem(KEPT(place)))

/* A form that asks for more than a text (stars, pros, cons) keeps all that was chosen along with it: data-keeps-all. */
const FORMAL = new Set(["csrfmiddlewaretoken", "once", "version", "text", "title", "campaign", "black_out", "keep"])
const chosen = (form) => form?.dataset.keepsAll === undefined ? null : Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && !FORMAL.has(name) && !name.startsWith("drop-")))
const choose = (form, rest, isNewer) => {
  for (const [name, value] of Object.entries(rest ?? {})) {
    const field = form.elements[name]
    if (!field || FORMAL.has(name) || field.type === "file") continue
    if (field.type === "checkbox") field.checked = true
    else if (isNewer || !field.value) field.value = value
    field.closest?.("details")?.setAttribute("open", "")
  }
}

class Keeper {
  constructor(area) {
    Object.assign(this, { area, place: area.dataset.draftPlace, version: Number(area.dataset.draftVersion) || 0, on: "" })
    this.title = area.form?.elements.title
    this.state = area.closest("form, text-composer")?.querySelector("[data-draft-state]")
    this.restore()
    this.on = area.value
    this.named = this.title?.value ?? ""
    this.rest = JSON.stringify(chosen(area.form))
    area.form?.addEventListener("input", () => this.later())
    addEventListener("storage", (event) => event.key === KEPT(this.place) && event.newValue && this.elsewhere(JSON.parse(event.newValue)))
    addEventListener("pagehide", () => this.keep())
    for (const leaving of ["beforeunload", "visibilitychange"]) addEventListener(leaving, () => this.remote && this.send())
  }

  restore() {
    const kept = read(this.place)
    if (this.title && !this.title.value && kept?.title) this.title.value = kept.title
    if (kept?.rest && !document.querySelector("[data-refused], [data-form-errors]")) {
      if (!kept.text || kept.text === this.area.value || !this.area.value.trim()) choose(this.area.form, kept.rest, kept.version === this.version)
      this.tell(this.words("restored", "Your draft is back."))
    }
    if (!kept?.text || kept.text === this.area.value) return
    if (this.area.value.trim() && document.querySelector("[data-refused], [data-form-errors]")) return  // just sent, and given back
    if (this.area.value.trim()) return this.offer(kept.text, "", kept.rest)
    this.put(kept.text)
    this.tell(this.words("restored", "Your draft is back."))
  }

  later() {
    this.local ??= setTimeout(() => { this.local = null; this.keep() }, 2000)
    this.remote ??= setTimeout(() => { this.remote = null; this.send() }, 10000)
  }

  /* An area that a swap has taken off the page was sent: what its timer still wants to keep is no draft any more. */
  keep() {
    const named = this.title?.value ?? "", rest = chosen(this.area.form)
    const same = this.area.value === this.on && named === this.named && JSON.stringify(rest) === this.rest
    if (!this.area.isConnected || same || this.area.form?.dataset.sending) return
    this.on = this.area.value
    this.named = named
    this.rest = JSON.stringify(rest)
    if (!this.on.trim() && !named.trim() && !Object.keys(rest ?? {}).length) return drop(this.place)
    store(localStorage, (s) => s.setItem(KEPT(this.place), JSON.stringify({ text: this.on, title: named, rest, version: this.version, at: Date.now() })))
  }

  async send() {
    const url = this.area.dataset.draftUrl
    if (!url || this.undecided || !this.area.isConnected || this.area.form?.dataset.sending) return
    const body = new URLSearchParams({ place: this.place, text: this.area.value, title: this.title?.value ?? "", version: this.version, csrfmiddlewaretoken: this.area.form.elements.csrfmiddlewaretoken?.value ?? "" })
    const rest = chosen(this.area.form)
    if (rest) body.set("chosen", "1")
    for (const [name, value] of Object.entries(rest ?? {})) body.set(`chosen-${name}`, value)
    clearTimeout(this.remote)
    this.remote = null
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: body.toString().length < 60_000 }).catch(() => null)
    const kept = answer?.headers.get("content-type")?.includes("json") ? await answer.json() : null
    if (answer?.ok) {
      this.version = kept?.version ?? this.version + 1
      this.tell(`${this.words("saved", "Draft saved")} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`)
    } else if (answer?.status === 409 && kept) {
      this.version = kept.newer?.version ?? this.version
      if (kept.newer?.text && kept.newer.text !== this.area.value) this.offer(kept.newer.text, kept.diff, kept.newer.chosen)
    } else this.tell(this.words("local", "Kept in this browser"))
  }

  elsewhere(kept) {
    if (!this.area.value.trim() || document.activeElement !== this.area) this.put(kept.text)
    else if (kept.text !== this.area.value) this.offer(kept.text)
  }

  /* Nothing is saved over the other version until the person has chosen. `diff` is made and escaped by the server. */
  offer(text, diff = "", rest = null) {
    const bar = document.createElement("div")
    const use = Object.assign(document.createElement("button"), { type: "button", className: "as-link", textContent: this.words("use", "Use the other version") })
    bar.className = "draft-choice row"
    bar.setAttribute("role", "status")
    const stay = Object.assign(document.createElement("button"), { type: "button", className: "as-link", textContent: this.words("stay", "Keep this one") })
    const shown = Object.assign(document.createElement("div"), { className: "diff", innerHTML: diff })
    bar.append(this.words("other", "There is another version of this text."), use, stay, ...(diff ? [shown] : []))
    this.undecided = Boolean(diff)
    const settled = () => { this.undecided = false; bar.remove(); this.later() }
    use.addEventListener("click", () => { const mine = this.area.value, was = chosen(this.area.form); settled(); this.put(text); choose(this.area.form, rest, true); this.offer(mine, "", was) })
    stay.addEventListener("click", settled)
    this.area.parentElement.querySelector(".draft-choice")?.remove()
    this.area.before(bar)
  }

  put(text) {
    this.area.value = text
    this.on = text
    this.area.dispatchEvent(new Event("input", { bubbles: true }))
  }

  words(name, english) { return document.body.dataset[`draft${name[0].toUpperCase()}${name.slice(1)}`] ?? english }
  tell(text) { if (this.state) this.state.textContent = text }
}

const begin = () => {
  for (const area of document.querySelectorAll("textarea[data-draft-place]:not([data-kept])")) {
    area.dataset.kept = ""
    new Keeper(area)
  }
}
begin()
document.addEventListener("htmx:after:swap", begin)
