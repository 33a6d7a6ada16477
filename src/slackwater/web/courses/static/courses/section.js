// Saves a page of questions while it is filled in, and shows a question only once it comes up. Without this
// script every question is on the page, and the button keeps them.
const form = document.querySelector("form[data-autosave]");
const says = form?.querySelector("[data-part=saved]");
let waiting = 0;
let sent = new AbortController();

function comesUp(card) {
  const [name, wanted] = card.dataset.when.split("=");
  const fields = [...form.elements].filter((field) => field.name === name);
  const chosen = fields.find((field) => field.checked) ?? fields.find((field) => field.type !== "radio");
  return !fields.length || chosen?.value === wanted;
}

function showWhatComesUp() {
  for (const card of form.querySelectorAll("[data-when]")) card.hidden = !comesUp(card);
}

async function save() {
  sent.abort();
  sent = new AbortController();
  const body = new FormData(form);
  body.set("autosave", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: sent.signal });
    says.textContent = answer.ok && !answer.redirected ? await answer.text() : "Not saved yet. The button below says what is missing.";
  } catch (error) {
    if (error.name !== "AbortError") says.textContent = "Not saved: there is no connection. What you wrote stays on this page.";
  }
}

if (form) {
  showWhatComesUp();
  form.addEventListener("change", () => {
    showWhatComesUp();
    clearTimeout(waiting);
    waiting = setTimeout(save, 700);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sent.abort();
  });
}
