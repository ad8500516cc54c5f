// The map, part 7: hands. Drag, wheel, pinch, double click and tap, keys.
//
// The page itself must still scroll on a phone. So at the level where everything fits, a finger moving up
// or down scrolls the page (there is nothing to see farther up or down anyway); once the reader has zoomed
// in, or in full screen, one finger moves the map. Two fingers are always the map's. The map never fills
// the screen's height on a phone, so there is always room beside it to take hold of the page.
"use strict";
(function () {
  const map = window.hongtuMap;
  const view = map.view;
  const pointers = new Map();
  let gesture = null;
  let lastTap = null;
  let wheel = null;
  let pageScrolled = 0;
  let hand = "mouse";

  function at(event) {
    const box = view.port.getBoundingClientRect();
    return [(event.clientX - box.left) / view.factor, (event.clientY - box.top) / view.factor];
  }

  function middle() {
    const all = Array.from(pointers.values());
    const x = all.reduce(function (sum, one) { return sum + one[0]; }, 0) / all.length;
    const y = all.reduce(function (sum, one) { return sum + one[1]; }, 0) / all.length;
    const apart = all.length > 1 ? Math.hypot(all[0][0] - all[1][0], all[0][1] - all[1][1]) : 0;
    return { x: x, y: y, apart: apart };
  }

  function beginGesture() {
    const now = middle();
    gesture = {
      startX: now.x, startY: now.y, apart: now.apart, zoom: view.zoom,
      under: view.toSheet(now.x, now.y),
      moved: gesture ? gesture.moved : false,
      pinched: (gesture && gesture.pinched) || pointers.size > 1,
      trail: [],
    };
  }

  function down(event) {
    hand = event.pointerType;
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if (pointers.size > 1) return;
    pointers.set(event.pointerId, at(event));
    if (view.moving) view.hold();
    beginGesture();
    gesture.caught = view.moving;
  }

  function move(event) {
    if (!pointers.has(event.pointerId)) return;
    pointers.set(event.pointerId, at(event));
    const now = middle();
    if (!gesture.moved) {
      const far = Math.hypot(now.x - gesture.startX, now.y - gesture.startY);
      if (far < (event.pointerType === "mouse" ? 4 : 8) && pointers.size < 2) return;
      gesture.moved = true;
      pointers.forEach(function (place, id) {
        try { view.port.setPointerCapture(id); } catch (error) { /* The finger is gone already. */ }
      });
      // From here on it moves: without the jump of the first pixels.
      gesture.under = view.toSheet(now.x, now.y);
    }
    let zoom = gesture.zoom;
    if (pointers.size > 1 && gesture.apart > 0 && now.apart > 0) zoom += 2 * Math.log2(now.apart / gesture.apart);
    zoom = Math.max(view.least, Math.min(view.greatest, zoom));
    const scale = view.scale(zoom);
    view.set(
      gesture.under[0] - (now.x - view.width / 2) / scale,
      gesture.under[1] - (now.y - view.height / 2) / scale,
      zoom
    );
    gesture.trail.push([event.timeStamp, now.x, now.y]);
    while (gesture.trail.length > 2 && event.timeStamp - gesture.trail[0][0] > 90) gesture.trail.shift();
    if (event.cancelable) event.preventDefault();
  }

  function up(event) {
    if (!pointers.has(event.pointerId)) return;
    const place = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    if (pointers.size) {
      const before = gesture;
      beginGesture();
      gesture.direction = Math.sign(view.zoom - before.zoom);
      gesture.moved = before.moved;
      return;
    }
    const done = gesture;
    gesture = null;
    if (event.type === "pointercancel") {
      view.settle(0);
      return;
    }
    if (!done.moved) {
      if (done.caught) view.settle(0);
      tap(event, place);
      return;
    }
    swallowClick();
    if (done.pinched) {
      view.settle(done.direction, place[0], place[1]);
      return;
    }
    const first = done.trail[0];
    const last = done.trail[done.trail.length - 1];
    const time = first && last ? last[0] - first[0] : 0;
    // A finger that rested before it let go throws nothing.
    const isThrown = time > 10 && event.timeStamp - last[0] < 60;
    view.glide(isThrown ? (last[1] - first[1]) / time : 0, isThrown ? (last[2] - first[2]) / time : 0);
  }

  // The click that a browser sends after a drag opens nothing.
  function swallowClick() {
    function stop(event) {
      event.preventDefault();
      event.stopPropagation();
    }
    view.port.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(function () { view.port.removeEventListener("click", stop, { capture: true }); }, 60);
  }

  function isOnDot(target) {
    return Boolean(target.closest && target.closest(".sheet-point"));
  }

  function tap(event, place) {
    if (event.pointerType === "mouse" || isOnDot(event.target)) return;
    if (lastTap && event.timeStamp - lastTap.time < 320 && Math.hypot(place[0] - lastTap.x, place[1] - lastTap.y) < 30) {
      lastTap = null;
      map.tell("ground-again");
      view.zoomBy(2, place[0], place[1]);
    } else {
      lastTap = { time: event.timeStamp, x: place[0], y: place[1] };
    }
  }

  // A wheel that was scrolling the page goes on doing so when the map comes under the pointer, and one that
  // begins at the smallest level going out scrolls the page, too: the map is no trap.
  function turn(event) {
    const unit = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
    const delta = event.deltaY * unit;
    const isNew = !wheel || event.timeStamp - wheel.time > 250;
    if (isNew) {
      const isLeaving = !event.ctrlKey && !map.isFull() && delta > 0 && view.zoom <= view.least + 0.01;
      wheel = { passes: isLeaving || (!event.ctrlKey && event.timeStamp - pageScrolled < 400), zoom: view.zoom };
    }
    wheel.time = event.timeStamp;
    if (wheel.passes) {
      pageScrolled = event.timeStamp;
      return;
    }
    event.preventDefault();
    if (!delta) return;
    const place = at(event);
    const before = view.zoom;
    if (isNew || !view.moving) wheel.zoom = before;
    wheel.zoom = Math.max(view.least, Math.min(view.greatest, wheel.zoom - delta * (event.ctrlKey ? 0.03 : 0.01)));
    wheel.x = place[0];
    wheel.y = place[1];
    view.follow(wheel);
    view.settleSoon(Math.abs(wheel.zoom - Math.round(wheel.zoom)) < 0.05 ? 0 : -Math.sign(delta), place[0], place[1], 180);
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = event.shiftKey ? 240 : 90;
      view.panBy(arrow[0] * step, arrow[1] * step, event.repeat ? 60 : 160);
    } else if (event.key === "+" || event.key === "=") {
      view.zoomBy(1);
    } else if (event.key === "-" || event.key === "_") {
      view.zoomBy(-1);
    } else if (event.key === "0") {
      map.showAll();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Who has the finger: the page or the map. */
  function share() {
    const isFree = map.isFull() || view.zoom > view.fitted;
    view.port.style.touchAction = isFree ? "none" : "pan-y";
  }

  map.openGestures = function () {
    const port = view.port;
    port.addEventListener("pointerdown", down);
    port.addEventListener("pointermove", move);
    port.addEventListener("pointerup", up);
    port.addEventListener("pointercancel", up);
    port.addEventListener("wheel", turn, { passive: false });
    port.addEventListener("keydown", key);
    port.addEventListener("dragstart", function (event) { event.preventDefault(); });
    port.addEventListener("dblclick", function (event) {
      // Two taps were counted already.
      if (isOnDot(event.target) || hand !== "mouse") return;
      event.preventDefault();
      map.tell("ground-again");
      const place = at(event);
      view.zoomBy(event.shiftKey ? -2 : 2, place[0], place[1]);
    });
    // Focus may make a browser scroll what is cut off; the map moves by its own means.
    port.addEventListener("scroll", function () {
      port.scrollLeft = 0;
      port.scrollTop = 0;
    });
    window.addEventListener("wheel", function (event) {
      if (!port.contains(event.target)) pageScrolled = event.timeStamp;
    }, { passive: true });
    map.on("settled", share);
    map.on("full", share);
  };
})();
