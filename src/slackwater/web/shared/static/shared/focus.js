// Puts the keyboard where the news is: at the summary of faults when a form comes back with any.
const news = document.querySelector("[data-focus]");
if (news) news.focus();

// A link of the summary leads to the control itself, also inside a group or a closed disclosure.
for (const link of document.querySelectorAll(".faults a[href^='#']")) {
  link.addEventListener("click", (event) => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.closest("details")?.setAttribute("open", "");
    const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    (control ?? target).focus();
    (control ?? target).scrollIntoView({ block: "center" });
  });
}
