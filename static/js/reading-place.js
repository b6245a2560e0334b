// Says where a thread was left, so that the next visit can begin there. Only what was really in view counts.
class ReadingPlace extends HTMLElement {
  #seen = 0;
  #sent = 0;
  connectedCallback() {
    const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => this.#see(entry)), { threshold: 0, rootMargin: "0px 0px -25% 0px" });
    const watch = () => document.querySelectorAll('#posts [id^="post-"]').forEach((post) => watcher.observe(post));
    watch();
    document.body.addEventListener("htmx:after:swap", watch);
    this.leave = () => document.visibilityState === "hidden" && this.#send();
    document.addEventListener("visibilitychange", this.leave);
  }
  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.leave);
  }
  #see(entry) {
    if (entry.isIntersecting) this.#seen = Math.max(this.#seen, Number(entry.target.id.slice(5)) || 0);
  }
  #send() {
    const form = document.getElementById("deed");
    if (!form || this.#seen <= this.#sent) return;
    const words = new FormData(form);
    words.set("post", String(this.#seen));
    if (navigator.sendBeacon(this.dataset.url, words)) this.#sent = this.#seen;
  }
}
customElements.define("reading-place", ReadingPlace);
