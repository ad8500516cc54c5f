// The map, part 4: draws what is in view. Only that is in the document: dots that stay in view keep their
// element (and the focus on it), the others come and go.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const view = map.view;
  // Coordinates in the picture are counted from a place near the view: at the deepest level the sheet is
  // millions of pixels wide, more than the single precision of a drawing has digits for.
  const drawn = map.drawn = { level: null, x: 0, y: 0, margin: 0, originX: 0, originY: 0, items: new Map(), order: [] };
  /** So many dots can be reached by Tab; clusters come first, and the list has all. */
  const TABBABLE = 50;
  /** With more dots than this, names wait until the map is at rest. */
  const BUSY = 80;
  let layers = {};

  map.radiusOf = function (count) {
    return count > 999 ? 20 : count > 99 ? 17 : count > 9 ? 14 : count > 1 ? 12 : 6.5;
  };

  /** Takes the empty SVG, and what the build drew under the points, if anything. */
  map.openDrawing = function (svg, poster) {
    layers.world = map.draw("g", { class: "map-world" });
    const base = poster.querySelector(".sheet-base");
    if (base) {
      layers.base = base.cloneNode(true);
      layers.world.appendChild(layers.base);
    }
    ["graticule", "names", "line", "points", "top"].forEach(function (name) {
      layers[name] = map.draw("g", { class: name === "graticule" || name === "names" ? "sheet-" + name : "map-" + name });
      layers.world.appendChild(layers[name]);
    });
    layers.points.setAttribute("class", "sheet-points");
    layers.names.setAttribute("aria-hidden", "true");
    layers.graticule.setAttribute("aria-hidden", "true");
    svg.appendChild(layers.world);
    map.layers = layers;
  };

  /** From the base sheet to the picture. */
  map.toDrawn = function (x, y) {
    const scale = view.scale(drawn.level);
    return [(x - drawn.originX) * scale, (y - drawn.originY) * scale];
  };

  /** The dots of a level in a box of the base sheet, most important first. */
  function inView(level, box) {
    const nodes = data.nodes;
    const found = [];
    for (let i = 0; i < nodes.start.length; i++) {
      if (nodes.from[i] > level || nodes.to[i] < level) continue;
      const x = nodes.x[i];
      const y = nodes.y[i];
      if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
      const count = data.remaining(nodes.start[i], nodes.count[i]);
      if (count) found.push({ key: i + ":" + count, node: i, count: count, baseX: x, baseY: y });
    }
    return found;
  }

  /** What a dot is called where it is read out or pointed at. */
  map.nameOf = function (item) {
    if (item.count === 1) {
      const point = data.point(item.point);
      return point ? point.title : "1 处（正在读入）";
    }
    const nodes = data.nodes;
    const group = data.sheet.groups[nodes.group[item.node]];
    const parts = data.composition(nodes.start[item.node], nodes.count[item.node]);
    return (group ? group + " " : "") + item.count + " 处" + (parts ? "：" + parts : "");
  };

  /** The lines of a dot's name on the map; null while unknown. */
  map.linesOf = function (item) {
    if (item.count === 1) {
      const point = data.point(item.point);
      return point && point.lines;
    }
    const group = data.sheet.groups[data.nodes.group[item.node]];
    return [(group ? group + " " : "") + item.count + " 处"];
  };

  function complete(item, level) {
    const nodes = data.nodes;
    const start = nodes.start[item.node];
    const whole = nodes.count[item.node];
    item.point = item.count > 1 ? -1 : whole === 1 ? start : data.passing(start, whole)[0];
    item.radius = map.radiusOf(item.count);
    item.isWhole = item.count === whole;
    item.label = null;
    if (item.isWhole && nodes.labels[item.node]) {
      item.label = nodes.labels[item.node].filter(function (one) { return one[1] <= level && level <= one[2]; })[0] || null;
    }
  }

  // A dot that a filter has left alone stands at its own place where that is free.
  function moveSingles(items, scale) {
    items.forEach(function (item) {
      if (item.count > 1 || item.isWhole) return;
      const own = data.placeOf(item.point);
      if (!own) return;
      const near = 44 / scale;
      const isFree = items.every(function (other) {
        return other === item || Math.abs(other.baseX - own[0]) > near || Math.abs(other.baseY - own[1]) > near;
      });
      if (isFree) {
        item.baseX = own[0];
        item.baseY = own[1];
      }
    });
  }

  /** A cluster's name as its title: what is written on it is part of what it is called, and a pointer shows it. */
  function setTitle(element, name) {
    const old = element.querySelector("title");
    if (old) old.textContent = name;
    else element.insertBefore(map.draw("title", {}, name), element.firstChild);
  }

  const SLUGS = 1000;
  function setSlugs(item) {
    const nodes = data.nodes;
    const numbers = item.count === 1 ? [item.point] : item.count <= SLUGS ? data.passing(nodes.start[item.node], nodes.count[item.node]) : [];
    const slugs = numbers.map(function (index) { return data.point(index); });
    if (slugs.length && slugs.indexOf(null) < 0) {
      item.element.setAttribute("data-point", slugs.map(function (point) { return point.slug; }).join(" "));
      item.isNamed = true;
    }
    if (item.count === 1) item.element.setAttribute("aria-label", map.nameOf(item));
    else setTitle(item.element, map.nameOf(item));
    if (item.count === 1 && slugs[0]) item.element.setAttribute("href", map.root + slugs[0].path);
  }

  function makeElement(item) {
    const element = item.count === 1
      ? map.draw("a", { class: "sheet-point", draggable: "false" })
      : map.draw("g", { class: "sheet-point map-cluster", role: "button" });
    element.hongtuItem = item;
    item.element = element;
    element.appendChild(map.draw("circle", { class: "sheet-target", r: 22 }));
    element.appendChild(map.draw("circle", { class: "sheet-dot", r: item.radius }));
    if (item.count > 1) {
      element.appendChild(map.draw("text", { class: "sheet-number", dy: ".36em" }, item.count > 9999 ? Math.round(item.count / 1000) / 10 + "万" : item.count));
    }
    setSlugs(item);
  }

  /** Writes the label that was chosen for a dot, if it changed. */
  function setLabel(item, label, lines) {
    const sign = label && lines ? label.slice(3, 9).join() + lines.join("\n") : "";
    if (item.sign === sign) return;
    item.sign = sign;
    Array.prototype.slice.call(item.element.querySelectorAll(".sheet-label, line")).forEach(function (old) {
      item.element.removeChild(old);
    });
    if (!sign) return;
    const shown = label[6] === 2 && lines.length === 1 && item.count > 1 ? lines[0].split(/ (?=\S+ 处$)/) : lines;
    const text = map.draw("text", {
      class: "sheet-label map-label-" + (label[5] === 1 ? (label[4] < 0 ? "up" : "down") : label[5] ? "left" : "right"), x: label[3], y: label[4], "text-anchor": ["start", "middle", "end"][label[5]],
    });
    shown.forEach(function (line, i) {
      text.appendChild(map.draw("tspan", i ? { x: label[3], dy: 17 } : { x: label[3] }, line));
    });
    if (label[7] || label[8]) {
      const length = Math.sqrt(label[7] * label[7] + label[8] * label[8]);
      const begin = (item.radius + 2) / length;
      item.element.insertBefore(map.draw("line", {
        x1: label[7] * begin, y1: label[8] * begin, x2: label[7], y2: label[8],
      }), item.element.firstChild);
    }
    item.element.appendChild(text);
  }

  // Dots that come out of a cluster start where it was.
  function spring(item, before, scale) {
    if (!item.element.animate || view.isStill()) return;
    const start = data.nodes.start[item.node];
    const parent = before.filter(function (old) { return old.start <= start && start < old.end; })[0];
    if (!parent) return;
    const left = (parent.x - item.baseX) * scale;
    const top = (parent.y - item.baseY) * scale;
    if (left * left + top * top > 90000 || (!left && !top)) return;
    item.element.animate([
      { transform: "translate(" + (item.x + left) + "px," + (item.y + top) + "px)" },
      { transform: "translate(" + item.x + "px," + item.y + "px)" },
    ], { duration: 200, easing: "cubic-bezier(.2,.7,.3,1)" });
  }

  /** Draws the view at a whole level. */
  map.redraw = function (level) {
    const isNewLevel = drawn.level !== level;
    const scale = view.scale(level);
    let before = [];
    if (isNewLevel) {
      before = drawn.order.map(function (item) {
        const start = data.nodes.start[item.node];
        return { start: start, end: start + data.nodes.count[item.node], x: item.baseX, y: item.baseY };
      });
    }
    if (isNewLevel || Math.abs(view.x - drawn.originX) * scale > 50000 || Math.abs(view.y - drawn.originY) * scale > 50000) {
      drawn.originX = view.x;
      drawn.originY = view.y;
      drawn.items.forEach(function (item) { layers.points.removeChild(item.element); });
      drawn.items.clear();
    }
    drawn.level = level;
    drawn.x = view.x;
    drawn.y = view.y;
    // On the way through the levels little more than what is seen is drawn; the rest follows at rest.
    drawn.margin = view.moving && isNewLevel ? Math.round(view.margin * 0.4) : view.margin;
    const halfWidth = (view.width / 2 + drawn.margin) / scale;
    const halfHeight = (view.height / 2 + drawn.margin) / scale;
    const box = [view.x - halfWidth, view.y - halfHeight, view.x + halfWidth, view.y + halfHeight];
    drawn.box = box;
    const found = inView(level, box);
    found.forEach(function (item) { complete(item, level); });
    if (data.passes) moveSingles(found, scale);

    const kept = new Map();
    drawn.order = found.map(function (fresh) {
      const known = drawn.items.get(fresh.key);
      const item = known && known.baseX === fresh.baseX && known.baseY === fresh.baseY && known.point === fresh.point ? known : fresh;
      if (item === fresh) {
        item.x = (item.baseX - drawn.originX) * scale;
        item.y = (item.baseY - drawn.originY) * scale;
        makeElement(item);
        item.element.setAttribute("transform", "translate(" + item.x.toFixed(1) + " " + item.y.toFixed(1) + ")");
        layers.points.appendChild(item.element);
        if (before.length && found.length < BUSY) spring(item, before, scale);
      }
      kept.set(item.key, item);
      return item;
    });
    drawn.items.forEach(function (item, key) {
      if (kept.get(key) !== item) layers.points.removeChild(item.element);
    });
    drawn.items = kept;

    if (!view.moving || !isNewLevel || found.length < BUSY) map.chooseLabels(drawn.order, setLabel);
    markSelected();
    setTabs();
    const left = view.width / 2 + view.margin - (view.x - drawn.originX) * scale;
    const top = view.height / 2 + view.margin - (view.y - drawn.originY) * scale;
    layers.world.setAttribute("transform", "translate(" + left.toFixed(2) + " " + top.toFixed(2) + ")");
    if (layers.base) {
      layers.base.setAttribute("transform", "translate(" + -drawn.originX * scale + " " + -drawn.originY * scale + ") scale(" + scale + ")");
    }
    map.drawGround(level, box);
    map.tell("drawn", isNewLevel);
  };

  // The dot of the chosen point is larger and turned inside out; a cluster that holds it is ringed.
  function markSelected() {
    const chosen = map.selected === undefined ? -1 : map.selected;
    drawn.order.forEach(function (item) {
      const start = data.nodes.start[item.node];
      const isChosen = chosen >= 0 && (item.count === 1 ? item.point === chosen : chosen >= start && chosen < start + data.nodes.count[item.node]);
      const isRoute = map.route.isStop(item);
      const name = "sheet-point" + (item.count > 1 ? " map-cluster" : "") + (isChosen ? " sheet-current" : "") + (isRoute ? " map-stop-here" : "");
      if (item.element.getAttribute("class") !== name) item.element.setAttribute("class", name);
      if (isChosen && layers.points.lastChild !== item.element && document.activeElement !== item.element) layers.points.appendChild(item.element);
    });
  }
  map.markSelected = markSelected;

  function setTabs() {
    let left = TABBABLE;
    const scale = view.scale(drawn.level);
    function give(item) {
      const isSeen = Math.abs(item.baseX - drawn.x) * scale < view.width / 2 && Math.abs(item.baseY - drawn.y) * scale < view.height / 2;
      item.element.setAttribute("tabindex", isSeen && left-- > 0 ? "0" : "-1");
    }
    drawn.order.forEach(function (item) { if (item.count > 1) give(item); });
    drawn.order.forEach(function (item) { if (item.count === 1) give(item); });
  }

  // When more points are known, dots that had no name get one.
  map.on("points", function () {
    if (drawn.level === null) return;
    drawn.items.forEach(function (item) { if (!item.isNamed) setSlugs(item); });
    if (!view.moving) map.redraw(drawn.level);
  });
})();
