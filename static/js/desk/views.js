/* On a phone the views are one line that scrolls sideways: it begins where one is, not at its own beginning. */
const here = document.querySelector(".desk > .views [aria-current]")
const line = here?.closest(".views")
if (line?.scrollWidth > line?.clientWidth) line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2
