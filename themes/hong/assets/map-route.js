// The map, part 13: routes. The reader's own (kept on the device only, shared as a link, printed) and those
// that the portal's writers made. Lengths are along straight lines, and say so.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const make = map.make;
  const KEY = "hongtu.route";
  /** `stops`: numbers of points, in order. `line`: a writer's route that is shown instead, or null. */
  const route = map.route = { stops: [], line: null };
  // Stops of the stored route that are not on this sheet: kept, so that other sheets don't lose them.
  let elsewhere = [];
  let shared = false;
  let panel = null;
  let status = null;

  // ---- The device's memory; some browsers refuse it on file://, and then the route lives as long as the page.
  function stored() {
    try {
      const slugs = JSON.parse(window.localStorage.getItem(KEY) || "[]");
      return Array.isArray(slugs) ? slugs.filter(function (slug) { return typeof slug === "string"; }) : [];
    } catch (error) {
      return [];
    }
  }
  function store() {
    try {
      const slugs = route.stops.map(function (index) { return data.point(index).slug; }).concat(elsewhere);
      if (slugs.length) window.localStorage.setItem(KEY, JSON.stringify(slugs));
      else window.localStorage.removeItem(KEY);
    } catch (error) {
      // Not remembered; the page goes on.
    }
  }

  // ---- Lengths.
  /** Metres between two points; 0 when one of them stands in the list only. */
  function between(a, b) {
    const one = data.point(a);
    const two = data.point(b);
    if (one.lng !== null && two.lng !== null) return map.distance(one.lng, one.lat, two.lng, two.lat);
    const from = data.placeOf(a);
    const to = data.placeOf(b);
    if (!from || !to) return 0;
    return Math.hypot(from[0] - to[0], from[1] - to[1]) * (map.projection.metresPerPixel(0, 0) || 0);
  }
  /** The way from place to place; stops without one are passed over. */
  route.lengthOf = function (stops) {
    const placed = stops.filter(isPlaced);
    let sum = 0;
    for (let i = 1; i < placed.length; i++) sum += between(placed[i - 1], placed[i]);
    return sum;
  };
  function isPlaced(index) { return data.placeOf(index) !== null; }
  function isLost(index) { return !isPlaced(index); }

  /** What to say with a length when not all stops have a place; empty when they have. */
  route.lostInWords = function (stops) {
    const lost = stops.filter(isLost).length;
    return lost ? "，另有 " + lost + " 站没有坐标，没有算在内" : "";
  };

  /** The shortest way that was found through those that have a place, from the first on; the others after it. */
  function inOrder(stops) {
    const first = stops[0];
    const placed = stops.filter(isPlaced);
    const lost = stops.filter(function (index) { return isLost(index) && index !== first; });
    return (isLost(first) ? [first] : []).concat(placed.length ? shortest(placed) : [], lost);
  }

  /** Nearest neighbour from the first stop, then 2-opt until nothing gets shorter; the first stays first. */
  function shortest(stops) {
    const left = stops.slice(1);
    const order = [stops[0]];
    while (left.length) {
      const last = order[order.length - 1];
      let best = 0;
      left.forEach(function (stop, i) { if (between(last, stop) < between(last, left[best])) best = i; });
      order.push(left.splice(best, 1)[0]);
    }
    for (let improved = true, turns = 0; improved && turns < 50; turns++) {
      improved = false;
      for (let i = 1; i < order.length - 1; i++) {
        for (let k = i + 1; k < order.length; k++) {
          const now = between(order[i - 1], order[i]) + (k + 1 < order.length ? between(order[k], order[k + 1]) : 0);
          const then = between(order[i - 1], order[k]) + (k + 1 < order.length ? between(order[i], order[k + 1]) : 0);
          if (then < now - 0.01) {
            const turned = order.slice(i, k + 1).reverse();
            Array.prototype.splice.apply(order, [i, turned.length].concat(turned));
            improved = true;
          }
        }
      }
    }
    return order;
  }

  // ---- What is shown on the map.
  function shownStops() {
    if (route.line) return route.line.stops;
    return map.tab === "route" ? route.stops : [];
  }
  function holds(item, index) {
    const start = data.nodes.start[item.node];
    return item.count === 1 ? item.point === index : index >= start && index < start + data.nodes.count[item.node];
  }
  /** Whether a dot is a stop of the route that is shown, or a cluster that holds one. */
  route.isStop = function (item) {
    return shownStops().some(function (index) { return holds(item, index); });
  };

  function numbersInWords(numbers) {
    const isRun = numbers.length > 2 && numbers[numbers.length - 1] - numbers[0] === numbers.length - 1;
    return isRun ? numbers[0] + "–" + numbers[numbers.length - 1] : numbers.join("·");
  }

  function drawRoute() {
    // Each keeps the number that it has in the list.
    const stops = shownStops().map(function (index, i) { return { index: index, number: i + 1 }; })
      .filter(function (one) { return isPlaced(one.index); });
    map.layers.line.textContent = "";
    const old = map.layers.top.querySelector(".map-stops");
    if (old) map.layers.top.removeChild(old);
    if (!stops.length || map.drawn.level === null) return;
    // A stop within a cluster stands at the cluster, whose dot its mark covers.
    const places = stops.map(function (one) {
      const shown = map.drawn.order.filter(function (item) { return holds(item, one.index); })[0];
      const base = shown ? [shown.baseX, shown.baseY] : data.placeOf(one.index);
      return map.toDrawn(base[0], base[1]);
    });
    map.layers.line.appendChild(map.draw("polyline", {
      class: "sheet-route", points: places.map(function (at) { return at[0].toFixed(1) + "," + at[1].toFixed(1); }).join(" "),
    }));
    // Stops that would lie on one another share a mark: 1–3.
    const marks = [];
    places.forEach(function (at, i) {
      const same = marks.filter(function (mark) { return Math.hypot(mark.at[0] - at[0], mark.at[1] - at[1]) < 26; })[0];
      if (same) same.numbers.push(stops[i].number); else marks.push({ at: at, numbers: [stops[i].number] });
    });
    const group = map.draw("g", { class: "map-stops", "aria-hidden": "true" });
    marks.reverse().forEach(function (mark) {
      const words = numbersInWords(mark.numbers);
      const half = Math.max(13, words.length * 4 + 7);
      const one = map.draw("g", { transform: "translate(" + mark.at[0].toFixed(1) + " " + mark.at[1].toFixed(1) + ")" });
      one.appendChild(map.draw("rect", { x: -half, y: -13, width: 2 * half, height: 26, rx: 13 }));
      one.appendChild(map.draw("text", { class: "sheet-number", dy: ".36em" }, words));
      group.appendChild(one);
    });
    map.layers.top.appendChild(group);
  }

  // ---- Changes.
  function changed() {
    shared = false;
    store();
    refresh();
    map.remember(false);
  }
  function refresh() {
    build();
    map.tell("route");
    if (map.drawn.level !== null) {
      map.markSelected();
      drawRoute();
    }
  }
  route.has = function (index) { return route.stops.indexOf(index) >= 0; };
  route.toggle = function (index) {
    const at = route.stops.indexOf(index);
    if (at >= 0) route.stops.splice(at, 1); else route.stops.push(index);
    changed();
    say(at >= 0 ? "已移除，路线还有 " + route.stops.length + " 站" : "已加入，路线共 " + route.stops.length + " 站");
  };
  function move(at, to) {
    const stop = route.stops.splice(at, 1)[0];
    route.stops.splice(to, 0, stop);
    changed();
    const row = panel.querySelectorAll(".map-stop")[to];
    const button = row && row.querySelector(to < at ? ".map-up" : ".map-down");
    if (button) (button.disabled ? row.querySelector("button:not([disabled])") : button).focus();
    say(data.point(stop).title + "：第 " + (to + 1) + " 站");
  }
  function say(words) { status.textContent = words; }

  /** Shows a writer's route, or none. */
  route.showLine = function (line, from) {
    route.line = line;
    refresh();
    if (line && from !== "link") map.fitPoints(line.stops);
    if (from !== "link") map.remember(true);
    if (map.drawn.level !== null) map.redraw(map.drawn.level);
  };

  // ---- Order by hand: a grip to drag by, and buttons for those who don't drag.
  function openGrip(grip, row) {
    grip.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      row.classList.add("map-stop-dragged");
    });
    grip.addEventListener("pointermove", function (event) {
      if (!row.classList.contains("map-stop-dragged")) return;
      const before = row.previousElementSibling;
      const after = row.nextElementSibling;
      const upper = before && before.getBoundingClientRect();
      const lower = after && after.getBoundingClientRect();
      if (upper && event.clientY < upper.top + upper.height / 2) row.parentNode.insertBefore(row, before);
      else if (lower && event.clientY > lower.top + lower.height / 2) row.parentNode.insertBefore(after, row);
    });
    function end() {
      if (!row.classList.contains("map-stop-dragged")) return;
      row.classList.remove("map-stop-dragged");
      const order = Array.prototype.map.call(row.parentNode.children, function (one) { return Number(one.getAttribute("data-at")); });
      route.stops = order.map(function (at) { return route.stops[at]; });
      changed();
    }
    grip.addEventListener("pointerup", end);
    grip.addEventListener("pointercancel", end);
  }

  function stopRow(index, at) {
    const point = data.point(index);
    const last = route.stops.length - 1;
    const grip = make("span", { class: "map-grip", "aria-hidden": "true", title: "拖动改变次序" }, "⋮⋮");
    const row = make("li", { class: "map-stop", "data-at": at }, [
      grip,
      make("span", { class: "map-stop-number" }, at + 1),
      make("span", { class: "map-stop-name" }, [
        make("a", { href: map.root + point.path, onclick: function (event) {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          map.select(index, "list");
        } }, point.title),
        isLost(index) ? make("small", {}, "没有写明坐标，不在图上")
          : at && isPlaced(route.stops[at - 1]) ? make("small", {}, "距上一站 " + map.distanceInWords(between(route.stops[at - 1], index))) : null,
      ]),
      make("button", { type: "button", class: "map-icon map-up", "aria-label": point.title + "：上移", disabled: at === 0, onclick: function () { move(at, at - 1); } }, "↑"),
      make("button", { type: "button", class: "map-icon map-down", "aria-label": point.title + "：下移", disabled: at === last, onclick: function () { move(at, at + 1); } }, "↓"),
      make("button", { type: "button", class: "map-icon", "aria-label": point.title + "：移除", onclick: function () { route.toggle(index); } }, "×"),
    ]);
    openGrip(grip, row);
    return row;
  }

  /** The address that shows this route to someone else. */
  function shareAddress() {
    const slugs = route.stops.map(function (index) { return encodeURIComponent(data.point(index).slug); });
    return window.location.href.replace(/#.*$/, "") + "#route=" + slugs.join(",");
  }

  function ownPart() {
    const stops = route.stops;
    if (!stops.length) {
      return [make("p", { class: "map-empty" }, "还没有站点。在图上或名单里点开一处，按“加入我的路线”。")];
    }
    return [
      shared ? make("p", { class: "map-note-line" }, ["这条路线来自链接。改动后会存在这台设备上，替换您原来的路线。 ", make("button", {
        type: "button", class: "map-quiet",
        onclick: function () {
          route.stops = known(stored());
          changed();
          if (map.drawn.level !== null) map.redraw(map.drawn.level);
        },
      }, "改回我的路线")]) : null,
      make("ol", { class: "map-stop-list" }, stops.map(stopRow)),
      stops.filter(isPlaced).length > 1 ? make("p", { class: "map-length" }, "直线距离合计约 " + map.distanceInWords(route.lengthOf(stops)) + "，不是路程" + route.lostInWords(stops) + "。") : null,
      make("div", { class: "map-actions" }, [
        stops.length > 2 ? make("button", { type: "button", class: "map-plain", onclick: function () {
          route.stops = inOrder(stops);
          changed();
          say("已按直线距离排好，第一站不变。合计约 " + map.distanceInWords(route.lengthOf(route.stops)));
        } }, "自动排序") : null,
        make("button", { type: "button", class: "map-plain", onclick: function () { map.fitPoints(stops); } }, "在图上看全程"),
        map.copyButton("复制分享链接", shareAddress),
        make("button", { type: "button", class: "map-plain", onclick: function () { map.printVisit(route.stops, say); } }, "打印参观单"),
        make("button", { type: "button", class: "map-quiet", onclick: function () {
          route.stops = [];
          elsewhere = [];
          changed();
          if (map.drawn.level !== null) map.redraw(map.drawn.level);
          say("路线已清空，这台设备上不再留有记录。");
        } }, "清空"),
      ]),
    ];
  }

  function linesPart() {
    const lines = data.sheet.routes;
    if (!lines.length) return [];
    return [make("h3", {}, "编好的路线"), make("ul", { class: "map-lines" }, lines.map(function (line) {
      const isShown = route.line === line;
      return make("li", {}, [
        make("button", { type: "button", class: "map-line-button", "aria-pressed": String(isShown), onclick: function () {
          data.needAll(function () { route.showLine(isShown ? null : line, "reader"); });
        } }, [make("b", {}, line.stops.length + " 站"), " " + line.title]),
        isShown ? make("p", {}, [
          make("a", { class: "map-page-link", href: map.root + line.path }, "打开路线的页面"), " ",
          make("button", { type: "button", class: "map-quiet", onclick: function () {
            route.stops = line.stops.slice();
            route.line = null;
            changed();
            if (map.drawn.level !== null) map.redraw(map.drawn.level);
          } }, "照这条排我的路线"),
        ]) : null,
      ]);
    }))];
  }

  function build() {
    panel.textContent = "";
    [make("h3", {}, "我的路线")].concat(ownPart(), [
      make("p", { class: "map-small" }, "只存在这台设备上，不上传；“清空”即删除。" + (elsewhere.length ? "另有 " + elsewhere.length + " 站不在这张图上。" : "")),
    ], linesPart()).forEach(function (part) { if (part) panel.appendChild(part); });
  }

  function known(slugs) {
    elsewhere = slugs.filter(function (slug) { return data.indexOf(slug) < 0; });
    return slugs.map(data.indexOf).filter(function (index, i, all) { return index >= 0 && all.indexOf(index) === i; });
  }

  // ---- The address.
  route.write = function (parts) {
    if (route.line) parts.push(["line", route.line.slug]);
    else if (map.tab === "route") parts.push(["route", route.stops.map(function (index) { return data.point(index).slug; }).join(",")]);
  };
  route.read = function (values) {
    const line = (values.line || [""])[0];
    const given = values.route ? values.route[0].split(",").filter(Boolean) : null;
    const mine = stored();
    if (!line && !given && !mine.length && !route.line && !route.stops.length) return;
    data.needAll(function () {
      route.line = data.sheet.routes.filter(function (one) { return one.slug === line; })[0] || null;
      if (given && given.length) {
        shared = given.join() !== mine.join();
        route.stops = known(given);
        if (shared) elsewhere = [];
      } else if (!shared || !given) {
        shared = false;
        route.stops = known(mine);
      }
      if (given || route.line) map.showTab("route");
      refresh();
      if (map.drawn.level !== null) map.redraw(map.drawn.level);
      const shown = shownStops();
      if (shown.length && !values.z) map.fitPoints(shown);
    });
  };

  map.openRoute = function () {
    status = make("p", { class: "visually-hidden", role: "status" });
    panel = make("div", { class: "map-route" });
    map.on("drawn", drawRoute);
    map.on("tab", function () {
      if (!map.drawn.order.length) return;
      map.redraw(map.drawn.level);
    });
    build();
    return make("div", {}, [status, panel]);
  };
})();
