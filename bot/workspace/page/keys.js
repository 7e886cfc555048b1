// The keyboard: Esc closes the innermost thing only, arrows move inside menus and inside a message's tools.
"use strict";

function closeInnermost(from) {
  const menu = from.closest("details.overflow[open]") ?? document.querySelector("dialog[open] details.overflow[open], body:not(:has(dialog[open])) details.overflow[open]");
  if (menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
    return true;
  }
  if (document.querySelector("dialog[open]")) return false;
  const list = document.querySelector(".commands:not([hidden])");
  if (list) list.hidden = true;
  else if (document.body.classList.contains("menu-open")) sideMenu(false);
  else if (here.thread) {
    const opener = document.querySelector(`#messages article[data-ts="${CSS.escape(here.thread)}"]`);
    openThread("");
    (opener?.querySelector(".thread-link") ?? opener)?.focus({ preventScroll: true });
  } else return false;
  return true;
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && closeInnermost(event.target)) event.preventDefault();
  const group = event.key in STEPS && event.target.closest(".tools, details.overflow[open]");
  if (!group) return;
  event.preventDefault();
  const tools = group.matches(".tools");
  const buttons = [...group.querySelectorAll(tools ? ".tools > div > button, .tools summary" : "button")];
  const at = buttons.indexOf(event.target);
  const next = at < 0 && STEPS[event.key] < 0 ? buttons.length - 1 : (at + STEPS[event.key] + buttons.length) % buttons.length;
  // Only one of a message's tools is a stop of the Tab key: the one that was used last.
  if (tools) for (const button of buttons) button.tabIndex = button === buttons[next] ? 0 : -1;
  buttons[next].focus();
});
// A menu at the end of the page is below what is seen of it.
document.addEventListener("toggle", (event) => {
  if (event.target.matches("details.overflow[open]")) event.target.lastElementChild.scrollIntoView({ block: "nearest" });
}, true);
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.overflow[open]")) if (!menu.contains(event.target)) menu.removeAttribute("open");
});
early.over();
