/* <call-ring>: while somebody rings, two soft notes now and then, and a mark in the window's title. The sound is made here
   and begins only once somebody has used the page, as browsers ask; each desk can turn it off. */
const NOTES = [523.25, 659.25], EVERY = 3200, LOUD = 0.06, SET = "desk:ring"
let sound = null

for (const gesture of ["pointerdown", "keydown"]) {
  addEventListener(gesture, () => {
    sound ??= window.AudioContext ? new AudioContext() : null
    if (sound?.state === "suspended") sound.resume()
  }, { capture: true, passive: true })
}

function note(tone, from) {
  const voice = sound.createOscillator(), loud = sound.createGain()
  voice.frequency.value = tone
  loud.gain.setValueAtTime(0, from)
  loud.gain.linearRampToValueAtTime(LOUD, from + 0.04)
  loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.7)
  voice.connect(loud).connect(sound.destination)
  voice.start(from)
  voice.stop(from + 0.75)
}

customElements.define("call-ring", class extends HTMLElement {
  connectedCallback() {
    this.switch = this.querySelector("input")
    if (this.switch) {
      this.hidden = false
      this.switch.checked = this.isOn
      this.switch.addEventListener("change", () => localStorage.setItem(SET, this.switch.checked ? "on" : "off"))
    }
    if (!("ringing" in this.dataset)) return
    document.title = `${this.dataset.mark} ${document.title}`
    this.ring()
    this.timer = setInterval(() => this.ring(), EVERY)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
    if ("ringing" in this.dataset) document.title = document.title.replace(`${this.dataset.mark} `, "")
  }

  get isOn() { return localStorage.getItem(SET) !== "off" }

  ring() {
    if (!this.isOn || sound?.state !== "running") return
    NOTES.forEach((tone, number) => note(tone, sound.currentTime + number * 0.22))
    this.dataset.rung = Number(this.dataset.rung ?? 0) + 1
  }
})
