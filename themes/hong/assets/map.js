// The map, last part: puts the page together, and keeps what it shows in the address.
// Without this script the page is complete: a drawing whose dots are links, and the list.
"use strict";
(function () {
  const map = window.hongtuMap;
  const tools = document.getElementById("map-tools");
  const scroller = document.getElementById("map-scroll");
  const poster = document.getElementById("map");
  const pageList = document.getElementById("points");
  const name = tools && tools.getAttribute("data-sheet");
  if (!scroller || !poster) return;

  // Where the drawing is wider than its box, begin where most points are.
  function scrollToPoints() {
    if (scroller.scrollWidth <= scroller.clientWidth) return;
    const left = scroller.getBoundingClientRect().left;
    const places = Array.prototype.map.call(poster.querySelectorAll(".sheet-dot"), function (dot) {
      const box = dot.getBoundingClientRect();
      return box.left + box.width / 2 - left + scroller.scrollLeft;
    }).sort(function (a, b) { return a - b; });
    if (places.length) scroller.scrollLeft = places[places.length >> 1] - scroller.clientWidth / 2;
  }
  scrollToPoints();
  // The line of the sheets begins where this one is.
  const current = document.querySelector(".atlas-sheets [aria-current]");
  const line = current && current.closest(".atlas-sheets");
  if (line) line.scrollLeft = current.offsetLeft - line.offsetLeft - (line.clientWidth - current.offsetWidth) / 2;
  if (!name || !window.Map || !window.Uint32Array) return;

  const make = map.make;
  const view = map.view;
  const stage = tools.closest("figure");
  const atlas = stage.parentNode;
  let ground = null;
  let side = null;
  let tabs = null;
  let full = "no";
  let writing = 0;
  let written = null;
  // What the address says is not all on the page yet.
  let isReading = false;
  // The whole sheet as it was first shown; null when the reader or the address wanted something else.
  let opening = null;
  map.tab = "list";

  // ---- Tabs beside the map: the list, the routes.
  map.showTab = function (tab) {
    const before = map.tab;
    map.tab = tab;
    tabs.list.setAttribute("aria-selected", String(tab === "list"));
    tabs.route.setAttribute("aria-selected", String(tab === "route"));
    tabs.list.tabIndex = tab === "list" ? 0 : -1;
    tabs.route.tabIndex = tab === "route" ? 0 : -1;
    tabs.listPanel.hidden = tab !== "list";
    tabs.routePanel.hidden = tab !== "route";
    if (before !== tab) map.tell("tab", tab);
  };

  function openSide() {
    function tab(key, words, panel) {
      return make("button", {
        type: "button", role: "tab", id: "map-tab-" + key, "aria-controls": panel,
        onclick: function () {
          map.showTab(key);
          map.remember(true);
        },
      }, words);
    }
    tabs = { list: tab("list", "名单", "map-panel-list"), route: tab("route", "我的路线", "map-panel-route") };
    tabs.listPanel = make("div", { class: "map-panel map-panel-list", id: "map-panel-list", role: "tabpanel", "aria-labelledby": "map-tab-list" });
    tabs.routePanel = make("div", { class: "map-panel map-panel-route", id: "map-panel-route", role: "tabpanel", "aria-labelledby": "map-tab-route", hidden: true }, [map.openRoute()]);
    const row = make("div", { class: "map-tabs", role: "tablist", "aria-label": "名单和路线" }, [tabs.list, tabs.route]);
    row.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      map.showTab(map.tab === "list" ? "route" : "list");
      tabs[map.tab].focus();
    });
    side = make("div", { class: "map-side" }, [row, tabs.listPanel, tabs.routePanel]);
    atlas.insertBefore(side, pageList);
    tabs.listPanel.appendChild(pageList);
    map.on("route", function () {
      tabs.route.textContent = map.route.stops.length ? "我的路线 " + map.route.stops.length : "我的路线";
    });
    map.showTab("list");
  }

  // ---- Full screen, and where the browser has none, the whole window.
  map.isFull = function () { return full !== "no"; };
  function leaveFull() {
    if (full === "screen") (document.exitFullscreen || document.webkitExitFullscreen).call(document);
    setFull("no");
  }
  function setFull(how) {
    full = how;
    stage.classList.toggle("map-full", how !== "no");
    stage.classList.toggle("map-window", how === "window");
    document.documentElement.classList.toggle("map-window-on", how === "window");
    const button = document.getElementById("map-full");
    button.textContent = how === "no" ? "全屏" : "退出";
    button.setAttribute("aria-label", how === "no" ? "全屏看图" : "退出全屏");
    layOut();
    map.tell("full", how);
  }
  function toggleFull() {
    if (map.isFull()) {
      leaveFull();
      return;
    }
    const ask = stage.requestFullscreen || stage.webkitRequestFullscreen;
    if (!ask) {
      setFull("window");
      return;
    }
    const answer = ask.call(stage);
    if (answer && answer.then) answer.then(null, function () { setFull("window"); });
  }
  function watchFull() {
    ["fullscreenchange", "webkitfullscreenchange"].forEach(function (event) {
      document.addEventListener(event, function () {
        const isOn = (document.fullscreenElement || document.webkitFullscreenElement) === stage;
        setFull(isOn ? "screen" : full === "window" ? "window" : "no");
      });
    });
    // Tab leads out of the map, in the whole window too.
    stage.addEventListener("focusout", function (event) {
      if (full === "window" && event.relatedTarget && !stage.contains(event.relatedTarget)) leaveFull();
    });
  }

  /** Fits what passes the filters. */
  map.showAll = function () {
    map.closeFan();
    const passing = map.data.passes ? map.data.passing(0, map.data.total) : [];
    if (map.boxOf(passing)) map.fitPoints(passing);
    else view.go(view.fitting(view.bounds, oneLook()), 300);
  };

  // ---- Layout.
  map.isWide = function () { return atlas.classList.contains("map-wide"); };
  function layOut() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    atlas.classList.toggle("map-wide", atlas.clientWidth >= 52 * rem);
    stage.classList.toggle("map-roomy", stage.clientWidth >= 44 * rem);
    const isWhole = map.drawn.level !== null && Math.round(view.zoom) === view.fitted && map.selected < 0 && !map.data.passes;
    const before = view.fitted;
    const goal = view.goal;
    view.resize();
    if (map.drawn.level === null) return;
    // A movement on its way is at its end at once.
    if (goal) Object.assign(view, goal);
    else if (isWhole && view.fitted !== before) Object.assign(view, view.fitting(view.bounds, oneLook()));
    view.rest();
  }

  function openGround() {
    ground = make("div", { class: "map-ground" });
    stage.insertBefore(ground, scroller);
    ground.appendChild(scroller);
    poster.id = "map-poster";
    const svg = map.draw("svg", { id: "map", class: "sheet map-live", role: "group", "aria-label": poster.getAttribute("aria-label") });
    scroller.appendChild(svg);
    scroller.classList.add("map-port");
    scroller.setAttribute("aria-label", "地图。方向键移动，加减号缩放，0 看全图；Tab 到各点，或用旁边的名单");
    view.port = scroller;
    view.svg = svg;
    map.openDrawing(svg, poster);
    map.openFurniture(ground, poster);
    function button(words, label, act, id) {
      return make("button", { type: "button", id: id, "aria-label": label, title: label, onclick: act }, words);
    }
    const nearer = button("＋", "放大", function () { view.zoomBy(1); });
    const farther = button("－", "缩小", function () { view.zoomBy(-1); });
    // Not `disabled`: that would take the focus away from who zooms by keyboard.
    map.on("settled", function () {
      nearer.setAttribute("aria-disabled", String(view.zoom >= view.greatest));
      farther.setAttribute("aria-disabled", String(view.zoom <= view.least));
    });
    ground.appendChild(make("div", { class: "map-buttons", role: "group", "aria-label": "缩放" }, [
      nearer, farther,
      button("全图", "看全图", map.showAll),
      button("全屏", "全屏看图", toggleFull, "map-full"),
      map.projection.isPlan ? null : button("定位", "定位，按离我最近排列", map.near.ask),
    ]));
  }

  // ---- The address: `#z=6&c=120.3,31.5&q=…&point=…`. What the reader chose makes an entry in the history,
  // where the map was moved to does not.
  function address() {
    const parts = [];
    if (written !== null || view.zoom !== view.fitted) {
      parts.push(["z", Math.round(view.zoom)]);
      const at = map.projection.inverse(view.x, view.y);
      const digits = Math.max(2, Math.min(6, Math.round(view.zoom / 3) + 2));
      if (at) parts.push(["c", at[0].toFixed(digits) + "," + at[1].toFixed(digits)]);
      else parts.push(["p", view.x.toFixed(1) + "," + view.y.toFixed(1)]);
    }
    map.filters.write(parts);
    map.near.write(parts);
    map.route.write(parts);
    const point = map.data.point(map.selected);
    if (point) parts.push(["point", point.slug]);
    return "#" + parts.map(function (part) {
      return part[0] + "=" + encodeURIComponent(part[1]).replace(/%2C/g, ",").replace(/%3A/g, ":");
    }).join("&");
  }

  /** Writes the address; `isStep`: the reader can come back to what was before. */
  map.remember = function (isStep) {
    clearTimeout(writing);
    if (isReading && !isStep) return;
    const next = address();
    if (next === written || next === window.location.hash) return;
    const isNew = isStep && written !== null;
    written = next;
    try {
      window.history[isNew ? "pushState" : "replaceState"](null, "", next);
    } catch (error) {
      // Some browsers refuse this on a page from a disk; then the address stays as it is.
    }
  };

  function values() {
    const found = {};
    window.location.hash.slice(1).split("&").forEach(function (part) {
      const cut = part.indexOf("=");
      if (cut < 0) return;
      const key = part.slice(0, cut);
      let value = part.slice(cut + 1);
      try {
        value = decodeURIComponent(value.replace(/\+/g, " "));
      } catch (error) {
        return;
      }
      (found[key] = found[key] || []).push(value);
    });
    const old = /^#point-(.+)$/.exec(window.location.hash);
    if (old) found.point = [decodeURIComponent(old[1])];
    return found;
  }

  // One place alone is shown with what surrounds it.
  function oneLook() {
    const box = view.bounds;
    const metres = map.projection.metresPerPixel((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    return Math.max(0, metres ? Math.floor(2 * Math.log2(metres / 2)) : 0);
  }

  function readView(found) {
    const zoom = found.z && Number(found.z[0]);
    const given = (found.c || found.p || [""])[0].split(",").map(Number);
    if (!isFinite(zoom) || zoom === undefined || given.length !== 2 || !given.every(isFinite)) return false;
    const at = found.c ? map.projection.forward(given[0], given[1]) : given;
    if (!at || !at.every(isFinite)) return false;
    view.x = at[0];
    view.y = at[1];
    view.zoom = Math.max(view.least, Math.min(view.greatest, Math.round(zoom)));
    return true;
  }

  function restore() {
    const found = values();
    written = window.location.hash;
    const isPlaced = readView(found);
    opening = isPlaced ? null : view.fitting(view.bounds, oneLook());
    if (opening) Object.assign(view, opening);
    view.rest();
    map.filters.read(found);
    map.filters.apply(found.z ? "link" : "open");
    map.near.read(found);
    if (!found.route && !found.line && map.tab === "route") map.showTab("list");
    if (found.route) map.showTab("route");
    map.route.read(found);
    const slug = (found.point || [""])[0];
    if (!slug && map.selected >= 0) map.select(-1, "link");
    isReading = Boolean(slug || found.near || found.route || found.line);
    if (!isReading) return;
    map.data.needAll(function () {
      isReading = false;
      if (!slug) return;
      map.select(map.data.indexOf(slug), "link");
      // An address that says where to look is obeyed, even where the chosen point is not in view there.
      if (isPlaced && readView(found)) view.rest();
    }, function () { isReading = false; });
  }

  // ---- Data beyond the first view: pieces come one by one; of a very large sheet only what one looks at.
  const AT_ONCE = 10;
  function loadMore() {
    if (map.data.complete()) return;
    let next = -1;
    if (map.data.pieces.length <= AT_ONCE) {
      next = map.data.pieces.indexOf(null);
    } else {
      const looked = map.drawn.order.filter(function (item) { return item.count > 1 || !map.data.point(item.point); });
      looked.forEach(function (item) {
        if (next < 0 && view.zoom > view.fitted) next = missingIn(map.data.nodes.start[item.node], map.data.nodes.count[item.node]);
      });
      // Deeper than the nodes of the sheet nothing is drawn before its piece is here.
      if (next < 0 && view.zoom > view.fitted) next = map.data.pieces.indexOf(null);
    }
    if (next >= 0) map.data.needPiece(next, function () { setTimeout(loadMore, 30); });
  }
  function missingIn(start, count) {
    for (let k = map.data.pieceOf(start); k <= map.data.pieceOf(start + count - 1); k++) if (!map.data.pieces[k]) return k;
    return -1;
  }

  function begin() {
    const sheet = map.data.sheet;
    map.openProjection(sheet.projection);
    document.documentElement.classList.add("map-on");
    view.greatest = sheet.greatest;
    // A plan is looked at as a whole, and so is a sheet without a point.
    const isWhole = map.projection.isPlan || !map.data.extent;
    view.bounds = isWhole ? [0, 0, sheet.width, sheet.height] : map.data.extent;
    const parts = map.openFilters();
    const near = map.openNear();
    openGround();
    map.openCard(ground);
    map.openChoosing(ground);
    openSide();
    map.openList(pageList);
    if (near.button) parts.bar.appendChild(near.button);
    [parts.bar, parts.line, parts.panel, near.panel].forEach(function (part) { tools.appendChild(part); });
    map.openGestures();
    watchFull();
    layOut();
    map.on("settled", function () {
      clearTimeout(writing);
      writing = setTimeout(function () { map.remember(false); }, 250);
      loadMore();
    });
    // With the first points come their names, and the sheet leans to where those need room.
    map.on("points", function () {
      if (!opening || view.moving || view.x !== opening.x || view.y !== opening.y || view.zoom !== opening.zoom) return;
      const leant = view.fitting(view.bounds, oneLook());
      if (leant.zoom !== opening.zoom || !map.card.element.hidden) return;
      opening = null;
      Object.assign(view, leant);
      view.rest();
    });
    restore();
    window.addEventListener("popstate", restore);
    window.addEventListener("hashchange", function () { if (window.location.hash !== written) restore(); });
    if (window.ResizeObserver) new ResizeObserver(layOut).observe(ground); else window.addEventListener("resize", layOut);
    new MutationObserver(layOut).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const isHere = stage.contains(document.activeElement) || side.contains(document.activeElement) || document.activeElement === document.body;
      if (!isHere) return;
      if (map.closeFan()) return;
      if (!map.card.element.hidden) map.select(-1, "card");
      else if (full === "window") leaveFull();
    });
    stage.setAttribute("data-state", "ready");
  }

  map.data.open(name, tools.getAttribute("data-root") || "", begin, function () {
    // The room that was kept for the map is given back to the drawing.
    tools.removeAttribute("data-sheet");
    tools.appendChild(make("p", { class: "map-status", role: "status" }, "没有读到地图的数据，所以图不能缩放；名单是完整的。"));
  });
})();
