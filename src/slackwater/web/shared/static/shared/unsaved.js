// Asks before a typed form is thrown away. Nothing is kept in the browser: that would leave a record of the patient there.
for (const form of document.querySelectorAll("form[data-guard]")) {
  const first = new URLSearchParams(new FormData(form)).toString();
  // A form that came back with faults holds what is saved nowhere.
  const cameBack = Boolean(document.getElementById("faults"));
  let leaving = false;
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    const now = new URLSearchParams(new FormData(form)).toString();
    if (!leaving && (cameBack || now !== first)) event.preventDefault();
  });
}
