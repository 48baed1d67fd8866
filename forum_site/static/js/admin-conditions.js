// The rows of a condition: only the values that fit are offered, and rows and groups are added as they are needed.
function fit(row) {
  const subject = row.querySelector("[data-condition-subject]").value;
  const test = row.querySelector("[data-condition-test]");
  const value = row.querySelector("[data-condition-value]");
  for (const group of value.querySelectorAll("optgroup")) {
    group.hidden = group.disabled = group.dataset.of !== subject;
  }
  if (value.selectedOptions[0]?.closest("optgroup")?.disabled) value.value = "";
  value.hidden = !subject || ["filled", "empty"].includes(test.value);
  test.hidden = !subject;
}

function addRow(group) {
  const rows = group.querySelectorAll("[data-condition-row]");
  const row = rows[rows.length - 1].cloneNode(true);
  for (const select of row.querySelectorAll("select")) select.selectedIndex = 0;
  rows[rows.length - 1].after(row);
  fit(row);
  return row;
}

function addGroup(editor) {
  const groups = editor.querySelectorAll("[data-condition-group]");
  const group = groups[groups.length - 1].cloneNode(true);
  const name = group.dataset.conditionGroup;
  group.querySelectorAll("[data-condition-row]").forEach((row, index) => index && row.remove());
  for (const select of group.querySelectorAll("select")) {
    select.name = `${name}-${groups.length}-${select.name.split("-").at(-1)}`;
    select.selectedIndex = 0;
  }
  groups[groups.length - 1].after(group);
  editor.querySelector("[data-condition-groups]").value = groups.length + 1;
  fit(group.querySelector("[data-condition-row]"));
  return group;
}

for (const editor of document.querySelectorAll("[data-conditions]")) {
  const mode = editor.querySelector("[data-condition-mode]");
  const body = editor.querySelector("[data-condition-body]");
  const show = () => {
    body.hidden = !["all", "any"].includes(mode.value);
    editor.querySelectorAll("[data-condition-row]").forEach(fit);
  };
  for (const button of editor.querySelectorAll("button")) button.hidden = false;
  editor.addEventListener("change", show);
  editor.addEventListener("click", ({ target }) => {
    const added = target.matches("[data-condition-add]")
      ? addRow(target.closest("[data-condition-group]"))
      : target.matches("[data-condition-add-group]") && addGroup(editor);
    if (added) added.querySelector("select").focus();
  });
  show();
}
