/* Chosen photos are seen before they are sent, each with a line for what it shows. Without this the file field works. */
const WIDE = 320, HIGH = 240

const draw = async (canvas, file) => {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return
  const scale = Math.max(WIDE / picture.width, HIGH / picture.height)
  const [wide, high] = [picture.width * scale, picture.height * scale]
  canvas.getContext("2d").drawImage(picture, (WIDE - wide) / 2, (HIGH - high) / 2, wide, high)
  picture.close()
}

const row = (file, words) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDE, height: HIGH })
  const line = Object.assign(document.createElement("input"), { name: "shows-new", maxLength: 200, className: "small", placeholder: words })
  const item = document.createElement("li")
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", file.name)
  line.setAttribute("aria-label", `${words}: ${file.name}`)
  item.append(canvas, line)
  draw(canvas, file)
  return item
}

for (const input of document.querySelectorAll("input[type=file][data-shows]")) {
  const list = Object.assign(document.createElement("ul"), { className: "photos", hidden: true })
  input.before(list)
  input.addEventListener("change", () => {
    const files = [...input.files]
    list.replaceChildren(...files.map((file) => row(file, input.dataset.shows)))
    list.hidden = !files.length
  })
}
