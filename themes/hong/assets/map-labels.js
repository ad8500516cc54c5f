// The map, part 6: names beside the dots. The build has placed them for every level, so mostly there is
// nothing to do. When a filter has taken dots away or shrunk clusters, their names are placed here by the
// same rules: important ones first, never over another name or dot.
"use strict";
(function () {
  const map = window.hongtuMap;
  const LETTER = 13;
  const LINE = 17;
  const CELL = 96;

  /** The width of a line: a Han character is one em wide, any other .55. */
  function widthOf(line) {
    let width = 0;
    for (let i = 0; i < line.length; i++) width += line.charCodeAt(i) > 0x2e7f ? LETTER : LETTER * 0.55;
    return width;
  }

  // Boxes by cells, so that each new one is compared with its neighbours only.
  function Boxes() { this.cells = new Map(); }
  Boxes.prototype.each = function (box, act) {
    for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i++) {
      for (let j = Math.floor(box[1] / CELL); j <= Math.floor(box[3] / CELL); j++) {
        if (act(i + "," + j)) return true;
      }
    }
    return false;
  };
  Boxes.prototype.add = function (box) {
    const cells = this.cells;
    this.each(box, function (key) {
      const list = cells.get(key);
      if (list) list.push(box); else cells.set(key, [box]);
      return false;
    });
  };
  Boxes.prototype.isFree = function (box) {
    const cells = this.cells;
    return !this.each(box, function (key) {
      return (cells.get(key) || []).some(function (other) {
        return other[0] < box[2] && other[2] > box[0] && other[1] < box[3] && other[3] > box[1];
      });
    });
  };

  function boxOf(item, label, lines) {
    const width = Math.max.apply(null, lines.map(widthOf));
    const left = item.x + label[3] - [0, width / 2, width][label[5]];
    const top = item.y + label[4] - 12;
    return [left - 2, top, left + width + 2, top + LINE * lines.length];
  }

  // At the right, the left, above, below; where the build had it comes first.
  function candidates(item, lines) {
    const side = item.radius + 6;
    const rise = (lines.length - 1) * LINE;
    const own = item.label ? [item.label] : [];
    return own.concat([
      [0, 0, 0, side, 4.5 - rise / 2, 0, lines.length],
      [0, 0, 0, -side, 4.5 - rise / 2, 2, lines.length],
      [0, 0, 0, 0, -side - 1 - rise, 1, lines.length],
      [0, 0, 0, 0, side + 11, 1, lines.length],
    ]);
  }

  function importance(item) {
    if (item.count > 1) return -item.count;
    const point = map.data.point(item.point);
    return point ? point.rank + 1 : Infinity;
  }

  function dotsOf(items) {
    const boxes = new Boxes();
    items.forEach(function (item) {
      const room = item.radius + 2;
      boxes.add([item.x - room, item.y - room, item.x + room, item.y + room]);
    });
    return boxes;
  }

  function placeAll(items, setLabel) {
    const boxes = dotsOf(items);
    const ranked = items.map(function (item) { return { item: item, rank: importance(item) }; });
    ranked.sort(function (a, b) { return a.rank - b.rank || a.item.node - b.item.node; });
    ranked.forEach(function (one) {
      const item = one.item;
      const lines = map.linesOf(item);
      const label = lines && candidates(item, lines).filter(function (candidate) {
        return boxes.isFree(boxOf(item, candidate, lines));
      })[0];
      if (label) boxes.add(boxOf(item, label, lines));
      setLabel(item, label, lines);
    });
  }

  // The chosen point always has its name; what it would cover yields.
  function placeChosen(items, setLabel) {
    const chosen = items.filter(function (item) { return item.count === 1 && item.point === map.selected; })[0];
    const lines = chosen && map.linesOf(chosen);
    if (!chosen || !lines || chosen.label) return null;
    const dots = dotsOf(items);
    const able = candidates(chosen, lines);
    const label = able.filter(function (one) { return dots.isFree(boxOf(chosen, one, lines)); })[0] || able[0];
    setLabel(chosen, label, lines);
    return { item: chosen, box: boxOf(chosen, label, lines) };
  }

  /** How far the names of a box of the base sheet reach out of it at a level, in pixels. */
  map.reachOfNames = function (box, level) {
    const nodes = map.data.nodes;
    const scale = map.view.scale(level);
    const width = (box[2] - box[0]) * scale;
    const reach = { left: 0, right: 0 };
    nodes.labels.forEach(function (labels, node) {
      if (!labels || nodes.from[node] > level || nodes.to[node] < level) return;
      const x = nodes.x[node];
      const y = nodes.y[node];
      if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return;
      const label = labels.filter(function (one) { return one[1] <= level && level <= one[2]; })[0];
      const count = nodes.count[node];
      const lines = label && map.linesOf({ node: node, count: count, point: count === 1 ? nodes.start[node] : -1 });
      if (!lines) return;
      const place = boxOf({ x: (x - box[0]) * scale, y: 0 }, label, lines);
      reach.left = Math.max(reach.left, -place[0]);
      reach.right = Math.max(reach.right, place[2] - width);
    });
    return reach;
  };

  /** Gives each dot its label by `setLabel(item, label, lines)`. */
  map.chooseLabels = function (items, setLabel) {
    if (map.data.passes) {
      placeAll(items, setLabel);
      return;
    }
    const chosen = placeChosen(items, setLabel);
    items.forEach(function (item) {
      if (chosen && item === chosen.item) return;
      let lines = item.label && map.linesOf(item);
      if (lines && chosen) {
        const box = boxOf(item, item.label, lines);
        const over = chosen.box;
        if (box[0] < over[2] && box[2] > over[0] && box[1] < over[3] && box[3] > over[1]) lines = null;
      }
      setLabel(item, item.label, lines);
    });
  };
})();
