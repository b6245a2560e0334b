// One socket for all <live-stream>s. An element joins (live:join) and leaves (live:leave); it is told that it is heard
// (caughtUp) and what happened (take). <html data-live> is on (each stream is heard), paused or off.
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

function join(element) {
  const isNew = !streams.has(element.name);
  streams.set(element.name, (streams.get(element.name) ?? new Set()).add(element));
  if (isNew) listen(element.name);
  connect();
}

function leave(element) {
  const elements = streams.get(element.name);
  elements?.delete(element);
  if (elements?.size) return;
  streams.delete(element.name);
  settle(element.name);
  say({ type: "unlisten", stream: element.name });
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

addEventListener("live:join", ({ detail }) => join(detail));
addEventListener("live:leave", ({ detail }) => leave(detail));
addEventListener("live:tell", ({ detail }) => say({ type: "tell", ...detail })); // a word of the page: "typing"
addEventListener("live:signal-out", ({ detail }) => say({ type: "signal", ...detail })); // what browsers say to find each other
addEventListener("online", wake);
document.addEventListener("visibilitychange", wake);
addEventListener("pagehide", () => socket?.close());
addEventListener("pageshow", connect);
