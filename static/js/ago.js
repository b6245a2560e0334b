/* Relative times stay right while the page is open or comes from a cache; the exact time is told in the reader's zone. */
const words = (document.body.dataset.ago ?? "").split("|")
const exact = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
const say = (at) => {
  const minutes = Math.floor((Date.now() - at) / 60000)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (minutes < 1) return words[0]
  if (hours < 1) return words[1].replace("%s", minutes)
  if (days < 1) return words[2].replace("%s", hours)
  return days === 1 ? words[3] : days < 7 ? words[4].replace("%s", days) : null
}
const refresh = () => {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const at = new Date(time.dateTime)
    const text = say(at)
    if (text && time.textContent !== text) time.textContent = text
    time.title = exact.format(at)
  }
}
if (words.length === 5) {
  refresh()
  setInterval(refresh, 60000)
  document.addEventListener("htmx:after:swap", refresh)
  document.addEventListener("live:changed", refresh)
}
