/* <text-composer>: toolbar, Ctrl+B I K, Ctrl+Enter, Write/Preview by the server, and a counter near the limit. */
const MARKS = {
  bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"], link: ["[", "](https://)"],
  list: "- ", steps: "1. ", quote: "> ",
}
const WIDE = matchMedia("(width >= 1100px)")
const KEYS = { b: "bold", i: "italic", k: "link" }

class TextComposer extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea")
    this.tools = this.querySelector(".tools")
    if (!this.area || this.ready) return
    this.ready = true
    this.tools.hidden = false
    this.addEventListener("click", (event) => this.click(event))
    this.addEventListener("keydown", (event) => this.key(event))
    this.area.addEventListener("input", () => { this.count(); this.previewSoon() })
    WIDE.addEventListener("change", () => this.show(this.mode ?? "write"))
    this.count()
  }

  click(event) {
    const button = event.target.closest("[data-mark], [data-mode]")
    if (button?.dataset.mark) this.mark(button.dataset.mark)
    if (button?.dataset.mode) this.show(button.dataset.mode)
  }

  key(event) {
    if (event.key === "Escape" && event.target === this.area && !event.defaultPrevented) return this.area.blur()
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === "enter") this.area.form?.requestSubmit(this.querySelector("[data-send]") ?? undefined)
    else if (event.shiftKey && key === "p" && this.querySelector("[data-mode]")) this.show(this.area.hidden ? "write" : "preview")
    else if (!event.shiftKey && KEYS[key]) this.mark(KEYS[key])
    else return
    event.preventDefault()
  }

  /* execCommand keeps the browser's own undo working. */
  mark(name) {
    const { selectionStart: start, selectionEnd: end, value } = this.area
    const picked = value.slice(start, end)
    const mark = MARKS[name]
    const isBlock = name === "code" && picked.includes("\n")
    const text = typeof mark === "string" ? (picked || "").split("\n").map((line) => mark + line).join("\n")
      : isBlock ? "```\n" + picked + "\n```" : mark[0] + picked + mark[1]
    if (!this.isWide) this.show("write")
    this.area.focus()
    if (!document.execCommand("insertText", false, text)) this.area.setRangeText(text, start, end, "end")
    if (!picked && typeof mark !== "string") this.area.setSelectionRange(start + mark[0].length, start + mark[0].length)
    this.area.dispatchEvent(new Event("input", { bubbles: true }))
  }

  /* Put words where the cursor is. */
  insert(text) {
    if (this.mode === "preview" && !this.isWide) this.show("write")
    this.area.focus()
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end")
      this.area.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }

  get isWide() { return WIDE.matches }

  /* On phones the preview takes the place of the text; from 1,100 px it stands beside it. */
  show(mode) {
    const box = this.querySelector("[data-previewed]")
    this.mode = mode
    const isPreview = mode === "preview"
    for (const button of this.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode))
    if (isPreview) box.style.minHeight = `${this.area.offsetHeight}px`
    else box.removeAttribute("style") // an empty one would be copied by a morph, which the content policy forbids
    this.classList.toggle("previewing", isPreview)
    this.area.hidden = isPreview && !this.isWide
    box.hidden = !isPreview
    if (isPreview) this.preview()
    if (isPreview && !this.isWide) box.focus()
  }

  /* Made by the server, 300 ms after the last key. */
  previewSoon() {
    clearTimeout(this.soon)
    if (this.mode === "preview") this.soon = setTimeout(() => this.preview(), 300)
  }

  async preview() {
    const box = this.querySelector("[data-previewed]")
    this.asked?.abort()
    this.asked = new AbortController()
    const body = new URLSearchParams({ text: this.area.value, csrfmiddlewaretoken: this.area.form?.elements.csrfmiddlewaretoken?.value ?? "" })
    const { signal } = this.asked
    const answer = await fetch(this.dataset.previewUrl, { method: "POST", body, signal, headers: { "HX-Request": "true" } }).catch(() => null)
    if (signal.aborted) return
    if (answer?.ok) box.innerHTML = await answer.text()
    else box.textContent = document.querySelector("[data-live-banner]")?.textContent ?? "…"
  }

  count() {
    const counter = this.querySelector("[data-counter]")
    const left = this.area.maxLength - this.area.value.length
    if (!counter || this.area.maxLength < 0) return
    counter.hidden = left > 2000
    counter.textContent = left.toLocaleString()
    counter.classList.toggle("near", left < 500)
  }
}
customElements.define("text-composer", TextComposer)
