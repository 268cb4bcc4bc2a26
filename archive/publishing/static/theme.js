// Sets the reader's choice of light or dark before the page is painted; the button is archive.js's.
"use strict";

try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing for us shows what its system asks for.
}
