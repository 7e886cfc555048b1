// Parts of the page that the server draws: fetch them anew and swap only what changed.
"use strict";

const $ = (id) => document.getElementById(id);
const here = document.body.dataset;
const say = JSON.parse(here.words);

function query(more = {}) {
  const values = { team: here.team, as: here.as, channel: here.channel, thread: here.thread, tab: here.tab, ...more };
  return new URLSearchParams(values).toString();
}

// Children are matched by id; one whose data-v is unchanged stays as it is, with focus and whatever was typed into it.
function merge(container, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const known = new Map([...container.children].map((child) => [child.id, child]));
  // The names of radio buttons are new each time.
  const drawn = (element) => element.outerHTML.replace(/ name="[^"]*"/, "");
  // What one presses keeps the focus when its words change: "1 reply" becomes "2 replies".
  const does = (element) => Object.keys(element.dataset).length ? element.tagName + JSON.stringify(element.dataset) : "";
  let cursor = container.firstElementChild;
  for (const wanted of [...fresh.content.children]) {
    const old = known.get(wanted.id);
    const same = old && old.dataset.v === wanted.dataset.v;
    const busy = old && old.querySelector("form.editing");
    if (same || busy) {
      if (cursor === old) cursor = old.nextElementSibling;
      else container.insertBefore(old, cursor);
      known.delete(wanted.id);
      continue;
    }
    const focused = old && old.contains(document.activeElement) && document.activeElement;
    container.insertBefore(wanted, cursor);
    if (focused) {
      const all = [...wanted.querySelectorAll("button, a, input, select")];
      const again = all.find((el) => drawn(el) === drawn(focused)) ?? all.find((el) => does(focused) && does(el) === does(focused));
      (again || wanted).focus({ preventScroll: true });
    }
  }
  for (const left of known.values()) left.remove();
}

// A browser sees no click if what was pressed is drawn anew before it is let go: nothing is redrawn while somebody presses.
let released = Promise.resolve();
let release = () => {};
function hold() {
  release();
  released = new Promise((resolve) => { release = resolve; });
}
// The click comes after these events, and does its work first.
const letGo = () => setTimeout(release);
addEventListener("pointerdown", ({ isPrimary, button }) => { if (isPrimary && button === 0) hold(); }, true);
addEventListener("keydown", ({ key, repeat }) => { if (key === " " && !repeat) hold(); }, true);
for (const end of ["pointerup", "pointercancel", "keyup", "dragend", "contextmenu"]) addEventListener(end, letGo, true);
addEventListener("blur", ({ target }) => { if (target === window) letGo(); });

// Null where it came too late: another thread is open by now, or a newer account of the same part was asked for.
async function part(name) {
  const turn = part.turns[name] = (part.turns[name] ?? 0) + 1;
  const { thread } = here;
  const answer = await fetch(`/page/${name}?${query()}`);
  if (!answer.ok) throw new Error(answer.statusText);
  const html = await answer.text();
  await released;
  return turn === part.turns[name] && (name !== "thread" || thread === here.thread) ? html : null;
}
part.turns = {};

const nearEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 120;
const topOf = (child, box) => box.scrollTop + child.getBoundingClientRect().top - box.getBoundingClientRect().top - 8;

// A thread opens at its start. Of a long draft the first lines show, so that the answer shows as well.
const unfolded = new Set();
function foldStart() {
  const start = $("thread").querySelector("article");
  const content = start?.querySelector(".content");
  if (!content || unfolded.has(here.thread) || start.querySelector("form, .unfold")) return;
  if (content.scrollHeight < $("thread-scroll").clientHeight * 0.4) return;
  content.classList.add("folded");
  const more = Object.assign(document.createElement("button"), { type: "button", className: "link unfold", textContent: say.whole });
  more.addEventListener("click", () => {
    unfolded.add(here.thread);
    content.classList.remove("folded");
    more.remove();
    start.focus({ preventScroll: true });
  });
  content.after(more);
}

async function refreshList(name, box) {
  if (!box) return;
  const html = await part(name);
  if (html === null) return;
  const list = $(name);
  const known = new Set([...list.children].map((child) => child.id));
  // A thread that has just opened holds nothing yet, so nobody is at its end: two refreshes may fill it at once.
  const follow = known.size > 0 && nearEnd(box);
  merge(list, html);
  localTimes(box);
  if (name === "thread") foldStart();
  const articles = [...list.querySelectorAll("article")];
  const newest = articles.find((article) => !known.has(article.id)) ?? articles.at(-1);
  // Whoever is at the end stays there, but the head of what came is not pushed out of sight; others are not moved.
  if (follow && newest) box.scrollTop = Math.max(box.scrollTop, Math.min(box.scrollHeight, topOf(newest, box)));
  if (follow || name === "thread") seen(name);
}

// Whoever looks at the end of a channel, or at a thread, has read it.
function seen(name) {
  const thread = name === "thread" ? here.thread : "";
  if (document.visibilityState === "visible" && (name === "messages" || thread)) act("read", { thread }, { quietly: true });
}

// The places on the left with what is unread there; one that has the focus keeps it.
async function refreshPlaces() {
  const html = await part("places");
  if (html === null || html === refreshPlaces.last) return;
  refreshPlaces.last = html;
  const focused = $("places").contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  $("places").innerHTML = html;
  if (focused) $("places").querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    time.textContent = moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    time.title = moment.toLocaleString();
  }
}

function toast(text, href = "", seconds = href ? 20 : 6) {
  const box = $("toast");
  box.textContent = text;
  if (href) box.append(" ", Object.assign(document.createElement("a"), { href, textContent: say.show }));
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, seconds * 1000);
}

// What a person does goes to the control interface. A refusal is told in words; the answer is null then.
async function act(what, body, { quietly = false } = {}) {
  const content = JSON.stringify({ team: here.team, by: here.as, channel: here.channel, ...body });
  try {
    const answer = await fetch(`/local/${what}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: content });
    const result = await answer.json();
    if (result.ok) return result;
    if (!quietly) toast(JSON.parse(here.failures)[result.error] || `${here.failed} (${result.error})`);
  } catch {
    if (!quietly) toast(here.failed);
  }
  return null;
}

// A question with two answers; used for deleting and for buttons that ask before they act.
let answered = () => {};

function ask({ title, text = "", confirm = "Yes", deny = "Cancel" }) {
  const box = $("ask");
  // A browser tells of a closed dialog a little later: until then the last question has its answer, but nobody heard it.
  answered(box.returnValue === "yes");
  $("ask-title").textContent = title;
  $("ask-text").textContent = text;
  $("ask-yes").textContent = confirm;
  $("ask-no").textContent = deny;
  box.returnValue = "no";
  box.showModal();
  return new Promise((resolve) => { answered = resolve; });
}
$("ask").addEventListener("close", ({ target }) => { if (!target.open) answered(target.returnValue === "yes"); });

// What stands in every input of a message, a window or the Home tab, by block and action.
function inputs(root) {
  const values = {};
  for (const input of root.querySelectorAll("[data-input]")) {
    const block = input.closest("[data-block]").dataset.block;
    (values[block] ||= {})[input.dataset.input] = valueOf(input);
  }
  return values;
}

function valueOf(input) {
  const kind = input.dataset.kind;
  // A list that takes one entry at most is a menu.
  if (kind.startsWith("multi_") && input.matches("select")) return input.value ? [input.value] : [];
  const checked = [...input.querySelectorAll("input:checked")].map((box) => box.value);
  if (kind === "checkboxes" || kind.startsWith("multi_")) return checked;
  if (kind === "radio_buttons") return checked[0] || null;
  return input.value || null;
}

function restore(root, values) {
  for (const input of root.querySelectorAll("[data-input]")) {
    const value = values[input.closest("[data-block]").dataset.block]?.[input.dataset.input];
    if (value === undefined) continue;
    const chosen = [value].flat();
    for (const box of input.querySelectorAll("input[type=checkbox], input[type=radio]")) box.checked = chosen.includes(box.value);
    if ("value" in input) input.value = value ?? "";
  }
}
