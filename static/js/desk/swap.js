/* Fetch a page of fragments and put each in the place of the element with its id: the same rule as on the socket. */
const pending = new Map()

export async function refresh(url) {
  if (pending.has(url)) return pending.get(url) // the one on its way will do
  const work = fetchAndPlace(url).finally(() => pending.delete(url))
  pending.set(url, work)
  return work
}

async function fetchAndPlace(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" }, redirect: "error" }).catch(() => null)
  if (!answer?.ok) return null
  const box = document.createElement("template")
  box.innerHTML = await answer.text()
  for (const fresh of [...box.content.children]) {
    const old = fresh.id && document.getElementById(fresh.id)
    if (old) place(old, fresh)
  }
  document.dispatchEvent(new CustomEvent("desk:refreshed"))
  return box
}

export function place(old, fresh) {
  if (old.querySelector("details[open]")) return // somebody has a menu of it open; the next change brings it up to date
  const hadFocus = document.activeElement === old
  if (window.htmx?.swap) window.htmx.swap({ target: old, swap: "outerMorph", text: fresh.outerHTML })
  else old.replaceWith(fresh)
  if (hadFocus) document.getElementById(fresh.id)?.focus({ preventScroll: true })
}

export function token() {
  try {
    return JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"]
  } catch { return "" }
}
