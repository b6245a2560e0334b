/* Code blocks in posts get a button that copies them. */
const addCopy = () => {
  for (const pre of document.querySelectorAll(".prose pre:not([data-copy])")) {
    pre.dataset.copy = ""
    pre.tabIndex = 0 // a wide block can be scrolled with the keyboard
    const box = document.createElement("div")
    box.className = "code-box"
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button small copy"
    button.textContent = document.body.dataset.copy ?? "Copy"
    button.addEventListener("click", async () => {
      await navigator.clipboard?.writeText(pre.innerText)
      button.textContent = "✓"
      setTimeout(() => { button.textContent = document.body.dataset.copy ?? "Copy" }, 1500)
    })
    pre.replaceWith(box)
    box.append(pre, button)
  }
}
addCopy()
document.addEventListener("htmx:after:swap", addCopy)
