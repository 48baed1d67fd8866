// The tab of the day in view is the current one.
const tabs = document.querySelector("[data-part=tabs]");

function mark(id) {
  for (const tab of tabs.children) {
    if (tab.hash === `#${id}`) tab.setAttribute("aria-current", "location");
    else tab.removeAttribute("aria-current");
  }
}

// A day is in view while it crosses a line in the upper half of the window.
const watcher = new IntersectionObserver(
  (entries) => entries.filter((one) => one.isIntersecting).forEach((one) => mark(one.target.id)),
  { rootMargin: "-35% 0px -65%" },
);

function watch() {
  watcher.disconnect();
  document.querySelectorAll(".agenda-day").forEach((day) => watcher.observe(day));
}

watch();
document.addEventListener("parts:shown", watch);
