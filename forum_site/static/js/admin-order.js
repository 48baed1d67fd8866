// The order of the partners: arrows and dragging move rows before anything is saved. Without this, arrows save at once.
const form = document.querySelector("[data-order]");
const status = form.querySelector("[data-order-status]");
const undo = form.querySelector("[data-order-undo]");
const field = (row) => row.querySelector("input");

const rowsOf = (role) => [...form.querySelectorAll(`[data-order-group="${role}"] [data-order-row]`)];
const roleOf = (row) => row.parentElement.dataset.orderGroup;

function show() {
  const moved = [...form.querySelectorAll("[data-order-row]")].filter((row) => {
    const changed = field(row) && field(row).value !== field(row).defaultValue;
    row.classList.toggle("is-moved", Boolean(changed));
    return changed;
  });
  const words = moved.length === 1 ? status.dataset.one : status.dataset.many;
  status.textContent = moved.length ? words.replace("%s", moved.length) : "";
  undo.hidden = !moved.length;
}

function number(role) {
  rowsOf(role).forEach((row, index) => { field(row).value = index + 1; });
  show();
}

function place(row, target, after) {
  if (!target || target === row || target.parentElement !== row.parentElement) return;
  if ((after ? target.nextElementSibling : target.previousElementSibling) === row) return;
  target[after ? "after" : "before"](row);
  number(roleOf(row));
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-order-move]");
  if (!button) return;
  const row = button.closest("[data-order-row]");
  const up = button.dataset.orderMove === "up";
  const target = up ? row.previousElementSibling : row.nextElementSibling;
  if (target && !target.matches("[data-order-row]")) return event.preventDefault();
  event.preventDefault();
  place(row, target, !up);
  button.focus();
});

form.addEventListener("input", show);

form.addEventListener("pointerdown", (event) => {
  const row = event.target.closest("[data-order-handle]")?.closest("[data-order-row]");
  if (!row) return;
  event.preventDefault();
  row.classList.add("is-dragged");
  const drag = (move) => {
    const target = document.elementFromPoint(move.clientX, move.clientY)?.closest("[data-order-row]");
    const box = target?.getBoundingClientRect();
    if (box) place(row, target, move.clientY > box.top + box.height / 2);
  };
  const end = () => {
    document.removeEventListener("pointermove", drag);
    row.classList.remove("is-dragged");
  };
  document.addEventListener("pointermove", drag);
  ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, end, { once: true }));
});

document.documentElement.classList.add("has-script");
