// The time in the workspace, and moving it ahead: everybody's clock, and with it the bot's.
"use strict";

const DAY = 24 * 3600;
const clock = {
  ahead: Number($("now").dataset.now) - Date.now() / 1000,
  get now() { return Date.now() / 1000 + this.ahead; },
  written() {
    const parts = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
    return new Date(this.now * 1000).toLocaleString("en-GB", parts);
  },
  show() { $("now").textContent = this.written(); },
  async ask() {
    const got = await fetch("/local/clock").then((answer) => answer.json()).catch(() => null);
    if (got) this.ahead = got.now - Date.now() / 1000;
    this.show();
  },
  async move(seconds) {
    if (!(seconds > 0)) return void toast(say.backwards);
    if (!(await act("clock", { advance: seconds }))) return;
    await this.ask();
    toast(say.now.replace("{time}", this.written()));
  },
  async jump(to) {
    await this.ask();
    const monday = (Math.floor((this.now - 9 * 3600 - 4 * DAY) / (7 * DAY)) + 1) * 7 * DAY + 4 * DAY + 9 * 3600;
    await this.move(to === "day" ? DAY : monday - this.now + 1);
  },
};
$("clock").addEventListener("submit", async (event) => {
  event.preventDefault();
  const wanted = new Date(event.target.querySelector("input").value);
  await clock.ask();
  await clock.move(wanted / 1000 - clock.now + 1);
});
clock.show();
// Somebody may move it on another page.
setInterval(() => clock.ask(), 20000);
