/* <person-here data-person>: a colleague who has the item open. Readers do not need to be told of themselves. */
customElements.define("person-here", class extends HTMLElement {
  static observedAttributes = ["data-person"]
  connectedCallback() { this.look() }
  attributeChangedCallback() { this.look() }
  look() { this.classList.toggle("myself", this.dataset.person === document.body.dataset.person) }
})
