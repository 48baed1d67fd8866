// While the forum is running: the mark moves with the clock of this device, talk by talk.
const agenda = document.querySelector("[data-now]");
const words = agenda.dataset.now;
const clock = () => {
  const zone = document.body.dataset.shownZone || document.body.dataset.zone;
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date());
};
const isOn = (element, at) => Date.parse(element.dataset.from) <= at && at < Date.parse(element.dataset.until);

// As on the server: a talk rather than a slot, and what started last.
function marked(at) {
  const running = [...agenda.querySelectorAll(":is(.talk, .slot, .break)[data-from]")].filter((one) => isOn(one, at));
  const rank = (one) => Number(one.matches(".talk")) * 1e15 + Date.parse(one.dataset.from);
  return running.reduce((best, one) => (best && rank(best) >= rank(one) ? best : one), null);
}

function move() {
  const at = Date.now();
  const target = marked(at);
  const tag = agenda.querySelector(".now") ?? document.createElement("span");
  tag.className = "now";
  tag.textContent = words.replace("%s", clock());
  for (const one of agenda.querySelectorAll(".is-now")) if (one !== target) one.classList.remove("is-now");
  if (target) {
    target.classList.add("is-now");
    const place = target.querySelector(":scope > .rail, :scope > .rail-time") ?? target;
    if (tag.parentNode !== place) place[place === target ? "prepend" : "append"](tag);
  } else {
    tag.remove();
  }
  for (const article of agenda.querySelectorAll("article[data-from]")) {
    article.querySelector(".chip-live")?.toggleAttribute("hidden", !isOn(article, at));
  }
}

function tick() {
  move();
  setTimeout(tick, 60_000 - (Date.now() % 60_000) + 50);
}

tick();
document.addEventListener("parts:shown", move);
document.addEventListener("zone:shown", move);
document.addEventListener("visibilitychange", move);
