// Asks before a typed form is thrown away. Nothing is kept in the browser: that would leave a record of the patient there.
for (const form of document.querySelectorAll("form[data-guard]")) {
  const first = new URLSearchParams(new FormData(form)).toString();
  let leaving = form.hasAttribute("data-kept");
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    const now = new URLSearchParams(new FormData(form)).toString();
    if (!leaving && now !== first) event.preventDefault();
  });
}
