/* Who works by keyboard stays where they are when an answer replaces the very button they pressed: on its twin, on the opener of its menu, or on what stands there instead. */
const FOCUSABLE = "a[href], button:not([disabled]), summary, input:not([type=hidden], [disabled]), select, textarea, [tabindex]"
let left = null
const canTake = (one) => one?.matches(FOCUSABLE) && one.checkVisibility()
const isLost = () => !document.activeElement || document.activeElement === document.body || !document.activeElement.checkVisibility()

/* Where the focus was: the ids around it, from near to far, and how its twin would be found. */
document.addEventListener("htmx:before:swap", () => {
  if (isLost()) return
  const one = document.activeElement
  const places = []
  for (let place = one; place; place = place.parentElement) if (place.id) places.push(place.id)
  const twin = one.name ? `[name="${CSS.escape(one.name)}"]${one.matches("button") ? `[value="${CSS.escape(one.value)}"]` : ""}` : ""
  left = { one, places, twin, wasInMenu: Boolean(one.closest("details.menu")) }
})

document.addEventListener("htmx:after:swap", () => requestAnimationFrame(() => { // htmx looks for the same id first
  const was = left
  left = null
  if (!was || was.one.isConnected || !isLost()) return
  const place = was.places.map((id) => document.getElementById(id)).find(Boolean)
  if (!place || place.matches("body, main")) return
  const within = [place, ...(was.twin ? place.querySelectorAll(was.twin) : []), ...(was.wasInMenu ? place.querySelectorAll("details.menu > summary") : []), ...place.querySelectorAll(FOCUSABLE)]
  within.find(canTake)?.focus({ preventScroll: true })
}))
