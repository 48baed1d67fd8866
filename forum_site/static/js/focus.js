// The summary of errors takes focus, so that it is read first. Open menus close on Escape and on a click elsewhere.
document.querySelector("[data-focus]")?.focus();

const menus = document.querySelectorAll(".bar details, .zone");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) {
    const isOutside = !menu.contains(event.target) || event.target.matches(".sheet a");
    if (menu.open && isOutside) menu.open = false;
  }
});
