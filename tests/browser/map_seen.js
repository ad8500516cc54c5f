// What the tests ask of a page with a map. Given to every page before its own scripts, as `seen`.
"use strict";
window.seen = (() => {
  const port = () => document.getElementById("map-scroll");
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const slugsOf = (element) => (element.getAttribute("data-point") || "").split(" ").filter(Boolean);
  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

  /** Resolves with true as soon as the condition holds, with false after 20 seconds. */
  function until(condition) {
    return new Promise((done) => {
      const end = performance.now() + 20000;
      (function look() {
        let holds = false;
        try {
          holds = Boolean(condition());
        } catch (error) {
          // What it asks for is not there yet.
        }
        if (holds || performance.now() > end) done(holds);
        else setTimeout(look, 15);
      })();
    });
  }

  /** Whether the map has been set up, all its points are known, and nothing moves. */
  function isAtRest() {
    const ready = document.querySelector("[data-state=ready]");
    const isDrawn = !document.getElementById("map").getAnimations({ subtree: true }).length;
    return ready && isDrawn && hongtuMap.data.complete() && !port().classList.contains("map-moving") && !hongtuMap.view.moving;
  }

  /** The dots in view: their points, middle and radius, in pixels of the window. */
  function dots() {
    const frame = port().getBoundingClientRect();
    return [...document.querySelectorAll("#map .sheet-point")].map((element) => {
      const box = element.querySelector(".sheet-dot").getBoundingClientRect();
      const [x, y] = middle(box);
      return { slugs: slugsOf(element), x, y, radius: box.width / 2, isCluster: element.classList.contains("map-cluster") };
    }).filter((dot) => dot.x > frame.left && dot.x < frame.right && dot.y > frame.top && dot.y < frame.bottom);
  }

  /** Where to click for a dot that shows these points and is not covered by anything else. */
  function dotOf(isWanted) {
    const found = dots().filter(isWanted).filter((dot) => {
      const top = document.elementFromPoint(dot.x, dot.y);
      return top && top.closest(".sheet-point");
    })[0];
    return found ? [found.x, found.y] : null;
  }

  /** All points that the dots of the whole drawing stand for, sorted. */
  const drawn = () => [...document.querySelectorAll("#map [data-point]")].flatMap(slugsOf).sort();
  /** The points of the list that have a place on the sheet, sorted. */
  const listed = () => [...document.querySelectorAll("#points li[data-point]")]
    .filter((item) => hongtuMap.projection.isPlan || item.hasAttribute("data-lng")).flatMap(slugsOf).sort();
  /** The points of the list that is shown. */
  const shownInList = () => [...document.querySelectorAll("#points li[data-point]")]
    .filter((item) => item.checkVisibility()).flatMap(slugsOf);

  /** Pairs of dots whose middles are too near to be told apart or hit with a finger. */
  function crowdedDots(least) {
    const all = dots();
    return all.flatMap((a, at) => all.slice(at + 1).filter((b) => apart(a, b) < least)
      .map((b) => `${a.slugs[0]} × ${b.slugs[0]}: ${apart(a, b).toFixed(1)} px`));
  }

  /** Names that cover another name or a dot. A line box is taller than its characters: those fill about the type's size. */
  function coveredNames() {
    const labels = [...document.querySelectorAll("#map .sheet-label")].filter((label) => label.textContent).map((label) => {
      const box = label.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(label).fontSize) * hongtuMap.view.factor;
      const lines = Math.max(1, label.querySelectorAll("tspan").length);
      const step = lines > 1 ? (box.height - size) / (lines - 1) : 0;
      const leading = Math.max(0, box.height - size - step * (lines - 1)) / 2 || (box.height / lines - size) / 2;
      return { text: label.textContent, left: box.left, right: box.right, top: box.top + leading, bottom: box.bottom - leading };
    });
    const found = [];
    labels.forEach((a, at) => {
      labels.slice(at + 1).forEach((b) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 1) found.push(`${a.text} × ${b.text}: ${wide.toFixed(1)} by ${high.toFixed(1)}`);
      });
      dots().forEach((dot) => {
        const x = Math.max(a.left, Math.min(a.right, dot.x));
        const y = Math.max(a.top, Math.min(a.bottom, dot.y));
        const deep = dot.radius - Math.hypot(dot.x - x, dot.y - y);
        if (deep > 1) found.push(`${a.text} covers the dot of ${dot.slugs[0]} by ${deep.toFixed(1)}`);
      });
    });
    return { names: labels.map((label) => label.text), found };
  }

  /** What the address says, in words. */
  const address = () => decodeURIComponent(location.hash);
  const status = () => document.getElementById("map-status").textContent;
  /** The level, the middle and the chosen point. */
  function state() {
    const view = hongtuMap.view;
    const point = hongtuMap.data.point(hongtuMap.selected);
    return { zoom: view.zoom, x: view.x, y: view.y, chosen: point && point.slug };
  }
  /** Goes to a level at once, with these points in the middle. */
  function look(level, slugs) {
    const places = slugs.map((slug) => hongtuMap.data.placeOf(hongtuMap.data.indexOf(slug)));
    const mean = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    hongtuMap.view.go({ x: mean(0), y: mean(1), zoom: level }, 0);
  }
  const focused = () => {
    const one = document.activeElement;
    return one.id || one.getAttribute("aria-label") || one.textContent.trim();
  };

  return {
    until, isAtRest, dots, dotOf, drawn, listed, shownInList, crowdedDots, coveredNames, address, status, state, look,
    focused, slugsOf,
  };
})();
