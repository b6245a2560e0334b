/* On other people's pages: a button that opens help in a frame of ours. It sets no cookie, keeps nothing, loads nothing until
   it is pressed, and asks of the page's content policy only: script-src and frame-src with this site. */
(() => {
  const PAGES = { questions: "questions/", chat: "chat/", rating: "" }
  const script = document.currentScript
  const { product, show = "questions", label = "{{ label|escapejs }}", side = "right" } = script.dataset
  const home = new URL(script.src).origin
  const host = document.createElement("div"), root = host.attachShadow({ mode: "open" }), look = new CSSStyleSheet()
  look.replaceSync(`
    :host { all: initial; position: fixed; inset-block-end: 16px; ${side === "left" ? "left" : "right"}: 16px; z-index: 2147483000; font: 500 15px/1.4 system-ui, sans-serif; }
    button { font: inherit; color: #fff; background: #0f5f68; border: 1px solid #fff6; border-radius: 999px; min-height: 44px; padding: 8px 20px; cursor: pointer; }
    button:focus-visible { outline: 3px solid #f0b542; outline-offset: 2px; }
    section { position: absolute; inset-block-end: 56px; ${side === "left" ? "left" : "right"}: 0; width: min(380px, calc(100vw - 32px)); height: min(560px, calc(100vh - 96px)); display: grid; grid-template-rows: auto 1fr; background: #fbfaf7; border: 1px solid #d8d2c7; border-radius: 14px; overflow: hidden; box-shadow: 0 12px 40px #0003; }
    section[hidden] { display: none; }
    header { display: flex; justify-content: end; padding: 6px; background: #0f5f68; }
    header button { min-height: 36px; padding: 4px 14px; }
    iframe { border: 0; width: 100%; height: 100%; }`)
  root.adoptedStyleSheets = [look]

  const make = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words, ...more })
  const opener = make("button", label, { type: "button" }), panel = make("section", "", { hidden: true })
  const head = make("header", ""), closer = make("button", "{{ close|escapejs }}", { type: "button" })
  panel.setAttribute("aria-label", label)
  opener.setAttribute("aria-expanded", "false")
  head.append(closer)
  panel.append(head)
  root.append(opener, panel)

  const turn = (isOpen) => {
    if (isOpen && !panel.querySelector("iframe")) {
      const src = `${home}/widgets/products/${encodeURIComponent(product)}/${PAGES[show] ?? PAGES.questions}`
      panel.append(Object.assign(document.createElement("iframe"), { title: label, referrerPolicy: "no-referrer", src }))
    }
    panel.hidden = !isOpen
    opener.setAttribute("aria-expanded", String(isOpen))
    ;(isOpen ? closer : opener).focus()
  }
  opener.addEventListener("click", () => turn(panel.hidden))
  closer.addEventListener("click", () => turn(false))
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) turn(false) })

  const appear = () => document.body.append(host)
  if (document.body) appear()
  else addEventListener("DOMContentLoaded", appear)
})()
