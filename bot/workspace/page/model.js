// Connecting a language model: the dialog behind the button in the top bar. The key goes into the body of a request to
// this machine and nowhere else; no answer holds it.
"use strict";

const connecting = {
  dialog: $("connecting"),
  get words() { return JSON.parse(this.dialog.dataset.words); },
  listing: 0,
  timer: null,
  async call(what, body) {
    const asked = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
    const answer = await fetch(`/local/model${what}`, asked).then((got) => got.json()).catch(() => null);
    return answer?.ok ? answer : null;
  },
  get typed() {
    return { address: $("model-address").value, key: $("model-key").value, model: $("model-name").value, keep: $("model-keep").checked };
  },
  async open() {
    this.says("");
    $("model-off").hidden = true;
    this.dialog.showModal();
    const state = await this.call("");
    if (!state) return void this.says(this.words.failed, false);
    $("model-off").hidden = !state.connected;
    this.found(state.found);
    if (!$("model-address").value && state.connected) [$("model-address").value, $("model-name").value] = [state.address, state.model];
    else if (!$("model-address").value && state.found.length) await this.take(state.found[0]);
  },
  found(servers) {
    const box = $("model-found");
    box.hidden = !servers.length;
    box.querySelector(".row").replaceChildren(...servers.map((server) => this.chip(server.address, () => this.take(server))));
  },
  async take(server) {
    $("model-address").value = server.address;
    this.show(server.models);
  },
  chip(text, use) {
    const chip = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: text });
    chip.addEventListener("click", use);
    return chip;
  },
  // What the address lists, once nobody types any more. An answer that comes after a later question is dropped.
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.list(), 500);
  },
  async list() {
    const number = ++this.listing;
    const { address, key } = this.typed;
    if (!address.trim()) return;
    const answer = await this.call("/list", { address, key });
    if (!answer || number !== this.listing) return;
    this.show(answer.models, answer.says);
  },
  show(names, says = "") {
    $("model-hint").textContent = says || this.words.listed.replace("{number}", names.length);
    const pick = (name) => { $("model-name").value = name; this.mark(); };
    $("model-names").replaceChildren(...names.slice(0, 24).map((name) => this.chip(name, () => pick(name))));
    if (names.length && !names.includes($("model-name").value)) pick(names[0]);
    this.mark();
  },
  mark() {
    for (const chip of $("model-names").children) {
      const on = chip.textContent === $("model-name").value;
      chip.classList.toggle("on", on);
      chip.setAttribute("aria-pressed", String(on));
    }
  },
  says(text, good = null) {
    const box = $("model-outcome");
    box.hidden = !text;
    box.textContent = text;
    box.className = `alert${good === null ? "" : good ? " success" : " error"}`;
  },
  busy(on) {
    this.dialog.ariaBusy = String(on);
    for (const id of ["model-try", "model-off"]) $(id).disabled = on;
  },
  async run(what, body, waiting) {
    if (this.dialog.ariaBusy === "true") return;
    this.busy(true);
    this.says(waiting);
    const answer = await this.call(what, body);
    this.busy(false);
    this.says(answer?.says ?? this.words.failed, Boolean(answer?.done));
    // Told once: the list below the model's name may have come to the same.
    if ($("model-hint").textContent === answer?.says) $("model-hint").textContent = "";
    if (!answer?.done) return;
    $("model-key").value = "";
    $("model-off").hidden = what === "/off";
    later("model");
  },
};

if (connecting.dialog) {
  const { dialog } = connecting;
  document.addEventListener("click", (event) => { if (event.target.closest("[data-connect]")) connecting.open(); });
  for (const shut of dialog.querySelectorAll("[data-shut]")) shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { $("model-key").value = ""; });
  for (const id of ["model-address", "model-key"]) $(id).addEventListener("input", () => connecting.soon());
  $("model-name").addEventListener("input", () => connecting.mark());
  $("model-off").addEventListener("click", () => connecting.run("/off", {}, ""));
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    connecting.run("/connect", connecting.typed, connecting.words.trying);
  });
}
