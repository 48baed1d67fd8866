// Before the first paint: whether times are about to change, as js/zone.js will find, and which typefaces there are.
// The words come first, the typefaces after the paint. A browser that has them already draws with them from the start.
(() => {
  const root = document.documentElement;
  const files = [...document.querySelectorAll("link[as=font]")];
  const names = files.map((file) => file.href).join();
  const draw = () => root.classList.add("has-fonts");

  try {
    const zone = localStorage.getItem("zone");
    if (zone) root.classList.toggle("own-time", zone !== "forum");
  } catch {
    // Storage may be forbidden; then the form of the event decides.
  }

  function hasThem(now) {
    try {
      if (now) localStorage.setItem("fonts", names);
      return localStorage.getItem("fonts") === names;
    } catch {
      return false;
    }
  }

  if (hasThem()) {
    for (const file of files) file.media = "all";
    draw();
    return;
  }
  new PerformanceObserver(async (list, paint) => {
    paint.disconnect();
    await Promise.allSettled(['420 1em "Forum Serif"', '1em "Forum Sans"'].map((font) => document.fonts.load(font)));
    hasThem(true);
    draw();
  }).observe({ type: "paint", buffered: true });
})();
