// The map, part 1: its data. Every part of the map's script hangs on the one global `hongtuMap`.
// The data come as classic scripts, because a page opened from a disk may not fetch: each file calls
// `hongtuMap.receive(name, content)` once, and is asked for only when something needs it.
//
// The points stand in tree order: those of a node (a dot or a cluster at some levels) follow one another,
// so a node is a first point and a number, and a filter is one prefix sum over all points.
"use strict";
(function () {
  const map = window.hongtuMap = {};

  // ---- What the parts tell one another: "points" (more points are known), "drawn", "settled", "filtered",
  // "selected", "route".
  const listeners = {};
  map.on = function (event, act) {
    (listeners[event] = listeners[event] || []).push(act);
  };
  map.tell = function (event, value) {
    (listeners[event] || []).forEach(function (act) { act(value); });
  };

  /** An element with attributes and children; a child is an element or a text. `on…` attributes are listeners. */
  map.make = function (name, attributes, children) {
    const element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      const value = attributes[key];
      if (value === null || value === undefined || value === false) return;
      if (typeof value === "function") element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : String(value));
    });
    [].concat(children || []).forEach(function (child) {
      if (child === null || child === undefined || child === "") return;
      element.appendChild(typeof child === "object" ? child : document.createTextNode(String(child)));
    });
    return element;
  };

  /** The same for SVG. */
  map.draw = function (name, attributes, text) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // ---- Files.
  const asked = {};
  map.root = "";

  /** Called by the data files. */
  map.receive = function (name, content) {
    const file = asked[name] || (asked[name] = { waiting: [] });
    file.content = content;
    const waiting = file.waiting;
    file.waiting = [];
    waiting.forEach(function (one) { one.done(content); });
  };

  /** Loads a file once; later calls get what came. */
  map.load = function (name, done, failed) {
    let file = asked[name];
    if (file && file.content) {
      done(file.content);
      return;
    }
    if (file) {
      file.waiting.push({ done: done, failed: failed });
      return;
    }
    file = asked[name] = { waiting: [{ done: done, failed: failed }] };
    const script = document.createElement("script");
    script.src = map.root + name;
    script.onerror = function () {
      delete asked[name];
      document.head.removeChild(script);
      file.waiting.forEach(function (one) { if (one.failed) one.failed(); });
    };
    document.head.appendChild(script);
  };

  // ---- Nodes: columns that grow as pieces arrive. A node's number is its place in them.
  const nodes = { start: [], count: [], x: [], y: [], from: [], to: [], group: [], labels: [] };
  const data = map.data = {
    sheet: null,
    /** The box of all points in pixels of the base sheet: left, top, right, bottom; null without points. */
    extent: null,
    total: 0,
    nodes: nodes,
    pieces: [],
    /** For each point the node that shows it alone (or the one that can't be parted); -1 while unknown. */
    leaf: null,
    /** For each point 1 when the filters let it pass; null without filters. */
    passes: null,
  };
  let passed = null;
  const bySlug = new Map();

  /** Places in the data are whole numbers, so many to a pixel of the base sheet. */
  const PARTS = 10000;

  function pixels(place) { return place / PARTS; }

  function takeNodes(columns, base) {
    const first = nodes.start.length;
    const greatest = data.sheet.greatest;
    for (let i = 0; i < columns.start.length; i++) {
      const start = columns.start[i] + base;
      const count = columns.count[i];
      nodes.start.push(start);
      nodes.count.push(count);
      nodes.x.push(pixels(columns.x[i]));
      nodes.y.push(pixels(columns.y[i]));
      nodes.from.push(columns.from[i]);
      nodes.to.push(columns.to[i]);
      nodes.group.push(columns.group[i]);
      nodes.labels.push(null);
      if (count === 1 || columns.to[i] >= greatest) {
        for (let k = start; k < start + count; k++) data.leaf[k] = first + i;
      }
    }
    columns.labels.forEach(function (label) {
      const node = first + label[0];
      (nodes.labels[node] = nodes.labels[node] || []).push(label);
    });
  }

  /** Reads the sheet; `done` when a first view can be drawn. */
  data.open = function (name, root, done, failed) {
    map.root = root;
    map.load(name, function (sheet) {
      data.sheet = sheet;
      data.extent = sheet.extent && sheet.extent.map(pixels);
      data.total = sheet.total;
      data.leaf = new Int32Array(sheet.total).fill(-1);
      data.pieces = sheet.pieces.map(function () { return null; });
      takeNodes(sheet.nodes, 0);
      done();
    }, failed);
  };

  function takePiece(number, piece) {
    data.pieces[number] = piece;
    takeNodes(piece.nodes, piece.start);
    piece.slug.forEach(function (slug, i) { bySlug.set(slug, piece.start + i); });
    map.tell("points", number);
  }

  /** Loads one piece of points. */
  data.needPiece = function (number, done, failed) {
    if (data.pieces[number]) {
      done();
      return;
    }
    map.load(data.sheet.pieces[number].file, function (piece) {
      if (!data.pieces[number]) takePiece(number, piece);
      done();
    }, failed);
  };

  /** Whether all points are known. */
  data.complete = function () {
    return data.pieces.indexOf(null) < 0;
  };

  let needing = [];
  /** Loads all pieces, one after another so that the page stays awake between them. */
  data.needAll = function (done, failed) {
    if (data.complete()) {
      done();
      return;
    }
    needing.push({ done: done, failed: failed });
    if (needing.length > 1) return;
    (function next() {
      const missing = data.pieces.indexOf(null);
      if (missing < 0) {
        const waiting = needing;
        needing = [];
        waiting.forEach(function (one) { one.done(); });
        return;
      }
      data.needPiece(missing, function () { setTimeout(next, 0); }, function () {
        const waiting = needing;
        needing = [];
        waiting.forEach(function (one) { if (one.failed) one.failed(); });
      });
    })();
  };

  function pieceOf(index) {
    const pieces = data.sheet.pieces;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pieces[middle].start <= index) low = middle; else high = middle - 1;
    }
    return low;
  }
  data.pieceOf = pieceOf;

  /** The point of a number, or null while its piece is not here. */
  data.point = function (index) {
    const piece = index >= 0 && index < data.total ? data.pieces[pieceOf(index)] : null;
    if (!piece) return null;
    const i = index - piece.start;
    const sheet = data.sheet;
    return {
      index: index,
      slug: piece.slug[i],
      path: piece.path[i],
      title: piece.title[i],
      lines: piece.label[i].split("\n"),
      category: sheet.categories[piece.category[i]] || "",
      tier: sheet.tiers[piece.tier[i]] || "",
      park: sheet.parks[piece.park[i]] || null,
      city: sheet.cities[piece.city[i]] || null,
      tags: piece.tags[i].map(function (tag) { return sheet.tags[tag]; }),
      address: piece.address[i],
      rank: piece.rank[i],
      lng: piece.lng[i],
      lat: piece.lat[i],
    };
  };

  /** The number of the point with this slug among those that are known; -1 if there is none. */
  data.indexOf = function (slug) {
    return bySlug.has(slug) ? bySlug.get(slug) : -1;
  };

  /** Where a point lies on the base sheet; null while unknown, and for those that stand in the list only. */
  data.placeOf = function (index) {
    const node = data.leaf[index];
    if (node >= 0 && nodes.count[node] === 1) return [nodes.x[node], nodes.y[node]];
    const point = data.point(index);
    const own = point && point.lng !== null && map.projection.forward(point.lng, point.lat);
    if (own) return own;
    return node >= 0 ? [nodes.x[node], nodes.y[node]] : null;
  };

  /** What the reader sees first in a card: loaded with 249 others when one is opened. */
  data.details = function (index, done, failed) {
    const files = data.sheet.details;
    const file = files.filter(function (one) { return one.start <= index && index < one.start + one.count; })[0];
    if (!file) {
      done(null);
      return;
    }
    map.load(file.file, function (columns) {
      const i = index - columns.start;
      const details = {};
      Object.keys(columns).forEach(function (key) { if (key !== "start") details[key] = columns[key][i]; });
      done(details);
    }, failed);
  };

  // ---- Filters act as one prefix sum.

  /** Sets which points pass (a Uint8Array; null: all). */
  data.setPasses = function (passes) {
    data.passes = passes;
    passed = null;
    if (!passes) return;
    passed = new Uint32Array(data.total + 1);
    for (let i = 0; i < data.total; i++) passed[i + 1] = passed[i] + passes[i];
  };

  /** How many of `count` points from `start` on pass. */
  data.remaining = function (start, count) {
    return passed ? passed[start + count] - passed[start] : count;
  };

  /** The numbers of the points that pass, of `count` from `start` on. */
  data.passing = function (start, count) {
    const found = [];
    for (let i = start; i < start + count; i++) if (!data.passes || data.passes[i]) found.push(i);
    return found;
  };

  const kindsSeen = [];
  /** Of what: “党群服务中心 4、企业党建示范点 3”, most first; empty while not all of them are known. */
  data.composition = function (start, count) {
    kindsSeen.length = 0;
    for (let at = start; at < start + count;) {
      const number = pieceOf(at);
      const piece = data.pieces[number];
      if (!piece) return "";
      const end = Math.min(start + count, piece.start + piece.slug.length);
      for (; at < end; at++) {
        if (data.passes && !data.passes[at]) continue;
        const category = piece.category[at - piece.start];
        if (category >= 0) kindsSeen[category] = (kindsSeen[category] || 0) + 1;
      }
    }
    return Object.keys(kindsSeen)
      .sort(function (a, b) { return kindsSeen[b] - kindsSeen[a] || a - b; })
      .map(function (category) { return data.sheet.categories[category] + " " + kindsSeen[category]; })
      .join("、");
  };
})();
