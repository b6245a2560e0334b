// <live-stream name="thread:42" since="17" version="3" data-live="replace|append|notify" data-into="#answers">
// What live-line.js hears for it is put in place: fragments are swapped by the ids of their roots. Events on the element,
// bubbling: live:<event>, live:new (something waits to be shown), live:resumed (frames were missed: fetch again what
// changed). A [data-live-bar="thread:42"] shows what waits, counted in its [data-live-count], when pressed.
function swap(old, fresh) {
  if (window.htmx) return window.htmx.swap({ target: old, sourceElement: old, swap: "outerMorph", text: fresh.outerHTML });
  old.replaceWith(fresh);
}

customElements.define("live-stream", class extends HTMLElement {
  waiting = new Map();

  connectedCallback() {
    this.name = this.getAttribute("name");
    dispatchEvent(new CustomEvent("live:join", { detail: this }));
  }

  disconnectedCallback() {
    dispatchEvent(new CustomEvent("live:leave", { detail: this }));
  }

  tell(event, detail = {}) {
    this.dispatchEvent(new CustomEvent(`live:${event}`, { bubbles: true, detail: { stream: this.name, ...detail } }));
  }

  caughtUp(seq, missed) {
    if (seq !== null) this.setAttribute("since", seq);
    this.tell("listening");
    if (!missed) return;
    this.tell("resumed");
    const announcer = document.querySelector("[data-announcer]");
    if (announcer) announcer.textContent = document.body.dataset.caughtUp ?? "";
  }

  take(frame) {
    if (frame.seq === this.seen) return;
    const since = Number(this.getAttribute("since") || frame.seq);
    this.setAttribute("since", (this.seen = frame.seq));
    if (frame.version) this.setAttribute("version", frame.version);
    for (const fresh of [...document.createRange().createContextualFragment(frame.html).children]) this.place(fresh);
    this.tell(frame.event, { html: frame.html, event: frame.event, side: frame.side, data: frame.data });
    if (frame.seq > since + 1 || frame.seq < since) this.tell("resumed"); // a gap
  }

  place(fresh) {
    const old = fresh.id && document.getElementById(fresh.id);
    if (old) return swap(old, fresh);
    if (this.dataset.live === "append") this.insert(fresh);
    if (this.dataset.live !== "notify") return;
    this.waiting.set(fresh.id, fresh);
    this.tell("new", { count: this.waiting.size });
    for (const bar of document.querySelectorAll(`[data-live-bar="${this.name}"]`)) {
      bar.hidden = false;
      for (const count of bar.querySelectorAll("[data-live-count]")) count.textContent = this.waiting.size;
      bar.onclick = () => { bar.hidden = true; this.show(); };
    }
  }

  insert(fresh) {
    const target = this.dataset.into && document.querySelector(this.dataset.into);
    (target ?? this.parentElement).append(fresh);
    window.htmx?.process?.(fresh);
  }

  show() { // what waits is put in place, and the reader taken to the first of it
    const [first] = this.waiting.values();
    const isThere = ({ id }) => document.getElementById(id); // the page was fetched anew meanwhile
    for (const fresh of this.waiting.values()) if (!isThere(fresh)) this.insert(fresh);
    this.waiting.clear();
    if (first) (isThere(first) ?? first).scrollIntoView({ block: "center", behavior: "smooth" });
  }
});
