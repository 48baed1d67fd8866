// Shows the questions that apply, as the server decides it: the twin of forum_site/lib/conditions.py, where the grammar
// stands; a test compares both. Without this, all questions are shown, and the server ignores what does not apply.
const invisible = /^[\p{Cc}\p{Cf}\p{Cs}\p{Z}]*$/u;
const number = /^([+-]?)0*([0-9]+)(?:\.([0-9]*?)0*)?$/;
const longestNumber = 40;

const isFilled = (text) => !invisible.test(text);

function plain(words) {
  const text = words.replace(/[\t\n\v\f\r \u00a0\u3000]+/g, " ").replace(/^ | $/g, "");
  const match = text.length <= longestNumber ? number.exec(text) : null;
  if (!match) return text;
  const value = match[3] ? `${match[2]}.${match[3]}` : match[2];
  return match[1] === "-" && value !== "0" ? `-${value}` : value;
}

function answerHolds(condition, answer) {
  const chosen = typeof answer === "string" ? [answer] : answer;
  if ("filled" in condition) return condition.filled === chosen.some(isFilled);
  if ("includes" in condition) return chosen.map(plain).includes(plain(condition.includes));
  return chosen.length === 1 && plain(chosen[0]) === plain(condition.is);
}

export function holds(condition, answers, around) {
  if ("all" in condition) return condition.all.every((part) => holds(part, answers, around));
  if ("any" in condition) return condition.any.some((part) => holds(part, answers, around));
  if ("not" in condition) return !holds(condition.not, answers, around);
  if ("ticket_type" in condition) return condition.ticket_type.includes(around.ticketType);
  if ("language" in condition) return condition.language.includes(around.language);
  return "question" in condition ? answerHolds(condition, answers.get(condition.question) ?? "") : true;
}

// The questions stand in their order; the answer to one that is not asked does not count.
export function askedSlugs(questions, answers, around) {
  const counted = new Map();
  return questions.filter(({ slug, condition }) => {
    const isAsked = holds(condition, counted, around);
    if (isAsked) counted.set(slug, answers.get(slug) ?? "");
    return isAsked;
  }).map(({ slug }) => slug);
}

function answerIn(place) {
  const fields = [...place.querySelectorAll("input, select, textarea")];
  const boxes = fields.filter((field) => field.type === "checkbox");
  const file = fields.find((field) => field.type === "file");
  if (file) return file.value || ("kept" in file.dataset && !boxes.some((box) => box.checked) ? "kept" : "");
  if (boxes.length) return boxes.filter((box) => box.checked).map((box) => box.value);
  return fields.find((field) => field.type !== "radio" || field.checked)?.value ?? "";
}

function show(form, part, places) {
  const chosen = form.querySelector("[name=ticket_type]:checked")?.value ?? "";
  const around = { ticketType: part.dataset.ticketType || chosen, language: part.dataset.language };
  const answers = new Map(places.map((place) => [place.dataset.question, answerIn(place)]));
  const questions = places.map(({ dataset }) => ({
    slug: dataset.question,
    condition: JSON.parse(dataset.condition ?? "{}"),
  }));
  const asked = new Set(askedSlugs(questions, answers, around));
  for (const place of places) place.hidden = !asked.has(place.dataset.question);
  for (const section of part.querySelectorAll("[data-section]")) {
    section.hidden = !section.querySelector("[data-question]:not([hidden])");
  }
}

for (const part of document.querySelectorAll("[data-questions]")) {
  const form = part.closest("form");
  const places = [...part.querySelectorAll("[data-question]")];
  for (const words of part.querySelectorAll("[data-without-script]")) words.remove();
  const update = () => show(form, part, places);
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}
