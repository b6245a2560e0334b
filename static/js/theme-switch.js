/* The three-way switch in the footer: system, light, dark. Remembered in this browser only. */
for (const group of document.querySelectorAll("[data-theme-switch]")) {
  const show = () => {
    const chosen = document.documentElement.dataset.theme ?? ""
    for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === chosen))
  }
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button")
    if (!button) return
    if (button.value) document.documentElement.dataset.theme = button.value
    else delete document.documentElement.dataset.theme
    try { localStorage.setItem("theme", button.value) } catch { /* chosen for this page only */ }
    show()
  })
  group.hidden = false
  show()
}
