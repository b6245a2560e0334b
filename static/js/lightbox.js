/* A picture in a post opens large, over the page; arrows go through the others, Escape and a click go back. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.picture")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return
  event.preventDefault()
  const links = [...document.querySelectorAll("a.picture")]
  const dialog = document.createElement("dialog")
  const close = Object.assign(document.createElement("button"), { className: "button", textContent: document.body.dataset.close })
  const picture = document.createElement("img")
  let at = links.indexOf(link)
  const show = () => {
    const alt = links[at].querySelector("img")?.alt ?? ""
    Object.assign(picture, { src: links[at].href, alt })
    dialog.setAttribute("aria-label", alt || link.pathname)
  }
  dialog.className = "lightbox"
  dialog.append(close, picture)
  dialog.addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => { dialog.remove(); links[at].focus() })
  dialog.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (step) { at = (at + step + links.length) % links.length; show() }
  })
  document.body.append(dialog)
  show()
  dialog.showModal()
})
