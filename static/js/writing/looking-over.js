/* A picture is looked over before it leaves: cover what is private, by pointer or keyboard, and say what it shows.
   composer.lookOver(file) answers { file, alt }, or null when it is left out. */
const LARGEST = 2000, STEP = 0.02

class LookOver {
  constructor(composer, picture, file) {
    const made = composer.querySelector("template[data-look]").content.cloneNode(true)
    Object.assign(this, { composer, picture, file, covers: [], dialog: made.querySelector("dialog"), frame: { x: .4, y: .45, w: .2, h: .1 } })
    this.canvas = this.dialog.querySelector("canvas")
    const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height))
    this.canvas.width = Math.round(picture.width * scale)
    this.canvas.height = Math.round(picture.height * scale)
    this.isScaled = scale < 1
    this.listen()
    this.draw()
  }

  listen() {
    const { canvas } = this
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); this.from = this.at(event) })
    canvas.addEventListener("pointermove", (event) => { if (this.from) { this.frame = this.between(this.from, this.at(event)); this.draw(true) } })
    canvas.addEventListener("pointerup", (event) => { const box = this.from && this.between(this.from, this.at(event)); this.from = null; if (box?.w > .005 && box.h > .005) this.cover(box); else this.draw() })
    canvas.addEventListener("keydown", (event) => this.key(event))
    canvas.addEventListener("focus", () => this.draw(canvas.matches(":focus-visible")))
    canvas.addEventListener("blur", () => this.draw())
    this.dialog.querySelector("[data-undo]").addEventListener("click", () => this.undo())
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect()
    const part = (value, size) => Math.min(1, Math.max(0, value / size))
    return { x: part(event.clientX - box.left, box.width), y: part(event.clientY - box.top, box.height) }
  }

  between(a, b) { return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) } }

  key(event) {
    const move = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key]
    const box = this.frame
    if (event.key === "Enter") this.cover({ ...box })
    else if (event.key === "Backspace") this.undo()
    else if (move && event.shiftKey) [box.w, box.h] = [Math.min(1, Math.max(STEP, box.w + move[0])), Math.min(1, Math.max(STEP, box.h + move[1]))]
    else if (move) [box.x, box.y] = [Math.min(1 - box.w, Math.max(0, box.x + move[0])), Math.min(1 - box.h, Math.max(0, box.y + move[1]))]
    else return
    event.preventDefault()
    this.draw(true)
  }

  cover(box) { this.covers.push(box); this.draw(); this.tell("covered") }
  undo() { if (this.covers.pop()) { this.draw(); this.tell("uncovered") } }
  tell(name) { this.dialog.querySelector("[data-frame]").textContent = this.composer.querySelector("template[data-words]").dataset[name] }

  draw(withFrame = false) {
    const { width, height } = this.canvas
    const pen = this.canvas.getContext("2d")
    const box = ({ x, y, w, h }) => [x * width, y * height, w * width, h * height]
    pen.drawImage(this.picture, 0, 0, width, height)
    pen.fillStyle = "#111"
    for (const cover of this.covers) pen.fillRect(...box(cover))
    if (withFrame) {
      for (const [colour, wide] of [["#fff", 5], ["#111", 2]]) { pen.lineWidth = wide * width / 700 + 1; pen.strokeStyle = colour; pen.strokeRect(...box(this.frame)) }
    }
    this.dialog.querySelector("[data-undo]").disabled = !this.covers.length
  }

  async ask() {
    document.body.append(this.dialog)
    this.dialog.showModal()
    this.dialog.querySelector("[name=alt]").focus()
    await new Promise((done) => this.dialog.addEventListener("close", done, { once: true }))
    const alt = this.dialog.querySelector("[name=alt]").value.trim()
    const isAdded = this.dialog.returnValue === "add"
    this.draw()
    const file = isAdded && (this.covers.length || this.isScaled) ? await this.drawn() : this.file
    this.dialog.remove()
    this.composer.area.focus()
    return isAdded ? { file, alt } : null
  }

  async drawn() {
    const kind = this.file.type === "image/jpeg" ? "image/jpeg" : "image/png"
    const bytes = await new Promise((done) => this.canvas.toBlob(done, kind, .9))
    return new File([bytes], this.file.name || "picture.png", { type: kind })
  }
}

/* A picture that this browser cannot open goes as it is: the server knows more forms. */
globalThis.lookOver = async (composer, file) => {
  const picture = await createImageBitmap(file).catch(() => null)
  return picture ? new LookOver(composer, picture, file).ask() : { file, alt: "" }
}
