// Workflow steps: run one as a workflow would, and see how it ended.
"use strict";

const workflow = {
  async refresh() {
    const html = await part("runs").catch(() => null);
    if (html) for (const box of document.querySelectorAll("[data-runs]")) box.innerHTML = html;
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.step) document.getElementById(`step-${button.dataset.step}`).showModal();
  if (button?.dataset.shut !== undefined) button.closest("dialog").close();
});
for (const form of document.querySelectorAll("form[data-run]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const inputs = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
    await act("function", { callback_id: form.dataset.run, inputs });
    form.ariaBusy = "false";
    await workflow.refresh();
  });
}
