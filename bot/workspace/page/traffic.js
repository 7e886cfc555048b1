// What goes over the wire, for whoever wants to see it.
"use strict";

const traffic = {
  last: 0,
  timer: null,
  soon() { if (!$("traffic").hidden && !this.timer) this.timer = setTimeout(() => { this.timer = null; this.load(); }, 150); },
  async load() {
    const box = $("traffic-list");
    const answer = await fetch(`/local/traffic?after=${this.last}`).then((got) => got.json()).catch(() => ({ traffic: [] }));
    const follow = nearEnd(box);
    for (const entry of answer.traffic) box.append(this.line(entry));
    if (answer.traffic.length) this.last = answer.traffic.at(-1).n;
    if (follow) box.scrollTop = box.scrollHeight;
  },
  line(entry) {
    const { n, at, kind, ...rest } = entry;
    const details = document.createElement("details");
    details.className = `entry kind-${kind}`;
    const summary = document.createElement("summary");
    const event = entry.payload?.event;
    const what = entry.method || (event ? [event.type, event.subtype].filter(Boolean).join(" · ") : entry.payload?.type || entry.payload?.command) || entry.type || entry.what || "";
    const state = entry.answer?.ok === false ? ` ${entry.answer.error}` : entry.retry_attempt ? ` attempt ${entry.retry_attempt + 1}` : "";
    const arrow = { call: "→", envelope: "←", ack: "✓", link: "⚯" }[kind] || "";
    summary.textContent = `${new Date(at * 1000).toLocaleTimeString()} ${arrow} ${kind} ${what}${state}`;
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.children.length > 1) return;
      details.append(Object.assign(document.createElement("pre"), { textContent: JSON.stringify(rest, null, 2) }));
    });
    return details;
  },
};
function toggleTraffic() {
  const box = $("traffic");
  box.hidden = !box.hidden;
  $("traffic-toggle").setAttribute("aria-expanded", String(!box.hidden));
  if (!box.hidden) traffic.load();
}
$("traffic-toggle").addEventListener("click", toggleTraffic);
$("traffic-close").addEventListener("click", toggleTraffic);
$("traffic-clear").addEventListener("click", async () => { await act("traffic/clear", {}); $("traffic-list").replaceChildren(); });
