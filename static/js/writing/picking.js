/* @ people, # tags, : emoji, and / reply templates at the beginning of a line. Arrows choose, Enter or Tab takes, Escape goes on typing. */
const BEGUN = /(?:^|[\s(])([@#:])([\p{L}\p{N}_.-]{1,30})$/u
const EMOJI = "smile 🙂,grin 😀,laugh 😂,wink 😉,heart ❤️,thanks 🙏,please 🙏,thumbsup 👍,yes 👍,thumbsdown 👎,no 👎,ok 👌,clap 👏,wave 👋,party 🎉,tada 🎉,think 🤔,confused 😕,sad 🙁,cry 😢,angry 😠,surprised 😮,cool 😎,sleep 😴,eyes 👀,fire 🔥,rocket 🚀,star ⭐,sparkles ✨,check ✅,cross ❌,warning ⚠️,question ❓,idea 💡,lamp 💡,bug 🐛,wrench 🔧,tool 🔧,headphones 🎧,earbuds 🎧,speaker 🔊,mute 🔇,music 🎵,phone 📱,laptop 💻,battery 🔋,lowbattery 🪫,plug 🔌,cable 🔌,bluetooth 📶,signal 📶,lock 🔒,key 🔑,mail 📧,camera 📷,picture 🖼️,clock 🕒,hourglass ⏳,rain 🌧️,sun ☀️,snow ❄️,coffee ☕,tea 🍵,cake 🍰,dog 🐶,cat 🐱,plane ✈️,train 🚆,bike 🚲,car 🚗,home 🏠,office 🏢,gift 🎁,package 📦,trash 🗑️,pin 📌,arrow ➡️,up ⬆️,down ⬇️,lächeln 🙂,lachen 😂,herz ❤️,danke 🙏,bitte 🙏,daumen 👍,klatschen 👏,winken 👋,feier 🎉,denken 🤔,traurig 🙁,weinen 😢,wütend 😠,schlaf 😴,augen 👀,feuer 🔥,rakete 🚀,stern ⭐,haken ✅,kreuz ❌,achtung ⚠️,frage ❓,idee 💡,lampe 💡,fehler 🐛,werkzeug 🔧,kopfhörer 🎧,lautsprecher 🔊,stumm 🔇,musik 🎵,handy 📱,akku 🔋,stecker 🔌,kabel 🔌,schloss 🔒,schlüssel 🔑,brief 📧,kamera 📷,bild 🖼️,uhr 🕒,regen 🌧️,sonne ☀️,kaffee ☕,hund 🐶,katze 🐱,zug 🚆,rad 🚲,haus 🏠,geschenk 🎁,paket 📦,pfeil ➡️"
  .split(",").map((pair) => pair.split(" ")).map(([name, sign]) => ({ label: `${sign} ${name}`, name, text: sign }))
const SLASHED = /^(\/)([\p{L}\p{N} _.-]{0,30})$/u
let open = null
let asked = 0

const close = () => {
  if (!open) return
  open.list.remove()
  for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) open.area.removeAttribute(name)
  open = null
}

const find = async (composer, sign, begun) => {
  if (sign === ":") return EMOJI.filter((one) => begun.length > 1 && one.name.startsWith(begun.toLowerCase())).slice(0, 8)
  if (sign === "/") return fetched(`${composer.dataset.cannedUrl}&q=${encodeURIComponent(begun)}`)
  const url = sign === "@" ? composer.dataset.peopleUrl : composer.dataset.tagsUrl
  return fetched(`${url}?q=${encodeURIComponent(begun)}`)
}

const fetched = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null)
  return answer?.ok && !answer.redirected ? (await answer.json()).items : []
}

/* What is begun at the cursor: its sign and its letters. A template stands at the beginning of a line. */
const begunIn = (composer, { value, selectionEnd: at }) => {
  const line = value.slice(value.lastIndexOf("\n", at - 1) + 1, at)
  return (composer.dataset.cannedUrl && SLASHED.exec(line)) || BEGUN.exec(value.slice(Math.max(0, at - 40), at))
}

const mark = (at) => {
  const { list, items } = open
  open.at = (at + items.length) % items.length
  for (const [number, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(number === open.at))
  open.area.setAttribute("aria-activedescendant", list.children[open.at].id)
  const announcer = document.querySelector("[data-announcer]")
  if (announcer) announcer.textContent = `${items[open.at].label}, ${open.at + 1} / ${items.length}`
}

const take = (at) => {
  const { area, items, from } = open
  const composer = area.closest("text-composer")
  close()
  area.focus()
  area.setSelectionRange(from, area.selectionEnd)
  composer.insert(items[at].id ? `${items[at].text}\n` : `${items[at].text} `)
  if (items[at].id) area.form?.append(Object.assign(document.createElement("input"), { type: "hidden", name: "canned", value: items[at].id }))
}

const show = (area, items, from) => {
  const list = document.createElement("ul")
  Object.assign(list, { id: `${area.id}-picks`, className: items[0].hint ? "picks listed" : "picks" })
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", area.labels?.[0]?.textContent ?? "")
  for (const [at, item] of items.entries()) {
    const option = Object.assign(document.createElement("li"), { id: `${area.id}-pick-${at}`, textContent: item.label })
    if (item.hint) option.append(Object.assign(document.createElement("span"), { className: "muted clip", textContent: item.hint }))
    option.setAttribute("role", "option")
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(at) })
    list.append(option)
  }
  area.after(list)
  area.setAttribute("aria-controls", list.id)
  area.setAttribute("aria-autocomplete", "list")
  open = { area, items, from, list, at: 0 }
  mark(0)
}

document.addEventListener("input", async (event) => {
  const area = event.target
  const composer = area.closest?.("text-composer[data-people-url]")
  if (!composer || area !== composer.area) return
  const turn = ++asked
  const begun = begunIn(composer, area)
  const items = begun ? await find(composer, begun[1], begun[2]) : []
  if (turn !== asked) return
  close()
  if (items.length) show(area, items, area.selectionEnd - begun[2].length - 1)
})
document.addEventListener("keydown", (event) => {
  if (!open || event.target !== open.area || event.ctrlKey || event.metaKey || event.isComposing) return
  if (event.key === "ArrowDown") mark(open.at + 1)
  else if (event.key === "ArrowUp") mark(open.at - 1)
  else if (event.key === "Enter" || event.key === "Tab") take(open.at)
  else if (event.key === "Escape") { asked += 1; close() }
  else return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)
document.addEventListener("focusout", (event) => { if (event.target === open?.area) close() })
document.addEventListener("click", (event) => {
  const composer = event.target.closest("[data-canned]")?.closest("text-composer")
  if (!composer) return
  const { value, selectionStart: at } = composer.area
  composer.insert(at && value[at - 1] !== "\n" ? "\n/" : "/")
})
