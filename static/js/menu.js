/* <details class="menu">: one at a time, inside the window, on a page that scrolls wholly in sight; Escape closes it and gives the focus back; a click elsewhere closes it. */
const openMenus = () => document.querySelectorAll("details.menu[open]")
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.menu[open]")) return
  for (const other of openMenus()) if (other !== event.target) other.open = false
  const sheet = event.target.querySelector(".sheet")
  sheet?.classList.remove("to-left", "to-right")
  const { left, right } = sheet?.getBoundingClientRect() ?? {}
  if (right > document.documentElement.clientWidth) sheet.classList.add("to-left")
  else if (left < 0) sheet.classList.add("to-right")
  if (sheet?.closest(".page") && sheet.getBoundingClientRect().bottom > innerHeight) sheet.scrollIntoView({ block: "nearest" })
}, true)
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector("summary").focus()
  }
})
