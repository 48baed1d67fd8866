// What runs now is asked for again each minute while somebody looks, a little later for each, so that not all come at
// once. Only what has changed is replaced, and the focus stays where it was.
const part = document.querySelector("[data-live]");
let shown = "";

async function look() {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  if (!fresh || fresh.innerHTML === shown) return;
  shown = fresh.innerHTML;
  const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
  part.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new Event("parts:shown"));
  if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

const again = () => document.hidden || look().catch(() => {}); // without network it tries again the next minute
setInterval(again, 60_000 + Math.random() * 5_000);
document.addEventListener("visibilitychange", again);
