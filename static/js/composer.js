/* <text-composer>: toolbar, Ctrl+B I K, Ctrl+Enter, Write/Preview by the server, and a counter near the limit. */
const MARKS = {
  bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"], link: ["[", "](https://)"],
  list: "- ", steps: "1. ", quote: "> ",
}
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
    this.area.addEventListener("input", () => this.count())
    this.count()
  }

  click(event) {
    const button = event.target.closest("[data-mark], [data-mode]")
    if (button?.dataset.mark) this.mark(button.dataset.mark)
    if (button?.dataset.mode) this.show(button.dataset.mode)
  }

  key(event) {
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
    this.show("write")
    this.area.focus()
    if (!document.execCommand("insertText", false, text)) this.area.setRangeText(text, start, end, "end")
    if (!picked && typeof mark !== "string") this.area.setSelectionRange(start + mark[0].length, start + mark[0].length)
    this.area.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async show(mode) {
    const box = this.querySelector("[data-previewed]")
    const isPreview = mode === "preview"
    for (const button of this.querySelectorAll("[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode))
    if (isPreview) box.style.minHeight = `${this.area.offsetHeight}px`
    this.area.hidden = isPreview
    box.hidden = !isPreview
    if (!isPreview) return
    const body = new URLSearchParams({ text: this.area.value, csrfmiddlewaretoken: this.area.form?.elements.csrfmiddlewaretoken?.value ?? "" })
    const answer = await fetch(this.dataset.previewUrl, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null)
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
