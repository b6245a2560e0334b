/* Pasting: files are uploaded, tables become Markdown, a long text may become a file, an address on marked words a link. */
const LONG = 10000
const cell = (text) => text.trim().replace(/\s+/g, " ").replace(/\|/g, "\\|")
const markdown = (rows) => {
  const wide = Math.max(...rows.map((row) => row.length))
  const line = (row) => `| ${Array.from({ length: wide }, (_none, at) => cell(row[at] ?? "")).join(" | ")} |`
  return [line(rows[0]), `|${" --- |".repeat(wide)}`, ...rows.slice(1).map(line)].join("\n")
}

const tableIn = (data) => {
  const html = data.getData("text/html")
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table")
  if (table && table.rows.length > 1) return markdown([...table.rows].map((row) => [...row.cells].map((one) => one.textContent)))
  const lines = data.getData("text/plain").replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"))
  const isTable = lines.length > 1 && lines[0].length > 1 && lines.every((line) => line.length === lines[0].length)
  return isTable ? markdown(lines) : ""
}

/* A table is one only where it begins a line; words after it begin one of their own. */
const between = (before, table, after) => `${/(^|\n)$/.test(before) ? "" : "\n\n"}${table}\n${!after || after.startsWith("\n") ? "" : "\n"}`

const offer = (composer, text) => {
  const bar = composer.querySelector("template[data-long]").content.cloneNode(true).firstElementChild
  const done = () => { bar.remove(); composer.area.focus() }
  bar.querySelector("[data-as-file]").addEventListener("click", () => { done(); addFiles(composer, [new File([text], "text.txt", { type: "text/plain" })]) })
  bar.querySelector("[data-as-text]").addEventListener("click", () => { done(); composer.insert(text) })
  composer.querySelector(".draft-choice")?.remove()
  composer.area.before(bar)
  bar.querySelector("button").focus()
}

document.addEventListener("paste", (event) => {
  const composer = event.target.closest?.("text-composer[data-upload-url]")
  const data = event.clipboardData
  if (!composer || event.target !== composer.area || !data) return
  const { selectionStart: start, selectionEnd: end, value } = composer.area
  const text = data.getData("text/plain")
  const table = tableIn(data)
  if (table) composer.insert(between(value.slice(0, start), table, value.slice(end)))
  else if (data.files.length) addFiles(composer, [...data.files])
  else if (text.length > LONG) offer(composer, text)
  else if (end > start && /^https?:\/\/\S+$/.test(text.trim()) && !value.slice(start, end).includes("\n")) composer.insert(`[${value.slice(start, end)}](${text.trim()})`)
  else return
  event.preventDefault()
})
