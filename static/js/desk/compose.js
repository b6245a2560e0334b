/* <desk-compose>: two forms, none of them open by itself. Ctrl+Enter sends the one that has the focus and no other; Esc closes it. */
customElements.define("desk-compose", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-compose]")
      if (!choice || event.metaKey || event.ctrlKey) return
      event.preventDefault()
      this.open(choice.dataset.compose)
    })
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target.closest("form[data-form]")) this.close()
    })
    this.querySelector("form[data-form]:not([hidden]) textarea")?.focus({ preventScroll: true })
  }

  open(name) {
    for (const form of this.querySelectorAll("form[data-form]")) form.hidden = form.dataset.form !== name
    for (const choice of this.querySelectorAll("[data-compose]")) {
      if (choice.dataset.compose === name) choice.setAttribute("aria-current", "true")
      else choice.removeAttribute("aria-current")
    }
    const text = this.querySelector(`form[data-form="${name}"] textarea`)
    text?.focus()
    text?.setSelectionRange(text.value.length, text.value.length)
  }

  close() {
    this.open("")
    this.querySelector("[data-compose]")?.focus()
  }
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
  const form = event.target.closest?.("#open-item form[data-form]")
  if (!form || form.dataset.sending) return
  event.preventDefault()
  form.requestSubmit(form.querySelector("button:not([type=button])"))
})
