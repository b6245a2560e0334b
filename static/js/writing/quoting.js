/* Words marked in a post can be quoted: the composer's Quote button takes them when nothing is marked in the text. */
let marked = ""
document.addEventListener("selectionchange", () => {
  const selection = getSelection()
  const post = selection.anchorNode?.parentElement?.closest(".post .prose, .comment .prose")
  if (post && !selection.isCollapsed) marked = selection.toString().trim()
  else if (selection.anchorNode?.parentElement?.closest(".prose")) marked = ""
})
document.addEventListener("click", (event) => {
  const composer = event.target.closest?.("[data-mark=quote]")?.closest("text-composer")
  if (!composer || !marked || composer.area.selectionStart !== composer.area.selectionEnd) return
  event.stopImmediatePropagation()
  const before = composer.area.value.slice(0, composer.area.selectionStart)
  composer.insert(`${before.trim() ? "\n\n" : ""}${marked.split(/\n+/).map((line) => `> ${line}`).join("\n>\n")}\n\n`)
  marked = ""
}, true)
