// <live-stream name="thread:42" since="17" version="3" data-live="replace|append|notify" data-into="#answers">
// One socket for all. Fragments are swapped by the ids of their roots. Events on the element, bubbling: live:<event>,
// live:new (something waits to be shown), live:resumed (frames were missed: fetch again what changed). <html data-live>
// is on (each stream is heard), paused or off. A [data-live-bar="thread:42"] shows what waits, counted in its
// [data-live-count], when pressed.
const streams = new Map(); // name → set of elements
const unanswered = new Set(); // streams for which the server has not said yet whether they are heard
let socket = null, tries = 0, timer = 0, beat = 0, banner = 0, heardAt = 0;
let isHeld = false; // the server is there and has lost its own line: it says when that is back

function state(word) {
  document.documentElement.dataset.live = word;
  clearTimeout(banner);
  const bar = document.querySelector("[data-live-banner]");
  if (bar && word !== "paused") bar.hidden = true;
  else if (bar) banner = setTimeout(() => { bar.hidden = false; }, 3000);
}

function say(frame) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function connect() {
  clearTimeout(timer);
  if (socket || !streams.size || document.visibilityState === "prerender") return;
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/`);
  socket.onopen = () => {
    begin();
    tries = 0;
    beat = setInterval(() => say({ type: "ping" }), 25000);
  };
  socket.onmessage = (message) => { heardAt = Date.now(); hear(JSON.parse(message.data)); };
  socket.onclose = (event) => {
    clearInterval(beat);
    socket = null;
    if (event.code === 4403) return state("off"); // no longer welcome: a reload shows what is left
    state("paused");
    if (event.code === 4429) tries = 7; // too many pages are open: this one waits its turn
    const wait = Math.min(30000, 500 * 2 ** tries++) * (0.5 + Math.random()); // with jitter, so that not all return at once
    timer = setTimeout(connect, wait);
  };
}

function wake() { // back from sleep, or from another tab: a line that looks open may be dead
  if (document.visibilityState === "hidden") return;
  tries = 0;
  if (!socket) return connect();
  const asked = Date.now(), line = socket;
  say({ type: "ping" });
  setTimeout(() => { if (socket === line && heardAt < asked) lose(); }, 2000);
}

function lose() {
  clearInterval(beat);
  socket.onclose = null;
  socket.close();
  socket = null;
  state("paused");
  connect();
}

function begin() {
  isHeld = false;
  unanswered.clear();
  for (const name of streams.keys()) listen(name);
}

function listen(name) {
  const [element] = streams.get(name);
  const number = (text) => (text ? Number(text) : undefined);
  unanswered.add(name);
  say({ type: "listen", stream: name, since: number(element.getAttribute("since")), version: number(element.getAttribute("version")) });
}

function settle(name) {
  if (unanswered.delete(name) && !unanswered.size && !isHeld && socket?.readyState === WebSocket.OPEN) state("on");
}

function hear(frame) {
  if (frame.type === "paused") {
    isHeld = true;
    return state("paused");
  }
  if (frame.type === "resumed") return begin();
  if (frame.type === "listening" || frame.type === "refused") settle(frame.stream);
  for (const element of [...(streams.get(frame.stream) ?? [])]) {
    if (frame.type === "refused") element.remove();
    if (frame.type === "listening") element.caughtUp(frame.seq, frame.missed);
    if (frame.type === "event") element.take(frame);
  }
}

function swap(old, fresh) {
  if (window.htmx) return window.htmx.swap({ target: old, sourceElement: old, swap: "outerMorph", text: fresh.outerHTML });
  old.replaceWith(fresh);
}

customElements.define("live-stream", class extends HTMLElement {
  waiting = new Map();

  connectedCallback() {
    this.name = this.getAttribute("name");
    const isNew = !streams.has(this.name);
    streams.set(this.name, (streams.get(this.name) ?? new Set()).add(this));
    if (isNew) listen(this.name);
    connect();
  }

  disconnectedCallback() {
    const elements = streams.get(this.name);
    elements?.delete(this);
    if (elements?.size) return;
    streams.delete(this.name);
    settle(this.name);
    say({ type: "unlisten", stream: this.name });
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

addEventListener("live:tell", ({ detail }) => say({ type: "tell", ...detail })); // a word of the page: "typing"
addEventListener("live:signal-out", ({ detail }) => say({ type: "signal", ...detail })); // what browsers say to find each other
addEventListener("online", wake);
document.addEventListener("visibilitychange", wake);
addEventListener("pagehide", () => socket?.close());
addEventListener("pageshow", connect);
