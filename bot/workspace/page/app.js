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
      if (name === "home" && $("home")) $("home").innerHTML = await part("home");
      if (name === "window") await refreshWindow();
    }
  } catch {
    for (const name of names) wanted.add(name);
  }
  if (wanted.size) later();
}
let waiting = null;
function later(...names) {
  for (const name of names) wanted.add(name);
  if (!waiting) waiting = setTimeout(async () => { await refresh(); waiting = null; if (wanted.size) later(); }, 40);
}

function listen() {
  const source = new EventSource("/local/events");
  source.onopen = () => { later("messages", "thread", "home", "window"); };
  source.onerror = () => { $("connection").textContent = "Reconnecting …"; };
  source.onmessage = (event) => {
    const change = JSON.parse(event.data);
    if (change.connected !== undefined) $("connection").textContent = change.connected ? "" : $("connection").dataset.away;
    if (change.kind === "function") return void workflow.refresh();
    if (change.kind === "traffic") return void traffic.soon();
    if (change.kind === "view" && change.user === here.as) later("window");
    if (change.kind === "home" && change.user === here.as) later("home");
    if (change.channel === here.channel) later("messages", "thread");
    if (change.kind === "posted" && !change.reply) whereItWent(change);
  };
}

// --- threads

async function openThread(ts, focus = true) {
  here.thread = ts;
  pane.hidden = !ts;
  $("reply").dataset.thread = ts;
  unsent.fetch($("reply"));
  history.replaceState(null, "", `?${query()}`);
  if (!ts) return;
  $("thread").replaceChildren();
  await refreshList("thread", $("thread-scroll")).catch(() => later("thread"));
  showStart($("thread-scroll"));
  if (focus) $("reply-text").focus();
}
$("thread-close").addEventListener("click", () => openThread(""));

// --- messages and blocks

async function edit(article, text) {
  const content = article.querySelector(".content");
  const form = document.createElement("form");
  form.className = "editing";
  const box = Object.assign(document.createElement("textarea"), { value: text, rows: Math.min(text.split("\n").length + 1, 14) });
  box.setAttribute("aria-label", "Edit the message");
  const row = Object.assign(document.createElement("div"), { className: "row end" });
  const cancel = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Cancel" });
  const save = Object.assign(document.createElement("button"), { className: "button primary", textContent: "Save" });
  row.append(cancel, save);
  form.append(box, row);
  content.hidden = true;
  content.after(form);
  box.focus();
  const close = () => { form.remove(); content.hidden = false; later("messages", "thread"); };
  cancel.addEventListener("click", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await act("edit", { ts: article.dataset.ts, text: box.value })) close();
  });
}

function target(element) {
  const view = element.closest("[data-view]");
  const article = element.closest("article[data-ts]");
  const root = view || article;
  return root && { root, place: view ? { view_id: view.dataset.view } : { ts: article.dataset.ts } };
}

async function click(element, value) {
  const where = target(element);
  if (!where) return;
  const action = element.dataset.action ?? element.dataset.input;
  const block_id = element.closest("[data-block]")?.dataset.block ?? "";
  element.setAttribute("aria-busy", "true");
  await act("click", { ...where.place, action_id: action, block_id, value, state: inputs(where.root) });
  element.removeAttribute("aria-busy");
}

async function pressed(button) {
  const data = button.dataset;
  const article = button.closest("article[data-ts]");
  if (data.action !== undefined) {
    if (data.confirm && !(await ask(JSON.parse(data.confirm)))) return;
    button.closest("details.overflow")?.removeAttribute("open");
    await click(button, data.value);
  } else if (data.thread !== undefined) await openThread(data.thread);
  else if (data.react) await act("react", { ts: article.dataset.ts, name: data.react });
  else if (data.shortcut) await act("shortcut", { callback_id: data.shortcut, ...(article && { ts: article.dataset.ts }) });
  else if (data.edit !== undefined) await edit(article, data.edit);
  else if (data.delete !== undefined) {
    if (await ask({ title: "Delete this message?", text: "This cannot be undone.", confirm: "Delete" })) await act("delete", { ts: article.dataset.ts });
  } else if (data.sample) await trySample(data.sample);
  else if (data.prompt) {
    const done = await act("post", { text: data.prompt });
    if (done) await openThread(done.ts);
  }
  else if (data.later) await clock.jump(data.later);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button, a[data-action]");
  if (button && !button.closest("#ask")) pressed(button);
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

// --- windows

const typed = new Map();
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

// A window may post somewhere else than where one is: then say where.
let submitted = 0;
function whereItWent({ team, channel, ts, user }) {
  if (team !== here.team || user === here.as || Date.now() - submitted > 10000) return;
  submitted = 0;
  const name = document.querySelector(`[data-channel="${CSS.escape(channel)}"]`)?.textContent;
  if (channel === here.channel && $("scroll")) $("scroll").scrollTop = $("scroll").scrollHeight;
  else if (name) toast(say.posted.replace("{channel}", name), `?${query({ channel, thread: ts, tab: "messages" })}`);
}

function openWindow() {
  const modal = $("modal");
  if (!modal) return;
  const view_id = modal.dataset.view;
  const close = () => act("close", { view_id });
  modal.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  for (const button of modal.querySelectorAll("[data-close]")) button.addEventListener("click", close);
  modal.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    for (const error of modal.querySelectorAll(".error")) error.textContent = "";
    submitted = Date.now();
    const done = await act("submit", { view_id, values: inputs(modal) });
    if (!done) modal.querySelector("[data-error]").textContent = $("toast").textContent;
    for (const [block, text] of Object.entries(done?.ack?.errors ?? {})) {
      const error = modal.querySelector(`[data-block="${CSS.escape(block)}"] .error`) || modal.querySelector("[data-error]");
      error.textContent = text;
    }
  });
  modal.showModal();
}

// --- start

$("menu").addEventListener("click", () => {
  const open = document.body.classList.toggle("menu-open");
  $("menu").setAttribute("aria-expanded", String(open));
});
$("invite")?.addEventListener("click", async () => { if (await act("join", { by: "" })) location.reload(); });
localTimes(document);
if ($("scroll")) $("scroll").scrollTop = $("scroll").scrollHeight;
showStart($("thread-scroll"));
if (here.tab === "home" || (!here.channelName && here.tab === "messages")) act("home", { tab: here.tab });
openWindow();
listen();
