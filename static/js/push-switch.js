// <push-switch data-key data-scope data-worker data-on data-off data-words-…> turns this browser on and off for
// notifications, and has the list below (#devices) drawn anew. What a browser cannot do is said in a sentence.
customElements.define("push-switch", class extends HTMLElement {
  async connectedCallback() {
    this.button = this.querySelector("button");
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return this.say("unable");
    this.button.addEventListener("click", () => this.turn());
    const worker = await navigator.serviceWorker.getRegistration(this.dataset.scope);
    this.show(await worker?.pushManager.getSubscription());
    this.button.hidden = false;
    if (Notification.permission === "denied") this.say("denied");
  }

  show(subscription) {
    this.subscription = subscription ?? null;
    this.button.querySelector("span").textContent = this.words(subscription ? "on" : "off");
  }

  words(what) {
    return this.getAttribute(`data-words-${what}`) ?? "";
  }

  say(what) {
    this.querySelector("[role=status]").textContent = this.words(what);
  }

  async turn() {
    this.button.disabled = true;
    this.say("");
    try {
      if (this.subscription) await this.turnOff();
      else await this.turnOn();
    } catch {
      this.say(Notification.permission === "denied" ? "denied" : "failed");
    }
    this.button.disabled = false;
  }

  async turnOn() {
    if (await Notification.requestPermission() !== "granted") return this.say("denied");
    await navigator.serviceWorker.register(this.dataset.worker, { scope: this.dataset.scope });
    const worker = await this.active();
    const fresh = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.dataset.key });
    const { endpoint, keys } = fresh.toJSON();
    await this.tell(this.dataset.on, { endpoint, ...keys });
    this.show(fresh);
  }

  async active() { // a worker that was just registered is not awake yet
    for (let tries = 0; tries < 50; tries++) {
      const found = await navigator.serviceWorker.getRegistration(this.dataset.scope);
      if (found?.active) return found;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error("the worker does not start");
  }

  async turnOff() {
    await this.tell(this.dataset.off, { endpoint: this.subscription.endpoint });
    await this.subscription.unsubscribe();
    this.show(null);
  }

  async tell(url, fields) {
    const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
    const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(fields) });
    if (!answer.ok) throw new Error(answer.status);
    const list = document.createRange().createContextualFragment(await answer.text()).querySelector("#devices");
    document.querySelector("#devices").replaceWith(list);
    window.htmx?.process?.(list);
  }
});
