// Makes the pages handier; everything works without it.
"use strict";

// Datasette's own script for tables reads this name.
window.DATASETTE_ALLOW_FACET = document.body.dataset.allowFacet === "true";

// Light, dark, or as the system has it: the choice is kept by this browser alone.
const themes = ["system", "light", "dark"];
const themeButton = document.getElementById("theme");

function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  themeButton.textContent = `Colours: ${theme}`;
  themeButton.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // It holds for this page then.
  }
}

if (themeButton) {
  setTheme(document.documentElement.dataset.theme || "system");
  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    setTheme(themes[(themes.indexOf(themeButton.dataset.theme) + 1) % themes.length]);
  });
}

// Buttons that copy a text stand hidden where no script could answer them.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

// What a mark tells stands in a card beside it: on hover, on focus, and on a first tap.
const card = document.createElement("div");
card.className = "card";
card.id = "mark-card";
card.setAttribute("role", "tooltip");
card.hidden = true;
document.body.append(card);

function show(mark) {
  const told = mark.dataset.told || mark.title;
  if (!told) return;
  mark.dataset.told = told;
  mark.removeAttribute("title"); // else the browser shows it a second time
  mark.setAttribute("aria-describedby", card.id);
  card.textContent = told;
  card.hidden = false;
  const box = mark.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8));
  const above = box.top - card.offsetHeight - 6;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${(above > 0 ? above : box.bottom + 6) + window.scrollY}px`;
}

function hide() {
  card.hidden = true;
}

const marks = document.querySelectorAll(".story-page a.mark:not(.story-side a)");
for (const mark of marks) {
  mark.addEventListener("mouseenter", () => show(mark));
  mark.addEventListener("focus", () => show(mark));
  mark.addEventListener("mouseleave", hide);
  mark.addEventListener("blur", hide);
  let tapped = false;
  mark.addEventListener("pointerdown", (event) => {
    tapped = event.pointerType === "touch" && card.hidden;
  });
  mark.addEventListener("click", (event) => {
    if (!tapped) return;
    tapped = false;
    event.preventDefault(); // the second tap follows the link
    show(mark);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
