/* Messages after a deed can be closed; what is wrong with a form is read out and focused. */
for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-message]")?.remove())
document.querySelector("[data-form-errors], [data-refused]")?.focus({ preventScroll: false })
