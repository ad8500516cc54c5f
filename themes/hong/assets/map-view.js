// The map, part 3: where one looks, and how that moves.
// A place is given in pixels of the base sheet; a level z has the scale 2^(z/2). At rest the view is at a
// whole level, for which the build has placed the names. While something moves, the picture that was drawn
// last is shifted and scaled as a whole (cheap, on the graphics card), and drawn anew when the reader comes
// near its margin or to another level.
"use strict";
(function () {
  const map = window.hongtuMap;
  const view = map.view = {
    x: 0, y: 0, zoom: 0, width: 0, height: 0, margin: 0,
    least: 0, greatest: 0, fitted: 0,
    moving: false,
    /** How much larger the reader's type is than usual: the letters of the map grow with it. All sizes here
     *  are in the map's own pixels; only what meets the page is multiplied. */
    factor: 1,
    /** Where a movement will come to rest; null when nobody can know. */
    goal: null,
  };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let motion = null;
  let frame = 0;
  let resting = 0;

  view.scale = function (zoom) {
    return Math.pow(2, (zoom === undefined ? view.zoom : zoom) / 2);
  };

  /** Whether the reader asked for no movement. */
  view.isStill = function () { return still.matches; };

  /** Where a place of the base sheet is now, in pixels from the port's corner. */
  view.toScreen = function (x, y) {
    const scale = view.scale();
    return [(x - view.x) * scale + view.width / 2, (y - view.y) * scale + view.height / 2];
  };
  view.toSheet = function (screenX, screenY) {
    const scale = view.scale();
    return [(screenX - view.width / 2) / scale + view.x, (screenY - view.height / 2) / scale + view.y];
  };

  /** What of the port is covered, on each side: by the card, and on a phone by the buttons. */
  view.covered = function () {
    const covered = { left: 0, right: view.width < 640 ? 52 : 0, top: 0, bottom: 0 };
    const card = map.card && map.card.element;
    if (!card || card.hidden) return covered;
    const port = view.port.getBoundingClientRect();
    const over = card.getBoundingClientRect();
    if (over.width > port.width * 0.8) {
      covered.bottom = Math.max(0, Math.min(port.height * 0.6, port.bottom - over.top)) / view.factor;
    } else if (over.left < port.left + port.width / 2) {
      covered.left = Math.max(0, over.right - port.left) / view.factor;
    }
    return covered;
  };

  /** The view that shows a box of the base sheet with room around it: the nearest whole level. */
  view.fitting = function (box, most) {
    const covered = view.covered();
    const room = view.width < 640 ? 44 : 84;
    const width = Math.max(80, view.width - covered.left - covered.right - room);
    const height = Math.max(80, view.height - covered.top - covered.bottom - 72);
    const scale = Math.min(width / Math.max(box[2] - box[0], 1e-6), height / Math.max(box[3] - box[1], 1e-6));
    let zoom = Math.floor(2 * Math.log2(scale) + 0.15);
    zoom = Math.max(view.least, Math.min(zoom, most === undefined ? view.greatest : most));
    const step = view.scale(zoom);
    // Names that reach out at one side have the room that the other side can spare.
    const spare = (width + room / 2 - (box[2] - box[0]) * step) / 2;
    const reach = map.reachOfNames(box, zoom);
    const lean = bounded(-spare, spare, (reach.right - reach.left) / 2);
    return {
      x: (box[0] + box[2]) / 2 + (lean - (covered.left - covered.right) / 2) / step,
      y: (box[1] + box[3]) / 2 - (covered.top - covered.bottom) / 2 / step,
      zoom: zoom,
    };
  };

  /** The view with a place in the middle of what no card covers. */
  view.around = function (x, y, zoom) {
    const covered = view.covered();
    const scale = view.scale(zoom);
    return {
      x: x - (covered.left - covered.right) / 2 / scale,
      y: y - (covered.top - covered.bottom) / 2 / scale,
      zoom: zoom,
    };
  };

  function bounded(low, high, value) { return Math.max(low, Math.min(high, value)); }

  function keepInside() {
    const box = view.bounds;
    const scale = view.scale();
    // The edge of what there is may come to the middle of the port, and no farther.
    const covered = view.covered();
    const slackX = (covered.left + covered.right) / 2 / scale;
    const slackY = (covered.top + covered.bottom) / 2 / scale;
    view.zoom = bounded(view.least, view.greatest, view.zoom);
    view.x = bounded(box[0] - slackX, box[2] + slackX, view.x);
    view.y = bounded(box[1] - slackY, box[3] + slackY, view.y);
  }

  /** Brings the picture to where the view is. */
  function show() {
    keepInside();
    const drawn = map.drawn;
    const scale = view.scale();
    const left = (drawn.x - view.x) * scale;
    const top = (drawn.y - view.y) * scale;
    const growth = view.zoom - drawn.level;
    const room = drawn.margin * 0.85;
    // Scaled by more than about a third the letters would look coarse.
    const isOff = Math.abs(growth) > 0.9;
    if (drawn.level === null || isOff || Math.abs(left) > room || Math.abs(top) > room) {
      map.redraw(isOff || drawn.level === null ? Math.round(view.zoom) : drawn.level);
      place((drawn.x - view.x) * scale, (drawn.y - view.y) * scale);
    } else {
      place(left, top);
    }
  }
  function place(left, top) {
    const growth = view.zoom - map.drawn.level;
    view.svg.style.transform = Math.abs(left) < 0.01 && Math.abs(top) < 0.01 && growth === 0
      ? "none"
      : "translate(" + left * view.factor + "px," + top * view.factor + "px) scale(" + view.scale(growth) + ")";
    map.tell("moved");
  }

  /** At rest: drawn exactly, at a whole level. */
  function rest() {
    view.moving = false;
    view.goal = null;
    view.port.classList.remove("map-moving");
    view.zoom = Math.round(view.zoom);
    keepInside();
    map.redraw(view.zoom);
    place(0, 0);
    map.tell("settled");
  }

  function begin() {
    view.moving = true;
    view.goal = null;
    view.port.classList.add("map-moving");
    clearTimeout(resting);
  }

  function run(now) {
    frame = 0;
    if (!motion) return;
    const goesOn = motion(now);
    if (goesOn) {
      show();
      frame = requestAnimationFrame(run);
    }
  }
  function start(next) {
    begin();
    motion = next;
    if (!frame) frame = requestAnimationFrame(run);
  }

  /** Stops what moves, where it is. */
  view.hold = function () {
    motion = null;
    begin();
  };

  /** Moves the view at once, without coming to rest (a finger is still on it). */
  view.set = function (x, y, zoom) {
    motion = null;
    begin();
    view.x = x;
    view.y = y;
    view.zoom = zoom;
    if (!frame) frame = requestAnimationFrame(function () { frame = 0; show(); });
  };

  /** Goes to a view. Panning and zooming together are one scaling about the one place that stays. */
  view.go = function (to, milliseconds) {
    const from = { x: view.x, y: view.y, zoom: view.zoom };
    const target = { x: to.x, y: to.y, zoom: bounded(view.least, view.greatest, to.zoom) };
    const first = view.scale(from.zoom);
    const last = view.scale(target.zoom);
    const far = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) * Math.min(first, last);
    const time = milliseconds === undefined ? 200 : milliseconds;
    if (still.matches || time === 0 || far > 2.5 * Math.max(view.width, view.height)) {
      motion = null;
      begin();
      view.x = target.x;
      view.y = target.y;
      view.zoom = target.zoom;
      rest();
      return;
    }
    const scales = Math.abs(last / first - 1) > 1e-6;
    const fixedX = scales ? (to.x * last - from.x * first) / (last - first) : 0;
    const fixedY = scales ? (to.y * last - from.y * first) / (last - first) : 0;
    let began = 0;
    start(function (now) {
      began = began || now;
      const part = Math.min(1, (now - began) / time);
      const eased = 1 - Math.pow(1 - part, 3);
      if (part >= 1) {
        view.x = target.x;
        view.y = target.y;
        view.zoom = target.zoom;
        motion = null;
        rest();
        return false;
      }
      view.zoom = from.zoom + (target.zoom - from.zoom) * eased;
      if (scales) {
        const shrink = first / view.scale();
        view.x = fixedX + (from.x - fixedX) * shrink;
        view.y = fixedY + (from.y - fixedY) * shrink;
      } else {
        view.x = from.x + (target.x - from.x) * eased;
        view.y = from.y + (target.y - from.y) * eased;
      }
      return true;
    });
    view.goal = target;
  };

  /** The view at another zoom in which the place under a pixel of the port stays there. */
  view.about = function (screenX, screenY, zoom) {
    const next = bounded(view.least, view.greatest, zoom);
    const under = view.toSheet(screenX, screenY);
    const scale = view.scale(next);
    return {
      x: under[0] - (screenX - view.width / 2) / scale,
      y: under[1] - (screenY - view.height / 2) / scale,
      zoom: next,
    };
  };

  /** Zooms by whole levels about a pixel of the port (its middle when none is given). */
  view.zoomBy = function (levels, screenX, screenY) {
    const atX = screenX === undefined ? view.width / 2 : screenX;
    const atY = screenY === undefined ? view.height / 2 : screenY;
    // Quick clicks add up, also while the map is still on its way.
    view.go(view.about(atX, atY, Math.round((view.goal || view).zoom) + levels));
  };

  view.panBy = function (right, down, milliseconds) {
    const from = view.goal || view;
    const zoom = Math.round(from.zoom);
    const scale = view.scale(zoom);
    view.go({ x: from.x + right / scale, y: from.y + down / scale, zoom: zoom }, milliseconds);
  };

  /** Comes to rest at the nearest level, a little further the way one was going (-1, 0, 1). */
  view.settle = function (direction, screenX, screenY) {
    const zoom = Math.round(view.zoom + (direction || 0) * 0.3);
    const atX = screenX === undefined ? view.width / 2 : screenX;
    const atY = screenY === undefined ? view.height / 2 : screenY;
    if (Math.abs(view.zoom - zoom) < 0.001) {
      motion = null;
      view.zoom = zoom;
      rest();
    } else {
      view.go(view.about(atX, atY, zoom));
    }
  };
  view.settleSoon = function (direction, screenX, screenY, milliseconds) {
    clearTimeout(resting);
    resting = setTimeout(function () { view.settle(direction, screenX, screenY); }, milliseconds);
  };

  /** Lets go with a speed (pixels a millisecond): the map glides on and slows down. */
  view.glide = function (speedX, speedY) {
    const speed = Math.sqrt(speedX * speedX + speedY * speedY);
    if (still.matches || speed < 0.15) {
      view.settle(0);
      return;
    }
    const slowing = 280;
    let last = 0;
    // No throw is faster than three pixels a millisecond: the eye would lose the place.
    let left = Math.min(1, 3 / speed);
    start(function (now) {
      const passed = last ? Math.min(50, now - last) : 16;
      last = now;
      const before = left;
      left *= Math.exp(-passed / slowing);
      const scale = view.scale();
      view.x -= speedX * slowing * (before - left) / scale;
      view.y -= speedY * slowing * (before - left) / scale;
      if (left * speed < 0.05) {
        motion = null;
        view.settle(0);
        return false;
      }
      return true;
    });
  };

  /** Follows a wheel: nears a zoom that may change while it does so. */
  view.follow = function (goal) {
    start(function () {
      const wanted = bounded(view.least, view.greatest, goal.zoom);
      const step = still.matches ? 1 : 0.35;
      const next = Math.abs(wanted - view.zoom) < 0.01 ? wanted : view.zoom + (wanted - view.zoom) * step;
      const to = view.about(goal.x, goal.y, next);
      view.x = to.x;
      view.y = to.y;
      view.zoom = to.zoom;
      return true;
    });
  };

  /** Takes the size of the port; the middle stays in the middle. */
  view.resize = function () {
    view.factor = Math.max(1, Math.min(2, parseFloat(getComputedStyle(document.documentElement).fontSize) / 16));
    view.width = Math.max(1, view.port.clientWidth / view.factor);
    view.height = Math.max(1, view.port.clientHeight / view.factor);
    view.margin = Math.round(bounded(120, 300, Math.min(view.width, view.height) * 0.4));
    const width = view.width + 2 * view.margin;
    const height = view.height + 2 * view.margin;
    view.svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    view.svg.setAttribute("width", width * view.factor);
    view.svg.setAttribute("height", height * view.factor);
    view.svg.style.left = -view.margin * view.factor + "px";
    view.svg.style.top = -view.margin * view.factor + "px";
    view.least = map.data.sheet.least;
    view.fitted = view.fitting(view.bounds).zoom;
    view.least = Math.max(view.least, view.fitted - 1);
  };
  view.rest = function () {
    motion = null;
    rest();
  };
})();
