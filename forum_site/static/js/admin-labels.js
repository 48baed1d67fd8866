// Names the search boxes that stand in for selections: by themselves they have no name while nothing is chosen.
function name(scope) {
  scope.querySelectorAll("select.admin-autocomplete").forEach((select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!label || !box) return;
    const words = label.textContent.replace(/[:：]\s*$/, "").trim();
    [box, box.querySelector(".select2-selection__rendered")].forEach((node) => node?.setAttribute("aria-label", words));
  });
}

const nameAll = () => setTimeout(() => name(document));
if (document.readyState === "complete") nameAll();
else window.addEventListener("load", nameAll);
document.addEventListener("formset:added", nameAll);
