/* <desk-seat data-stream>: the desk is open in a browser, so chats can come to whoever sits here. Said every 15 s. */
customElements.define("desk-seat", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("live:listening", () => this.say())
    this.beat = setInterval(() => this.say(), 15000)
  }

  disconnectedCallback() { clearInterval(this.beat) }

  say() { dispatchEvent(new CustomEvent("live:tell", { detail: { stream: this.dataset.stream, word: "here" } })) }
})
