// Runs before the page is drawn. Until the other scripts are there, presses, links and submits wait: on a busy machine
// the first click comes sooner than they do. A form would be sent off by the browser itself, and a link would leave the
// page before anybody has kept what was typed.
"use strict";

const early = {
  held: [],
  press(event) {
    const pressed = event.target.closest("button, a[href]");
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!pressed || (pressed.type === "submit" && pressed.form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    early.held.push(() => pressed.click());
  },
  submit(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    early.held.push(() => event.target.requestSubmit());
  },
  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".composer textarea")) return;
    event.preventDefault();
    early.held.push(() => event.target.form.requestSubmit());
  },
  // The page works now: do what was asked for meanwhile, in order.
  over() {
    for (const [kind, listener] of early.kinds) document.removeEventListener(kind, listener, true);
    for (const act of early.held.splice(0)) act();
  },
};
early.kinds = [["click", early.press], ["submit", early.submit], ["keydown", early.key]];
for (const [kind, listener] of early.kinds) document.addEventListener(kind, listener, true);
