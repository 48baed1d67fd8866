// Times in the visitor's own zone: a switch for the clocks of a page, and lines that always show the own time.
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
const forum = document.body.dataset.zone;

const clockIn = (zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
const dayIn = (zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone });
const city = mine?.split("/").pop().replaceAll("_", " ");

function dayShift(date) {
  const days = (Date.parse(dayIn(mine).format(date)) - Date.parse(dayIn(forum).format(date))) / 864e5;
  return days > 0 ? `+${days}` : days < 0 ? `−${-days}` : "";
}

function show(choice) {
  for (const time of document.querySelectorAll("time[data-clock]")) {
    time.dataset.forum ??= time.textContent;
    const date = new Date(time.dateTime);
    time.textContent = choice === "mine" ? clockIn(mine).format(date) : time.dataset.forum;
    const shift = choice === "mine" ? dayShift(date) : "";
    if (shift) time.insertAdjacentHTML("beforeend", `<sup>${shift}</sup>`);
  }
  for (const button of document.querySelectorAll("[data-zone-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === choice));
  }
}

function remember(choice) {
  try {
    localStorage.setItem("zone", choice);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

function half(value, html) {
  const button = document.createElement("button");
  button.type = "button";
  button.value = value;
  button.append(...html);
  button.addEventListener("click", () => {
    show(value);
    remember(value);
  });
  return button;
}

function build(group) {
  const label = document.createElement("b");
  label.textContent = group.dataset.mine;
  const forumHalf = half("forum", group.firstElementChild.childNodes);
  group.replaceChildren(forumHalf, half("mine", [label, ` ${city}`]));
}

for (const line of document.querySelectorAll("[data-own-time]")) {
  for (const time of line.querySelectorAll("time")) time.textContent = clockIn(mine).format(new Date(time.dateTime));
  const words = line.querySelector("span");
  if (words) words.textContent = (line.dataset.words || "%s").replace("%s", city);
}

if (mine && forum && mine !== forum) {
  document.querySelectorAll("[data-zone-switch]").forEach(build);
  let kept = null;
  try {
    kept = localStorage.getItem("zone");
  } catch {
    kept = null;
  }
  show(kept === "mine" ? "mine" : "forum");
}
