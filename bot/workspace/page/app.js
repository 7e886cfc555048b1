// The page's behaviour: threads, buttons, windows, live updates.
"use strict";

const pane = $("thread-pane");

// --- live updates

const wanted = new Set();
async function refresh() {
  const names = [...wanted];
  wanted.clear();
  try {
    for (const name of names) {
      if (name === "messages") await refreshList("messages", $("scroll"));
      if (name === "thread" && here.thread) await refreshList("thread", $("thread-scroll"));
      if (name === "home") await refreshHome();
      if (name === "places") await refreshPlaces();
      if (name === "window") await refreshWindow();
      if (name === "model") $("model").innerHTML = await part("model");
      if (name === "switch") $("switch").innerHTML = await part("switch");
    }
    return true;
  } catch {
    for (const name of names) wanted.add(name);
    return false;
  }
}
let waiting = null;
function later(...names) {
  for (const name of names) wanted.add(name);
  if (!waiting) waiting = setTimeout(look, 40);
}
async function look() {
  const done = await refresh();
  waiting = wanted.size ? setTimeout(look, done ? 40 : 1000) : null;
}

async function refreshHome() {
  const html = $("home") && (await part("home"));
  if (html) $("home").innerHTML = html;
}

function listen() {
  const source = new EventSource("/local/events");
  source.onopen = () => { later("messages", "thread", "places", "home", "window"); };
  source.onerror = () => { $("connection").textContent = "Reconnecting …"; };
  source.onmessage = (event) => {
    const change = JSON.parse(event.data);
    if (change.connected !== undefined) $("connection").textContent = change.connected || switching() ? "" : $("connection").dataset.away;
    if (change.kind === "switched") later("model", "switch");
    if (change.kind === "function") return void workflow.refresh();
    if (change.kind === "traffic") return void traffic.soon();
    if (change.kind === "read") return void (change.user === here.as && later("places", ...(change.channel === here.channel ? ["messages"] : [])));
    if (change.kind === "view" && change.user === here.as) later("window");
    if (change.kind === "home" && change.user === here.as) later("home");
    if (change.channel === here.channel) later("messages", "thread");
    if (change.channel && change.team === here.team) later("places");
    if (change.kind === "posted" && !change.reply) whereItWent(change);
  };
}

// --- threads

// A thread that is opened is a step forward, so the browser's Back closes it and leaves the channel where it was.
let leaving = null;
async function openThread(ts, focus = true) {
  await leaving;
  const before = here.thread;
  if (ts === before) return void $("reply-text").focus();
  showThread(ts);
  if (!ts && history.state?.thread) leaving = new Promise((left) => { addEventListener("popstate", left, { once: true }); history.back(); }).then(() => { leaving = null; });
  else history[ts && !before ? "pushState" : "replaceState"](ts && (!before || history.state?.thread) ? { thread: ts } : null, "", `?${query()}`);
  if (!ts) return;
  await refreshList("thread", $("thread-scroll")).catch(() => later("thread"));
  $("thread-scroll").scrollTop = 0;
  seen("thread");
  if (focus) $("reply-text").focus();
}

// The message that one reads keeps its place when the channel gets narrower or wider beside it.
function showThread(ts) {
  const box = $("scroll");
  const start = box && $(`m-${ts || here.thread}`);
  const kept = start && start.getBoundingClientRect().top;
  unsent.keep($("reply"));
  here.thread = ts;
  pane.hidden = !ts;
  $("reply").dataset.thread = ts;
  $("thread").replaceChildren();
  unsent.fetch($("reply"));
  if (start) {
    box.scrollTop += start.getBoundingClientRect().top - kept;
    start.scrollIntoView({ block: "nearest" });
  }
  // Whoever becomes somebody else goes on reading the same thread. Direct messages are each one's own.
  if (here.channelName) for (const person of document.querySelectorAll("[data-person]")) person.search = query({ as: person.dataset.person });
}
addEventListener("popstate", () => {
  const ts = new URLSearchParams(location.search).get("thread") ?? "";
  if (ts === here.thread) return;
  showThread(ts);
  if (ts) later("thread");
});
for (const back of document.querySelectorAll("[data-back]")) back.addEventListener("click", () => openThread(""));

// --- messages and blocks

async function edit(article, text) {
  const content = article.querySelector(".content");
  const form = document.createElement("form");
  form.className = "editing";
  const kept = ["editing", here.team, here.as, here.channel, article.dataset.ts].join(" ");
  const value = sessionStorage.getItem(kept) ?? text;
  const box = Object.assign(document.createElement("textarea"), { value, rows: Math.min(value.split("\n").length + 1, 14) });
  box.setAttribute("aria-label", "Edit the message");
  const row = Object.assign(document.createElement("div"), { className: "row end" });
  const cancel = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Cancel" });
  const save = Object.assign(document.createElement("button"), { className: "button primary", textContent: "Save" });
  row.append(cancel, save);
  form.append(box, row);
  content.hidden = true;
  content.after(form);
  box.focus();
  // What was typed is dropped, and whoever works by keyboard goes on at the message. A page that was left in the middle
  // of an edit still brings it back.
  const close = () => {
    sessionStorage.removeItem(kept);
    form.remove();
    content.hidden = false;
    article.focus({ preventScroll: true });
    later("messages", "thread");
  };
  cancel.addEventListener("click", close);
  box.addEventListener("input", () => sessionStorage.setItem(kept, box.value));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const done = await act("edit", { ts: article.dataset.ts, text: box.value });
    form.ariaBusy = "false";
    if (done) close();
  });
}

function target(element) {
  const view = element.closest("[data-view]");
  const article = element.closest("article[data-ts]");
  const root = view || article;
  return root && { root, place: view ? { view_id: view.dataset.view } : { ts: article.dataset.ts } };
}

// One press is one deed: what is on its way is not sent again, nor is the second half of a double click, which may even
// meet another button, since the first one redraws the message.
const AGAIN = 400;
let last = { at: 0 };
function isAgain(event) {
  const now = { at: performance.now(), x: event.clientX, y: event.clientY };
  const again = event.detail > 0 && now.at - last.at < AGAIN && Math.hypot(now.x - last.x, now.y - last.y) < 6;
  if (!again) last = now;
  return again;
}

async function click(element, value) {
  const where = target(element);
  if (!where || element.ariaBusy === "true") return;
  const action = element.dataset.action ?? element.dataset.input;
  const block_id = element.closest("[data-block]")?.dataset.block ?? "";
  element.setAttribute("aria-busy", "true");
  await act("click", { ...where.place, action_id: action, block_id, value, state: inputs(where.root) });
  element.removeAttribute("aria-busy");
}

async function copy(button) {
  const text = button.previousElementSibling.innerText;
  const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
  if (!done) getSelection().selectAllChildren(button.previousElementSibling);
  const { textContent } = button;
  button.textContent = done ? say.copied : say.selected;
  setTimeout(() => { button.textContent = textContent; }, 2000);
}

// Whoever works by keyboard goes on where the menu was opened.
function leaveMenu(entry) {
  const menu = entry.closest("details.overflow[open]");
  if (menu?.contains(document.activeElement)) menu.querySelector("summary").focus({ preventScroll: true });
  menu?.removeAttribute("open");
}

async function pressed(button) {
  const data = button.dataset;
  const article = button.closest("article[data-ts]");
  if (data.action !== undefined) {
    if (data.confirm && !(await ask(JSON.parse(data.confirm)))) return;
    leaveMenu(button);
    await click(button, data.value);
  } else if (data.thread !== undefined) await openThread(data.thread);
  else if (data.react) await act("react", { ts: article.dataset.ts, name: data.react });
  else if (data.shortcut) {
    leaveMenu(button);
    await act("shortcut", { callback_id: data.shortcut, ...(article && { ts: article.dataset.ts }) });
  }
  else if (data.copy !== undefined) await copy(button);
  else if (data.edit !== undefined) await edit(article, data.edit);
  else if (data.delete !== undefined) {
    if (await ask(say.delete)) await act("delete", { ts: article.dataset.ts });
  } else if (data.sample) await trySample(data.sample, data.picture);
  else if (data.choice) await choose(data.choice);
  else if (data.prompt) {
    const done = await act("post", { text: data.prompt });
    if (done) await openThread(done.ts);
  }
  else if (data.later) await clock.jump(data.later);
}

// Slack's own links to messages go there in this window, as in Slack; a window of the app, with what was typed in it, is
// not left for one. A link of an earlier start may name another port.
const LOCAL = ["127.0.0.1", "localhost"], MESSAGE = /^\/archives\/[A-Z0-9]+\/p\d+$/;
function permalink(link, event) {
  if (!link || link.closest("dialog") || event.ctrlKey || event.metaKey || event.shiftKey) return "";
  const { hostname, pathname, searchParams } = new URL(link.href, location.href);
  if (!LOCAL.includes(hostname) || !MESSAGE.test(pathname)) return "";
  searchParams.set("team", here.team);
  searchParams.set("as", here.as);
  return `${pathname}?${searchParams}`;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button, a[data-action]");
  const message = permalink(event.target.closest("a[href]"), event);
  if (message) {
    if (event.detail > 1) return void event.preventDefault();
    event.preventDefault();
    // The app is told first, but nobody waits for one that doesn't answer.
    if (button) await Promise.race([pressed(button), new Promise((over) => { setTimeout(over, 1000); })]);
    return void location.assign(message);
  }
  if (!button || button.closest("#ask")) return;
  const sends = button.matches("[data-action], [data-shortcut], [data-prompt]");
  if (!sends || !isAgain(event)) pressed(button);
});
document.addEventListener("change", (event) => {
  const input = event.target.closest("[data-input]");
  if (input?.dataset.most && event.target.checked && valueOf(input).length > Number(input.dataset.most)) {
    event.target.checked = false;
    return void toast(say.most.replace("{number}", input.dataset.most));
  }
  if (event.target.dataset.goto === "team") location.search = `?team=${encodeURIComponent(event.target.value)}`;
  // Inside an input block nothing is sent before the window is submitted; elsewhere a choice is a click.
  if (input && !input.closest(".block-input")) click(input, valueOf(input));
});

const switching = () => $("switch").getAttribute("aria-busy") === "true";

// The app starts anew for it, which takes a moment; then it looks again at the draft one looks at.
async function choose(choice) {
  const box = $("switch");
  if (switching()) return;
  box.setAttribute("aria-busy", "true");
  const last = [...document.querySelectorAll("#messages .thread-link")].at(-1)?.closest("article").dataset.ts;
  await act("switch", { choice, ts: here.thread || last || "" });
  box.removeAttribute("aria-busy");
}

// --- windows

const typed = new Map();
const drawn = new Map();
async function refreshWindow() {
  const holder = $("window");
  const fresh = document.createElement("template");
  fresh.innerHTML = await part("window");
  const next = fresh.content.querySelector("dialog");
  const current = $("modal");
  if (current && next && current.dataset.view === next.dataset.view && current.dataset.hash === next.dataset.hash) return;
  if (current) typed.set(current.dataset.view, inputs(current));
  holder.replaceChildren(...fresh.content.children);
  openWindow();
  // As in Slack: what somebody put into a window stays there while others lie on top, and through updates.
  if (next && typed.has(next.dataset.view)) restore($("modal"), typed.get(next.dataset.view));
}

// A window may post something: say where it is.
let submitted = 0;
function whereItWent({ team, channel, ts, user }) {
  if (team !== here.team || user === here.as || Date.now() - submitted > 15000) return;
  submitted = 0;
  const name = document.querySelector(`a[data-channel="${CSS.escape(channel)}"]`)?.dataset.name;
  if (name) toast(say.posted.replace("{channel}", name), `?${query({ channel, thread: ts, tab: "messages" })}`);
  if (channel === here.channel && $("scroll")) $("scroll").scrollTop = $("scroll").scrollHeight;
}

function openWindow() {
  const modal = $("modal");
  if (!modal) return;
  const view_id = modal.dataset.view;
  // What the app drew first: it draws a window anew with what was typed in it, and that is still not sent.
  const boxes = [...modal.querySelectorAll("textarea, input[type=text]")];
  const first = drawn.get(view_id) ?? {};
  drawn.set(view_id, first);
  const named = (box) => box.closest("[data-block]")?.dataset.block;
  for (const box of boxes) first[named(box)] ??= box.value;
  const unsent = () => boxes.some((box) => box.value !== first[named(box)]);
  let closing = false;
  // Whatever somebody leaves it by, it may be a slip.
  const close = async () => {
    if (closing || $("ask").open || (unsent() && !(await ask(say.discard)))) return;
    closing = true;
    await act("close", { view_id });
    closing = false;
  };
  // Escape as well: the browser would close the window, and what was typed would be gone.
  modal.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || modal.querySelector("details.overflow[open]")) return;
    event.preventDefault();
    close();
  });
  modal.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  for (const button of modal.querySelectorAll("[data-close]")) button.addEventListener("click", close);
  modal.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (modal.ariaBusy === "true") return;
    modal.ariaBusy = "true";
    for (const error of modal.querySelectorAll(".error")) error.textContent = "";
    submitted = Date.now();
    const done = await act("submit", { view_id, values: inputs(modal) });
    modal.ariaBusy = "false";
    if (!done) modal.querySelector("[data-error]").textContent = $("toast").textContent;
    for (const [block, text] of Object.entries(done?.ack?.errors ?? {})) {
      const error = modal.querySelector(`[data-block="${CSS.escape(block)}"] .error`) || modal.querySelector("[data-error]");
      error.textContent = text;
    }
    modal.querySelector(".error:not(:empty)")?.closest(".block")?.scrollIntoView({ block: "nearest" });
  });
  modal.showModal();
  // The browser would begin with the cross.
  modal.querySelector(".scroll :is(input, textarea, select), footer .button:last-child").focus();
}

// --- start

function sideMenu(open) {
  document.body.classList.toggle("menu-open", open);
  $("menu").setAttribute("aria-expanded", String(open));
}
// On a narrow screen the bar takes several lines; what lies over the page begins below it.
const bar = document.querySelector(".banner");
new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
$("menu").addEventListener("click", () => sideMenu(!document.body.classList.contains("menu-open")));
$("shade").addEventListener("click", () => sideMenu(false));
$("invite")?.addEventListener("click", async () => { if (await act("join", { by: "" })) location.reload(); });
// Whoever opened it once wants it open.
$("developer").open = localStorage.getItem("developer") === "open";
$("developer").addEventListener("toggle", () => localStorage.setItem("developer", $("developer").open ? "open" : ""));
localTimes($("messages") ?? document);
localTimes($("thread"));
if ($("scroll")) $("scroll").scrollTop = $("scroll").scrollHeight;
foldStart();
seen("thread");
if (here.tab === "home" || (!here.channelName && here.tab === "messages")) act("home", { tab: here.tab }, { quietly: true });
addEventListener("visibilitychange", () => { if ($("scroll") && nearEnd($("scroll"))) seen("messages"); });
if ($("scroll")) seen("messages");
if ($("toast").textContent) {
  // Told once: not again when the page is loaded anew.
  history.replaceState(history.state, "", `?${query()}`);
  toast($("toast").textContent, "", 20);
}
openWindow();
listen();
