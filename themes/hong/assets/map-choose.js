// The map, part 8: choosing. A click on a dot opens its card, one on a cluster goes nearer until it parts;
// points that nothing parts fan out round their place.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const view = map.view;
  const SEAT = 44;
  let tip = null;
  let fan = null;
  let fanAtRest = null;
  map.selected = -1;

  // ---- The fan: ring k has 6k seats at 44·k pixels, the first at the top, clockwise.
  function seats(count) {
    const places = [];
    for (let ring = 1; places.length < count; ring++) {
      const inRing = Math.min(6 * ring, count - places.length);
      for (let i = 0; i < inRing; i++) {
        const angle = i * Math.PI * 2 / (6 * ring);
        places.push([SEAT * ring * Math.sin(angle), -SEAT * ring * Math.cos(angle)]);
      }
    }
    return places;
  }

  // Six names find room round one ring; more are read in the card.
  function fanLabel(place, lines) {
    const isSide = Math.abs(place[0]) > 10;
    const x = isSide ? place[0] + Math.sign(place[0]) * 13 : 0;
    const first = isSide ? place[1] + 4.5 - (lines.length - 1) * 8.5 : place[1] < 0 ? place[1] - 14 - (lines.length - 1) * 17 : place[1] + 24;
    const text = map.draw("text", { class: "sheet-label", "text-anchor": isSide ? (place[0] > 0 ? "start" : "end") : "middle" });
    lines.forEach(function (line, i) { text.appendChild(map.draw("tspan", { x: x, y: first + i * 17 }, line)); });
    return text;
  }

  /** Fans out points that share one place. */
  map.openFan = function (node, points) {
    map.closeFan();
    const at = map.toDrawn(data.nodes.x[node], data.nodes.y[node]);
    const places = seats(points.length);
    const rings = Math.round(Math.hypot(places[places.length - 1][0], places[places.length - 1][1]) / SEAT);
    const group = map.draw("g", { class: "map-fan", transform: "translate(" + at[0].toFixed(1) + " " + at[1].toFixed(1) + ")" });
    group.appendChild(map.draw("circle", { class: "map-fan-ground", r: rings * SEAT + 24 }));
    places.forEach(function (place) {
      group.appendChild(map.draw("line", { x1: 0, y1: 0, x2: place[0].toFixed(1), y2: place[1].toFixed(1) }));
    });
    group.appendChild(map.draw("circle", { class: "map-fan-middle", r: 3 }));
    points.forEach(function (index, i) {
      const point = data.point(index);
      const link = map.draw("a", {
        class: "sheet-point" + (index === map.selected ? " sheet-current" : ""),
        href: map.root + point.path, "data-point": point.slug, "aria-label": point.title,
      });
      link.hongtuItem = { node: node, count: 1, point: index, radius: 8, seat: places[i], sign: points.length <= 6 ? "label" : "" };
      link.appendChild(map.draw("circle", { class: "sheet-target", cx: places[i][0], cy: places[i][1], r: 21 }));
      link.appendChild(map.draw("circle", { class: "sheet-dot", cx: places[i][0], cy: places[i][1], r: 8 }));
      if (points.length <= 6) link.appendChild(fanLabel(places[i], point.lines));
      group.appendChild(link);
    });
    map.layers.top.appendChild(group);
    fan = { node: node, points: points, group: group, level: map.drawn.level };
    view.port.classList.add("map-fanned");
    if (points.length > 6 && map.selected < 0) map.card.showGroup(points);
  };
  map.closeFan = function () {
    if (!fan) return false;
    if (fan.group.parentNode) fan.group.parentNode.removeChild(fan.group);
    fan = null;
    view.port.classList.remove("map-fanned");
    return true;
  };

  function boxOf(points) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    points.forEach(function (index) {
      const place = data.placeOf(index);
      if (!place) return;
      box[0] = Math.min(box[0], place[0]);
      box[1] = Math.min(box[1], place[1]);
      box[2] = Math.max(box[2], place[0]);
      box[3] = Math.max(box[3], place[1]);
    });
    return box[0] === Infinity ? null : box;
  }
  map.boxOf = boxOf;

  /** Shows these points, all at once. */
  map.fitPoints = function (points) {
    const box = boxOf(points);
    if (!box) return;
    const metres = map.projection.metresPerPixel((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    // One place alone is shown with its surroundings, about two metres a pixel.
    const most = metres ? Math.floor(2 * Math.log2(metres / 2)) : 4;
    view.go(view.fitting(box, Math.max(most, view.fitted)), 300);
  };

  /** Opens a cluster: goes to where it parts, or fans it out. */
  map.openCluster = function (item) {
    const nodes = data.nodes;
    const points = data.passing(nodes.start[item.node], nodes.count[item.node]);
    const leaves = data.leaf[points[0]];
    const isOnePlace = leaves >= 0 && points.every(function (index) { return data.leaf[index] === leaves; });
    if (isOnePlace || nodes.to[item.node] >= data.sheet.greatest) {
      const point = data.point(points[0]);
      if (point) map.openFan(item.node, points);
      return;
    }
    const parts = nodes.to[item.node] + 1;
    const box = boxOf(points);
    if (!box) {
      view.go(view.around(item.baseX, item.baseY, parts), 300);
      return;
    }
    // Near enough to tell them apart, and no nearer: what surrounds them keeps its sense.
    const across = Math.max(box[2] - box[0], box[3] - box[1], 1e-9);
    const apart = Math.ceil(2 * Math.log2(160 / across));
    const fitted = view.fitting(box);
    const zoom = Math.max(parts, Math.min(fitted.zoom, Math.max(parts + 3, apart)));
    const middle = view.around((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, Math.min(zoom, data.sheet.greatest));
    view.go(middle, 300);
  };

  // ---- The chosen point.

  /** Moves the map so that a point is seen: as a dot of its own, and not under the card. */
  function reveal(index, from) {
    const place = data.placeOf(index);
    const leaf = data.leaf[index];
    if (!place || leaf < 0) {
      // In the list only: the map stays as it is, without the mark of what was chosen before.
      if (map.drawn.level !== null) map.redraw(map.drawn.level);
      return;
    }
    const isShared = data.nodes.count[leaf] > 1;
    const shown = map.drawn.order.filter(function (item) { return item.count === 1 && item.point === index; })[0];
    const level = Math.round(view.zoom);
    const zoom = shown ? level : Math.max(level, data.nodes.from[leaf]);
    const covered = view.covered();
    const at = view.toScreen(shown ? shown.baseX : place[0], shown ? shown.baseY : place[1]);
    const isSeen = at[0] > covered.left + 30 && at[0] < view.width - covered.right - 60
      && at[1] > covered.top + 30 && at[1] < view.height - covered.bottom - 30;
    if (zoom === level && isSeen) {
      map.redraw(level);
    } else {
      const isFar = from !== "map" && !isSeen;
      view.go(view.around(shown ? shown.baseX : place[0], shown ? shown.baseY : place[1], zoom), isFar ? 350 : 250);
    }
    if (!isShared || shown) return;
    fanAtRest = { index: index, leaf: leaf };
    if (!view.moving) fanChosen();
  }

  // The chosen point shares its place: when the map has come to rest there, its fan opens.
  function fanChosen() {
    const wanted = fanAtRest;
    fanAtRest = null;
    if (!wanted || map.selected !== wanted.index || data.nodes.from[wanted.leaf] > map.drawn.level) return;
    const points = data.passing(data.nodes.start[wanted.leaf], data.nodes.count[wanted.leaf]);
    if (points.length > 1) map.openFan(wanted.leaf, points);
  }

  /** Chooses a point (-1: none). `from` is "map", "list", "card" or "link" (the address: no new entry in the history). */
  map.select = function (index, from) {
    if (index === map.selected && index < 0) {
      map.card.close(from);
      return;
    }
    map.selected = index;
    if (index < 0) {
      map.card.close(from);
      if (map.drawn.level !== null) map.redraw(map.drawn.level);
    } else {
      map.card.show(index, from);
      reveal(index, from);
    }
    hideTip();
    map.tell("selected", { index: index, from: from });
    if (from !== "link") map.remember(true);
  };

  // ---- The tip beside a dot: of what a cluster is made, or the name that found no room.
  function showTip(item) {
    const isRead = item.count === 1 && item.sign;
    if (isRead || view.moving) return;
    const name = map.nameOf(item);
    const parts = name.split("：");
    tip.textContent = "";
    tip.appendChild(map.make("b", {}, parts[0]));
    if (item.count === 1) {
      const point = data.point(item.point);
      if (point) tip.appendChild(map.make("span", {}, point.category));
    } else if (parts[1]) {
      tip.appendChild(map.make("span", {}, parts[1]));
    }
    const seat = item.seat || [0, 0];
    const at = view.toScreen(
      item.seat ? data.nodes.x[item.node] : item.baseX,
      item.seat ? data.nodes.y[item.node] : item.baseY
    );
    tip.hidden = false;
    const half = tip.offsetWidth / 2 + 6;
    const left = (at[0] + seat[0]) * view.factor;
    const top = (at[1] + seat[1]) * view.factor;
    const room = item.radius * view.factor + 8;
    tip.style.left = Math.max(half, Math.min(view.port.clientWidth - half, left)) + "px";
    tip.style.top = (top - room - tip.offsetHeight > 4 ? top - room - tip.offsetHeight : top + room) + "px";
  }
  function hideTip() {
    if (tip) tip.hidden = true;
  }

  // Older browsers know no :focus-visible; there the tip comes with every focus.
  function isShownFocus(element) {
    try {
      return element.matches(":focus-visible");
    } catch (error) {
      return true;
    }
  }

  function dotOf(event) {
    const element = event.target.closest && event.target.closest(".sheet-point");
    return element && element.hongtuItem ? element.hongtuItem : null;
  }
  function activate(item) {
    if (item.count === 1) map.select(item.point, "map");
    else map.openCluster(item);
  }

  map.openChoosing = function (ground) {
    const port = view.port;
    tip = map.make("div", { class: "map-tip", hidden: true, "aria-hidden": "true" });
    ground.appendChild(tip);
    let leaving = 0;
    port.addEventListener("click", function (event) {
      const item = dotOf(event);
      if (item) {
        if (event.ctrlKey || event.metaKey || event.shiftKey || (item.count === 1 && !data.point(item.point))) return;
        event.preventDefault();
        hideTip();
        activate(item);
        return;
      }
      // A click on the ground puts away what is open, unless a second one makes it a double click.
      clearTimeout(leaving);
      leaving = setTimeout(function () {
        if (!map.closeFan() && map.selected >= 0) map.select(-1, "map");
        else if (!map.card.element.hidden && map.selected < 0) map.card.close("map");
      }, 330);
    });
    map.on("ground-again", function () { clearTimeout(leaving); });
    port.addEventListener("keydown", function (event) {
      const item = dotOf(event);
      if (!item || item.count === 1 || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      activate(item);
      // The cluster is gone when it has parted: the map keeps the focus.
      port.focus({ preventScroll: true });
    });
    port.addEventListener("pointerover", function (event) {
      const item = event.pointerType === "mouse" && dotOf(event);
      if (item) showTip(item); else hideTip();
    });
    port.addEventListener("pointerleave", hideTip);
    port.addEventListener("focusin", function (event) {
      const item = dotOf(event);
      if (item && isShownFocus(event.target)) showTip(item); else hideTip();
    });
    port.addEventListener("focusout", hideTip);
    map.on("moved", function () { if (view.moving) hideTip(); });
    map.on("drawn", function (isNewLevel) {
      if (!fan) return;
      if (isNewLevel) {
        map.closeFan();
        return;
      }
      const at = map.toDrawn(data.nodes.x[fan.node], data.nodes.y[fan.node]);
      fan.group.setAttribute("transform", "translate(" + at[0].toFixed(1) + " " + at[1].toFixed(1) + ")");
    });
    map.on("filtered", map.closeFan);
    map.on("settled", fanChosen);
  };
})();
