// Times in the zone of the forum, in the visitor's own, or in another one: a switch, remembered in this browser.
const forum = document.body.dataset.zone;
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone || forum;
const switches = [...document.querySelectorAll("[data-zone-switch]")];
const { mode, shifts = "" } = switches[0]?.dataset ?? {};
const shiftWords = shifts.split("|");

const formats = {};
const format = (zone, locale, options) =>
  (formats[[zone, locale, ...Object.values(options)]] ??= new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
const clock = (date, zone) => format(zone, "en-GB", { hour: "2-digit", minute: "2-digit" }).format(date);
const day = (date, zone) => format(zone, "en-CA", {}).format(date);
const offset = (date, zone) => {
  const found = format(zone, "en-US", { timeZoneName: "shortOffset" }).formatToParts(date);
  return found.find((one) => one.type === "timeZoneName").value.replace(/\+0$/, ""); // "GMT", as the server says
};

const named = (date, zone, options) =>
  format(zone, document.documentElement.lang === "en" ? "en-GB" : "zh-CN", { day: "numeric", ...options }).format(date);

function city(zone) {
  const known = switches[0]?.querySelector(`option[value="${zone}"]`);
  return known?.textContent ?? zone.split("/").pop().replaceAll("_", " ");
}

// What stands in the pattern of a moment, as forum_site/lib/moments.py prints it.
const parts = {
  day: (date, zone) => named(date, zone, { month: "long", year: "numeric" }),
  short: (date, zone) => named(date, zone, { month: "short" }).replace("Jun", "June").replace("Jul", "July"),
  clock,
  city: (date, zone) => city(zone),
  zone: offset,
};

// From when to when the zone is named: the times of the page, else noon of the first and the last day.
const span = (times = document.querySelectorAll("time[data-clock]")) =>
  (times.length ? [times[0], times[times.length - 1]].map((time) => time.dateTime) : document.body.dataset.days.split(" ")).map(
    (at) => new Date(at),
  );

// A programme is grouped by the days of the conference; a time that leaves its day in this zone says so.
function shiftOf(time, date, zone) {
  const own = time.closest("[data-day]")?.dataset.day ?? day(date, forum);
  const days = Math.round((Date.parse(day(date, zone)) - Date.parse(own)) / 864e5);
  return days > 0 ? shiftWords[days - 1] : days < 0 ? shiftWords[1 - days] : "";
}

function mark(time, words) {
  let small = time.nextElementSibling?.matches(".shift") ? time.nextElementSibling : null;
  if (!words) return small?.remove();
  if (!small) {
    small = document.createElement("small");
    small.className = "shift";
    time.after(" ", small);
  }
  small.textContent = words;
}

function rewrite(zone) {
  const times = [...document.querySelectorAll("time[data-clock]")];
  const words = times.map((time) => {
    const date = new Date(time.dateTime);
    let text = clock(date, zone);
    if (time.dataset.clock) text = text.replace(":00", ""); // the hours of a chart
    if (time.textContent !== text) time.textContent = text;
    return shiftOf(time, date, zone);
  });
  times.forEach((time, index) => {
    const isFirstOfTwo = times[index + 1]?.parentNode === time.parentNode && words[index + 1] === words[index];
    mark(time, isFirstOfTwo ? "" : words[index]);
  });
  const offsets = [...new Set(span(times).map((date) => offset(date, zone)))].join("/");
  for (const line of document.querySelectorAll("[data-zone-line], [data-zone-label], [data-moment]")) {
    const { zoneLine, zoneLabel, moment } = line.dataset;
    const text = (name) => (name === "zone" && !moment ? offsets : parts[name](new Date(line.dateTime), zone));
    line.dataset.forum ??= line.textContent;
    line.textContent =
      zone === forum
        ? line.dataset.forum
        : (zoneLine ?? zoneLabel ?? moment).replace(/{(\w+)}/g, (_, name) => text(name));
  }
}

// At an event that is held in both ways, the own time stands small under the time of the forum.
function beside(zone) {
  for (const place of document.querySelectorAll("[data-beside]")) {
    const time = place.querySelector("time[data-clock]");
    place.querySelector(".beside")?.remove();
    if (!time || zone === mine || mode !== "mixed") continue;
    const line = document.createElement("span");
    const date = new Date(time.dateTime);
    line.className = "beside";
    line.textContent = `${place.dataset.beside}${city(mine)} ${clock(date, mine)} ${shiftOf(time, date, mine)}`;
    place.append(line);
  }
}

const kept = () => {
  try {
    return localStorage.getItem("zone");
  } catch {
    return null; // Storage may be forbidden; the choice then lasts for this page.
  }
};

let choice = kept() ?? (mode === "online" ? "mine" : "forum");
let isRewritten = false;
const zoneOf = (value) => (value === "mine" ? mine : value === "forum" ? forum : value);

function show() {
  let zone = zoneOf(choice);
  try {
    clock(new Date(), zone);
  } catch {
    zone = forum; // a name that this browser does not know
  }
  if (zone === forum) choice = "forum";
  document.body.dataset.shownZone = zone;
  if (zone !== forum || isRewritten) rewrite(zone);
  isRewritten = zone !== forum;
  if (mine !== forum) beside(zone);
  for (const group of switches) {
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(zoneOf(button.value) === zone));
    }
    const select = group.querySelector("select");
    const isOther = zone !== forum && zone !== mine;
    if (isOther) offer(select, [zone]);
    select.value = isOther ? zone : "";
    select.classList.toggle("is-chosen", Boolean(select.value));
    group.firstElementChild.classList.toggle("is-off", zone !== forum);
  }
  document.dispatchEvent(new Event("zone:shown"));
}

function choose(value) {
  choice = value;
  try {
    localStorage.setItem("zone", value);
  } catch {
    // see above
  }
  show();
}

function half(span, value, extra = "") {
  const button = document.createElement("button");
  button.type = "button";
  button.value = value;
  button.append(...span.childNodes, extra);
  button.addEventListener("click", () => choose(value));
  span.replaceWith(button);
}

// The list holds the usual zones; all others come when it is opened, a remembered one at once.
function offer(select, names) {
  const known = new Set([...select.options].map((option) => option.value));
  const group = document.createElement("optgroup");
  group.label = select.dataset.all;
  for (const name of names) if (!known.has(name)) group.append(new Option(name.replaceAll("_", " "), name));
  if (group.firstChild) select.append(group);
}

function build(group) {
  const [first, second] = group.querySelectorAll("[data-half]");
  const select = group.querySelector("select");
  select.addEventListener("focus", () => offer(select, Intl.supportedValuesOf?.("timeZone") ?? []), { once: true });
  select.addEventListener("change", () => choose(select.value || "forum"));
  if (mine === forum) return second.remove();
  const label = document.createElement("b");
  label.textContent = group.dataset.mine;
  second.replaceChildren(label);
  half(first, "forum");
  half(second, "mine", ` ${city(mine)} ${offset(span()[0], mine)}`);
}

for (const line of document.querySelectorAll("[data-own-time]")) {
  for (const time of line.querySelectorAll("time")) time.textContent = clock(new Date(time.dateTime), mine);
  const words = line.querySelector("span");
  if (words) words.textContent = (line.dataset.words || "%s").replace("%s", city(mine));
}

if (forum && switches.length) {
  switches.forEach(build);
  show();
  document.addEventListener("parts:shown", show);
}
document.documentElement.classList.add("is-zoned");
