/* Pictures and files: chosen, dropped or pasted; each has a row with its progress and a way to cancel. */
const words = (composer, name, what) => composer.querySelector("template[data-words]").dataset[name].replace("%s", what)
const say = (composer, text) => { composer.querySelector("[data-said]").textContent = text }

const send = (composer, file, row) => new Promise((done) => {
  const request = new XMLHttpRequest()
  const body = new FormData()
  body.append("file", file, file.name || "picture.png")
  request.open("POST", composer.dataset.uploadUrl)
  request.setRequestHeader("Accept", "application/json")
  request.setRequestHeader("X-CSRFToken", composer.area.form.elements.csrfmiddlewaretoken.value)
  request.responseType = "json"
  request.upload.addEventListener("progress", (event) => { row.querySelector("progress").value = 100 * event.loaded / event.total })
  request.addEventListener("loadend", () => done(request))
  row.querySelector("[data-cancel]").addEventListener("click", () => request.abort())
  request.send(body)
})

const fail = (row, text) => {
  const gone = row.querySelector("[data-cancel]")
  row.querySelector("progress").remove()
  row.classList.add("failed")
  row.querySelector("[data-name]").textContent = text
  row.querySelector("[data-name]").classList.remove("clip")
  gone.textContent = "×"
  gone.addEventListener("click", () => { const list = row.parentElement; row.remove(); list.hidden = !list.children.length })
}

const add = async (composer, file, alt = "") => {
  const list = composer.querySelector("[data-uploads]")
  const row = composer.querySelector("template[data-row]").content.cloneNode(true).firstElementChild
  row.querySelector("[data-name]").textContent = file.name
  row.querySelector("progress").setAttribute("aria-label", words(composer, "uploading", file.name))
  list.append(row)
  list.hidden = false
  const answer = await send(composer, file, row)
  const told = answer.response
  if (answer.status === 201) {
    const text = alt ? told.markdown.replace("![]", () => `![${alt.replace(/[[\]\\\n]/g, " ")}]`) : told.markdown
    composer.insert(composer.area.value.slice(0, composer.area.selectionStart).trim() ? `\n\n${text}\n` : `${text}\n`)
    say(composer, words(composer, "arrived", told.name))
  } else if (answer.status || answer.readyState === 4) {
    fail(row, told?.message ?? words(composer, "failed", file.name))
    return say(composer, row.textContent)
  } else say(composer, words(composer, "cancelled", file.name))
  row.remove()
  list.hidden = !list.children.length
}

/* One after the other, for each picture is looked over first. */
globalThis.addFiles = async (composer, files) => {
  for (const file of files) {
    const looked = file.type.startsWith("image/") && file.type !== "image/gif" ? await lookOver(composer, file) : { file, alt: "" }
    if (looked) add(composer, looked.file, looked.alt)
  }
}

const composerOf = (event) => event.target.closest?.("text-composer[data-upload-url]")
const carriesFiles = (event) => [...event.dataTransfer?.types ?? []].includes("Files")
document.addEventListener("click", (event) => event.target.closest("[data-attach]") && composerOf(event).querySelector("[data-plain-files] input").click())
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-plain-files] input")) return
  const files = [...event.target.files]
  event.target.value = ""
  addFiles(composerOf(event), files)
})
document.addEventListener("dragover", (event) => {
  const composer = composerOf(event)
  if (!composer || !carriesFiles(event)) return
  event.preventDefault()
  composer.classList.add("dropping")
})
for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => composerOf(event)?.classList.remove("dropping"))
document.addEventListener("drop", (event) => {
  const composer = composerOf(event)
  if (!composer || !carriesFiles(event)) return
  event.preventDefault()
  addFiles(composer, [...event.dataTransfer.files])
})
document.documentElement.classList.add("can-write")
