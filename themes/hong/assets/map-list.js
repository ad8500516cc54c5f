// The map, part 11: the list beside it. As long as nothing is filtered or sorted it is the page's own list,
// by province, city and park; otherwise it is built from the data, a hundred at a time.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const make = map.make;
  const PAGE = 100;
  let holder = null;
  let ownList = null;
  let results = null;
  let shown = 0;
  let order = [];
  let marked = null;
  const list = map.list = {};

  function distanceTo(index) {
    const place = map.near && map.near.place;
    const point = place && data.point(index);
    return point && point.lng !== null ? map.distance(place.lng, place.lat, point.lng, point.lat) : Number.MAX_VALUE;
  }

  function item(index) {
    const point = data.point(index);
    const place = map.near.place;
    return make("li", { "data-point": point.slug, "data-lng": point.lng, "data-lat": point.lat }, [
      make("a", { href: map.root + point.path }, point.title),
      make("span", { class: "meta" }, [
        place && point.lng !== null ? make("span", { class: "map-distance" }, map.distanceInWords(distanceTo(index))) : null,
        point.category ? make("span", {}, point.category) : null, " ",
        point.address ? make("span", {}, point.address) : null,
      ]),
    ]);
  }

  function showMore(isAsked) {
    const rows = results.querySelector("ol");
    const more = results.querySelector(".map-more");
    const end = Math.min(order.length, shown + PAGE);
    const first = shown;
    for (; shown < end; shown++) rows.appendChild(item(order[shown]));
    if (more) more.hidden = shown >= order.length;
    if (isAsked && rows.children[first]) rows.children[first].querySelector("a").focus({ preventScroll: true });
  }

  function build() {
    const place = map.near.place;
    order = data.passing(0, data.total);
    if (place) {
      const far = new Float64Array(data.total);
      order.forEach(function (index) { far[index] = distanceTo(index); });
      order.sort(function (a, b) { return far[a] - far[b] || a - b; });
    } else {
      const rank = new Float64Array(data.total);
      data.pieces.forEach(function (piece) {
        for (let i = 0; i < piece.rank.length; i++) rank[piece.start + i] = piece.rank[i];
      });
      order.sort(function (a, b) { return rank[a] - rank[b] || a - b; });
    }
    results.textContent = "";
    shown = 0;
    if (!order.length) {
      results.appendChild(make("div", { class: "nothing" }, [
        make("p", {}, "没有符合的点。可以少选一个条件，或换一个词再试。"),
        make("p", {}, make("button", { type: "button", class: "map-plain", onclick: map.filters.clear }, "清除筛选，看全部 " + data.total + " 处")),
      ]));
      return;
    }
    results.appendChild(make("ol", { class: "map-results" }));
    if (order.length > PAGE) {
      results.appendChild(make("button", {
        type: "button", class: "map-plain map-more", onclick: function () { showMore(true); },
      }, "再显示 " + PAGE + " 处"));
    }
    showMore(false);
  }

  /** Shows the page's own list, or the one that filters and the order by distance ask for. */
  list.refresh = function () {
    const isOwn = !data.passes && !map.near.place;
    if (isOwn) {
      ownList.hidden = false;
      results.hidden = true;
      results.textContent = "";
      mark(map.selected, false);
      return;
    }
    data.needAll(function () {
      build();
      ownList.hidden = true;
      results.hidden = false;
      mark(map.selected, false);
      if (map.isWide()) holder.scrollTop = 0;
    });
  };

  /** Marks the chosen item; in a list that scrolls by itself also brings it into sight. */
  function mark(index, scrolls) {
    if (marked) {
      marked.removeAttribute("aria-current");
      marked = null;
    }
    const point = index >= 0 ? data.point(index) : null;
    if (!point) return;
    const from = results.hidden ? ownList : results;
    marked = Array.prototype.filter.call(from.querySelectorAll("li[data-point]"), function (one) {
      return one.getAttribute("data-point") === point.slug;
    })[0] || null;
    if (!marked) return;
    marked.setAttribute("aria-current", "true");
    if (!scrolls || !map.isWide()) return;
    const box = marked.getBoundingClientRect();
    const frame = holder.getBoundingClientRect();
    if (box.top >= frame.top && box.bottom <= frame.bottom) return;
    const top = holder.scrollTop + box.top - frame.top - (frame.height - box.height) / 2;
    if (holder.scrollTo) holder.scrollTo({ top: top, behavior: map.view.isStill() ? "auto" : "smooth" });
    else holder.scrollTop = top;
  }

  function indexOf(event) {
    const row = event.target.closest && event.target.closest("li[data-point]");
    return row ? data.indexOf(row.getAttribute("data-point")) : -1;
  }

  /** Takes over the page's list. */
  map.openList = function (element) {
    holder = element;
    ownList = make("div", { class: "map-own-list" });
    while (holder.firstChild) ownList.appendChild(holder.firstChild);
    results = make("div", { class: "map-result-list", hidden: true });
    holder.appendChild(ownList);
    holder.appendChild(results);
    holder.addEventListener("click", function (event) {
      const link = event.target.closest("li[data-point] > a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const slug = link.parentNode.getAttribute("data-point");
      const known = data.indexOf(slug);
      if (known >= 0) {
        map.select(known, "list");
        return;
      }
      function follow() { window.location.href = link.href; }
      data.needAll(function () {
        if (data.indexOf(slug) >= 0) map.select(data.indexOf(slug), "list"); else follow();
      }, follow);
    });
    // The dot of what is pointed at in the list shows itself.
    let hinted = null;
    holder.addEventListener("pointerover", function (event) {
      if (hinted) hinted.classList.remove("map-hint");
      hinted = null;
      const index = indexOf(event);
      if (index < 0) return;
      const dot = map.drawn.order.filter(function (one) {
        const start = data.nodes.start[one.node];
        return index >= start && index < start + data.nodes.count[one.node];
      })[0];
      if (dot) {
        hinted = dot.element;
        hinted.classList.add("map-hint");
      }
    });
    holder.addEventListener("pointerleave", function () {
      if (hinted) hinted.classList.remove("map-hint");
      hinted = null;
    });
    map.on("filtered", list.refresh);
    map.on("selected", function (what) { mark(what.index, true); });
  };
})();
