/* A draft is dropped from the browser once its text has arrived; drafts.js keeps it until then. */
const SENT = "draft-sent"
const KEPT = (place) => `draft:${document.body.dataset.person ?? "nobody"}:${place}`
const store = (kind, act) => { try { return act(kind) } catch { return null } }
const drop = (place) => store(localStorage, (s) => s.removeItem(KEPT(place)))

/* After a sent form its next page proves that the text arrived, unless that page asks to sign in or gives the text back. */
const settle = () => {
  const sent = store(sessionStorage, (s) => JSON.parse(s.getItem(SENT) ?? "null"))
  store(sessionStorage, (s) => s.removeItem(SENT))
  if (!sent || document.querySelector("[data-refused], [data-form-errors]") || location.pathname.startsWith("/account/")) return
  const [entry] = performance.getEntriesByType("navigation")
  if (entry?.type === "navigate" && document.referrer.endsWith(sent.page)) sent.places.forEach(drop)
}

document.addEventListener("submit", (event) => {
  const places = [...event.target.querySelectorAll("[data-draft-place]")].map((area) => area.dataset.draftPlace)
  if (places.length) store(sessionStorage, (s) => s.setItem(SENT, JSON.stringify({ places, page: location.pathname + location.search })))
})
/* Only what the form itself has sent: its parts ask for things of their own while somebody writes. */
document.addEventListener("htmx:after:request", (event) => {
  const form = event.target
  const status = event.detail?.ctx?.response?.status ?? 0
  if (!form.matches?.("form") || status < 200 || status >= 400) return
  for (const area of form.querySelectorAll("[data-draft-place]")) drop(area.dataset.draftPlace)
  store(sessionStorage, (s) => s.removeItem(SENT))
})
settle()
