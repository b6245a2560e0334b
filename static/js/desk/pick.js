/* <desk-picked>: rows are picked by x or by their picture; the bar says how many, and does one thing with all of them. */
import { rows } from "./list.js";

const picked = new Set()

customElements.define("desk-picked", class extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-picked-words]")
    this.addEventListener("click", (event) => event.target.closest("[data-pick-none]") && this.none())
    document.addEventListener("desk:pick", this.toggle)
    document.addEventListener("click", this.press, true)
    document.addEventListener("desk:refreshed", this.show)
    document.addEventListener("keydown", this.key)
    this.show()
  }

  disconnectedCallback() {
    document.removeEventListener("desk:pick", this.toggle)
    document.removeEventListener("click", this.press, true)
    document.removeEventListener("desk:refreshed", this.show)
    document.removeEventListener("keydown", this.key)
  }

  press = (event) => { // the picture of a row is its box to tick
    const row = event.target.closest?.(".queue-row .avatar")?.closest("[data-rows] .queue-row")
    if (!row || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    event.stopPropagation()
    this.pick(row)
  }

  key = (event) => {
    if (event.key === "Escape" && picked.size && !document.querySelector("dialog[open]") && event.target.closest(".queue")) this.none()
  }

  toggle = ({ detail }) => this.pick(detail)

  pick(row) {
    const { item } = row.dataset
    if (!picked.delete(item)) picked.add(item)
    this.show()
  }

  none() {
    picked.clear()
    this.show()
  }

  show = () => {
    for (const row of rows()) {
      const isPicked = picked.has(row.dataset.item)
      if (row.classList.contains("picked") === isPicked) continue
      row.classList.toggle("picked", isPicked)
      row.querySelector("[data-picked-mark]")?.remove()
      if (isPicked) row.append(Object.assign(document.createElement("span"), { className: "sr-only", textContent: this.dataset.mark }))
      row.lastElementChild?.toggleAttribute("data-picked-mark", isPicked)
    }
    this.hidden = !picked.size
    this.words.textContent = picked.size ? (picked.size === 1 ? this.dataset.one : this.dataset.many).replace("%s", picked.size) : ""
    const more = this.querySelector("[data-picked-more]")
    const address = new URL(more.href)
    address.searchParams.delete("item")
    for (const item of picked) address.searchParams.append("item", item)
    more.href = address
    this.querySelector("[data-picked-items]").replaceChildren(...[...picked].map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "item", value })))
  }
})
