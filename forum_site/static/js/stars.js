// My agenda without an account: stars, kept in this browser. The server reads them from the address: ?mine=…
const agenda = document.querySelector("[data-agenda]");
const form = document.querySelector("[data-filters]");
const own = form?.querySelector("[data-mine]");
const status = document.querySelector("[data-star-status]");
const key = `stars:${agenda?.dataset.agenda}`;
let stars = new Set();

function read() {
  try {
    stars = new Set((localStorage.getItem(key) ?? "").match(/[0-9a-f]{8}/g));
  } catch {
    // Storage may be forbidden; stars then last for this page.
  }
}

function keep() {
  try {
    localStorage.setItem(key, [...stars].join("-"));
  } catch {
    // see above
  }
}

const link = () => [...stars].sort().join("-");

// On the agenda a box of the form, on a session's page a link, on the personal page what is not kept there yet.
function showCount() {
  for (const place of document.querySelectorAll("label[data-mine], [data-mine-link], [data-kept]")) {
    const isNew = (star) => !(place.dataset.kept ?? "").includes(star);
    const count = [...stars].filter(isNew).length;
    const input = place.querySelector("input");
    if (input) input.value = link();
    else place.search = `?mine=${link()}`;
    if (!place.matches("label")) place.hidden = !count;
    place.querySelector("small").textContent = count;
  }
}

function paint(button) {
  const isOn = stars.has(button.value);
  button.setAttribute("aria-pressed", String(isOn));
  button.firstElementChild.className = `icon icon-star${isOn ? "-full" : ""}`;
}

function toggle(button, title) {
  const isOn = !stars.delete(button.value);
  if (isOn) stars.add(button.value);
  keep();
  paint(button);
  showCount();
  if (status) status.textContent = (isOn ? status.dataset.one : status.dataset.none).replace("%s", title);
}

function bind(button, title) {
  button.addEventListener("click", () => toggle(button, title));
  paint(button);
}

function addStar(article) {
  const title = article.querySelector("h3").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "star";
  button.value = article.dataset.star;
  button.setAttribute("aria-label", agenda.dataset.starLabel.replace("%s", title));
  button.append(document.createElement("span"));
  bind(button, title);
  article.querySelector("h3").after(button);
}

function addStars() {
  for (const button of form?.querySelectorAll("[data-copy]") ?? []) button.hidden = !navigator.clipboard;
  for (const article of agenda.querySelectorAll("[data-star]")) if (!article.querySelector(".star")) addStar(article);
}

// A link may bring the choice of somebody else: then it stands beside the own one, and one of both is shown.
function setUp() {
  const shared = form.querySelector("[data-shared]");
  const box = own.querySelector("input");
  if (shared && shared.querySelector("input").value === link()) {
    shared.remove();
    box.checked = true;
  }
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "mine" || !target.checked) return;
    for (const other of form.querySelectorAll("[name=mine]")) if (other !== target) other.checked = false;
  }, { capture: true });
  form.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(location.href);
    button.querySelector("span:last-child").textContent = button.dataset.copy;
    status.textContent = button.dataset.copy;
  });
}

if (agenda) {
  read();
  if (own) setUp();
  for (const button of agenda.querySelectorAll("[data-starred]")) bind(button, button.dataset.starred);
  showCount();
  addStars();
  document.addEventListener("parts:shown", addStars);
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    read();
    showCount();
    agenda.querySelectorAll("button[aria-pressed]").forEach(paint);
  });
}
