/* Messages after a deed can be closed; what is wrong with a form is read out and focused. */
for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-message]")?.remove())
document.querySelector("[data-form-errors], [data-refused]")?.focus({ preventScroll: false })

/* A text given back can be taken along. */
for (const button of document.querySelectorAll("[data-copy-from]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.copyFrom)
    field.select()
    navigator.clipboard?.writeText(field.value)
  })
}

/* What can be undone for half a minute says so no longer than that. */
customElements.define("undo-offer", class extends HTMLElement {
  connectedCallback() { this.timer = setTimeout(() => (this.closest("[data-undo-line], [data-message]") ?? this).remove(), this.dataset.left * 1000) }
  disconnectedCallback() { clearTimeout(this.timer) }
})
