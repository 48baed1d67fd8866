// Filters at once: the form's own address is fetched, and what the server has set replaces what is on the page.
const form = document.querySelector("[data-filters]");
const zones = form?.querySelector("select[data-own-zone]");
let running = null;
let waiting = 0;

function address() {
  const filled = [...new FormData(form)].filter(([name, value]) => value || name === "mine");
  const query = new URLSearchParams(filled).toString();
  return form.action + (query && `?${query}`);
}

function replaceParts(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (other) part.replaceChildren(...other.childNodes);
  }
  for (const link of document.querySelectorAll(".languages a")) {
    link.search = location.search;
  }
  document.dispatchEvent(new Event("parts:shown"));
}

async function update() {
  clearTimeout(waiting);
  running?.abort();
  running = new AbortController();
  const url = address();
  try {
    const answer = await fetch(url, { signal: running.signal });
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    history.replaceState(null, "", url);
    replaceParts(text);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

function offerOwnZone() {
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!mine) return;
  const known = [...zones.options].find((option) => option.value === mine);
  const option = known ?? new Option(mine.split("/").pop().replaceAll("_", " "), mine);
  option.text = `${zones.dataset.ownZone} (${option.text})`;
  if (!option.selected) zones.options[0].after(option);
}

if (form) {
  if (zones) offerOwnZone();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  form.addEventListener("change", (event) => event.target.type !== "search" && update());
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(waiting);
    waiting = setTimeout(update, 250);
  });
}
