/* Sets the chosen colours before the page is painted, so that nothing flashes. The switch itself is theme-switch.js. */
try {
  const chosen = localStorage.getItem("theme")
  if (chosen) document.documentElement.dataset.theme = chosen
} catch { /* storage is off: the system's colours */ }
