// Where people write: what is typed is never lost, and / lists the commands.
"use strict";

// Kept in this tab by person and place, through a change of person, channel or thread.
const unsent = {
  key: (form) => ["unsent", form.id, here.team, here.as, here.channel, form.dataset.thread].join(" "),
  keep(form) { this.put(this.key(form), form.querySelector("textarea").value); },
  put(key, text) {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  },
  fetch(form) { put(form.querySelector("textarea"), sessionStorage.getItem(this.key(form)) ?? ""); },
};

function put(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

// A sample may come with a picture, which is attached as if one had chosen it.
async function attach(name) {
  const picker = document.querySelector("#composer input[type=file]");
  const files = new DataTransfer();
  if (name) {
    const content = await fetch(`/asset/${name}`).then((answer) => answer.blob());
    files.items.add(new File([content], name, { type: content.type }));
  }
  picker.files = files.files;
  picker.dispatchEvent(new Event("change"));
}

async function trySample(text, picture) {
  const box = $("composer-text");
  const own = box.value.trim() && ![...document.querySelectorAll("[data-sample]")].some((chip) => chip.dataset.sample === box.value);
  if (own && !(await ask(say.replace))) return;
  put(box, text);
  await attach(picture);
  box.focus();
}

// A recorded answer is to a sample as it is. Most of its words, but not all: then it was changed.
function isChangedSample(text) {
  if (!document.querySelector("[data-choice=recorded][aria-pressed=true]")) return false;
  const samples = [...document.querySelectorAll("[data-sample]")].map((chip) => chip.dataset.sample);
  return !samples.includes(text) && samples.some((sample) => {
    const most = Math.min(sample.length, text.length);
    let head = 0, tail = 0;
    while (head < most && sample[head] === text[head]) head += 1;
    while (tail < most - head && sample.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    return head + tail > 0.6 * sample.length;
  });
}

async function inBase64(file) {
  const reader = new FileReader();
  const read = new Promise((resolve, reject) => { reader.onload = resolve; reader.onerror = reject; });
  reader.readAsDataURL(file);
  await read;
  return reader.result.slice(reader.result.indexOf(",") + 1);
}

// The commands that go on from what stands in the box. Tab or Enter completes; a whole command is posted.
function completing(box, list) {
  const lines = [...(list?.querySelectorAll("button") ?? [])];
  let marked = -1;
  const fitting = () => lines.filter((line) => !line.hidden);
  const mark = (index) => {
    marked = index;
    fitting().forEach((line, at) => { line.classList.toggle("on", at === index); line.setAttribute("aria-selected", String(at === index)); });
  };
  const take = (line) => { put(box, line.dataset.command + (line.dataset.more ? " " : "")); box.focus(); };
  for (const line of lines) line.addEventListener("click", () => take(line));
  return {
    show() {
      const typed = box.value.toLowerCase();
      const whole = lines.some((line) => line.dataset.command === typed.trim());
      const bare = lines.some((line) => line.dataset.command.split(" ")[0] === typed.trim());
      for (const line of lines) line.hidden = whole || !typed.startsWith("/") || !line.dataset.command.startsWith(typed);
      if (list) list.hidden = !fitting().length;
      mark(bare ? -1 : 0);
    },
    // Whether the key was meant for the list.
    key(event) {
      const open = list && !list.hidden ? fitting() : [];
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (!open.length || event.shiftKey) return false;
      if (event.key in steps) mark((Math.max(marked, event.key === "ArrowUp" ? 0 : -1) + steps[event.key] + open.length) % open.length);
      else if (event.key === "Tab" || (event.key === "Enter" && marked >= 0)) take(open[Math.max(marked, 0)]);
      else return false;
      return true;
    },
  };
}

for (const form of document.querySelectorAll("form.composer")) {
  const box = form.querySelector("textarea");
  const commands = completing(box, form.querySelector(".commands"));
  const picker = form.querySelector("input[type=file]");
  const unpicked = picker?.previousElementSibling.textContent;
  picker?.addEventListener("change", () => { picker.previousElementSibling.textContent = picker.files[0]?.name ?? unpicked; box.focus(); });
  box.addEventListener("input", () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 260)}px`;
    commands.show();
    if (form.id === "composer") $("changed-sample").hidden = !isChangedSample(box.value.trim());
    unsent.keep(form);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (commands.key(event)) return void event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    const { thread } = form.dataset;
    const file = picker?.files[0];
    if (!text && !file) return void box.focus();
    // A second press finds the box empty, but the picture still there.
    if (form.ariaBusy === "true") return;
    if (file) form.ariaBusy = "true";
    const command = !file && !thread && /^\/[a-z]/i.test(text);
    const key = unsent.key(form);
    put(box, "");
    // Until it has arrived it counts as unsent: the page may be left meanwhile.
    unsent.put(key, text);
    const done = command ? await act("command", { text })
      : file ? await act("share", { text, name: file.name, content: await inBase64(file) })
      : await act("post", { text, thread_ts: thread });
    form.ariaBusy = "false";
    const stayed = unsent.key(form) === key;
    const kept = sessionStorage.getItem(key) ?? "";
    const since = stayed ? box.value : kept === text ? "" : kept;
    const left = done ? since : [text, since].filter(Boolean).join("\n");
    if (stayed && !done) put(box, left);
    unsent.put(key, left);
    if (done && file) { picker.value = ""; picker.dispatchEvent(new Event("change")); }
    // In a direct message each message begins a thread of its own, and the answer comes there.
    if (done?.ts && !thread && !here.channelName) await openThread(done.ts);
    const scrolled = thread ? $("thread-scroll") : $("scroll");
    if (done && scrolled) scrolled.scrollTop = scrolled.scrollHeight;
    box.focus();
  });
  // Somebody may have typed before this script was there.
  if (box.value) unsent.keep(form);
  else unsent.fetch(form);
}
