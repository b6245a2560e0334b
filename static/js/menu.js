/* <details class="menu">: one at a time; Escape closes it and gives the focus back; a click elsewhere closes it. */
const openMenus = () => document.querySelectorAll("details.menu[open]")
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.menu[open]")) return
  for (const other of openMenus()) if (other !== event.target) other.open = false
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
