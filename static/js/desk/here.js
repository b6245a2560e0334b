/* <person-here data-person>: a colleague who has the item open. Readers do not need to be told of themselves. */
customElements.define("person-here", class extends HTMLElement {
  static observedAttributes = ["data-person", "class"] // a fresh fragment that is morphed in knows of no reader
  connectedCallback() { this.look() }
  attributeChangedCallback() { this.look() }
  look() {
    const isMe = this.dataset.person === document.body.dataset.person
    if (this.classList.contains("myself") !== isMe) this.classList.toggle("myself", isMe)
  }
})
