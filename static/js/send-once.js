/* A form is sent once: its button shows the progress and a second click does nothing until an answer is here. */
const rest = (form) => {
  delete form.dataset.sending
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy")
}
document.addEventListener("submit", (event) => {
  const form = event.target
  if (form.method === "dialog") return
  if (form.dataset.sending) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  if (form.method !== "post" || "downloads" in form.dataset) return // a file leaves the page as it is
  form.dataset.sending = "1"
  const button = event.submitter ?? form.querySelector("button:not([type=button])")
  setTimeout(() => form.dataset.sending && button?.setAttribute("aria-busy", "true"), 150)
}, true)
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form") ?? event.detail?.ctx?.sourceElement?.closest?.("form")
  if (form) rest(form)
  else document.querySelectorAll("form[data-sending]").forEach(rest)
})
addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form[data-sending]").forEach(rest))
