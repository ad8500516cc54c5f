// The map, part 9: the card of a point. Beside the map on a wide page, from below on a phone, where it can
// be drawn up, down and away. It is no dialogue: the page stays usable, focus goes in and comes back.
"use strict";
(function () {
  const map = window.hongtuMap;
  const make = map.make;
  const isWeChat = /MicroMessenger/i.test(navigator.userAgent);
  let returnTo = null;
  let body = null;

  const card = map.card = { element: null };

  /** Writes into the clipboard; from a disk or an intranet by the older command. */
  map.copy = function (text, done) {
    function byCommand() {
      const field = make("textarea", { class: "off-screen", readonly: true });
      field.value = text;
      document.body.appendChild(field);
      field.select();
      let copied = false;
      try {
        copied = document.execCommand("copy");
      } catch (error) {
        copied = false;
      }
      document.body.removeChild(field);
      done(copied);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, byCommand);
    } else {
      byCommand();
    }
  };

  /** A button that copies and says so. */
  map.copyButton = function (words, text) {
    const button = make("button", {
      type: "button", class: "map-quiet", "aria-live": "polite",
      onclick: function () {
        map.copy(text(), function (copied) {
          button.textContent = copied ? "已复制" : "请手动选取";
          button.focus({ preventScroll: true });
          setTimeout(function () { button.textContent = words; }, 2000);
        });
      },
    }, words);
    return button;
  };

  // ---- Navigation: each service with its own order and system of coordinates, as its template says.
  function navigationLinks(point, details) {
    let services = map.data.sheet.navigation.slice();
    if (isWeChat) {
      // WeChat blocks addresses that begin with geo:, and opens Tencent's map best.
      services = services.filter(function (one) { return one.id !== "geo" && one.template.indexOf("geo:") !== 0; });
      services.sort(function (a, b) { return (b.id === "tencent") - (a.id === "tencent"); });
    }
    const values = {
      title: encodeURIComponent(point.title),
      address: encodeURIComponent(point.address || ""),
    };
    function system(name, pair) {
      if (!pair || pair[0] === null) return;
      values[name + "_lng"] = pair[0].toFixed(6);
      values[name + "_lat"] = pair[1].toFixed(6);
    }
    system("wgs84", [point.lng, point.lat]);
    system("gcj02", details.gcj02);
    system("bd09", details.bd09);
    return services.map(function (service) {
      let isKnown = true;
      const address = service.template.replace(/\{(\w+)\}/g, function (whole, name) {
        if (values[name] === undefined) isKnown = false;
        return values[name];
      });
      return isKnown ? make("a", { href: address, rel: "noopener external", target: "_blank" }, service.service) : null;
    }).filter(Boolean);
  }

  function fact(name, value) {
    if (!value || (Array.isArray(value) && !value.length)) return null;
    return make("div", {}, [make("dt", {}, name), make("dd", {}, value)]);
  }

  function routeButton(index) {
    function words() { return map.route.has(index) ? "从我的路线移除" : "加入我的路线"; }
    const button = make("button", {
      type: "button", class: "map-strong",
      onclick: function () {
        map.route.toggle(index);
        button.textContent = words();
      },
    }, words());
    return button;
  }

  function photo(picture) {
    return make("img", {
      class: "map-card-photo", src: map.root + picture.src, width: picture.width, height: picture.height,
      alt: picture.alt, decoding: "async",
    });
  }

  function fill(point, details) {
    const known = details || {};
    body.textContent = "";
    const address = make("span", {}, point.address);
    const parts = [
      known.photo ? photo(known.photo) : null,
      make("p", { class: "kicker" }, [make("span", {}, point.category), point.tier ? make("span", {}, point.tier) : null]),
      make("h2", { id: "map-card-title", tabindex: "-1" }, make("a", { href: map.root + point.path }, point.title)),
      make("div", { class: "map-card-actions" }, [
        routeButton(point.index),
        point.lng === null || map.projection.isPlan ? null : make("button", {
          type: "button", class: "map-plain",
          onclick: function () { map.near.aroundPoint(point.index); },
        }, "看附近的点"),
      ]),
      make("dl", { class: "facts" }, [
        point.address ? make("div", {}, [make("dt", {}, "地址"), make("dd", {}, [
          address, " ", map.copyButton("复制地址", function () { return point.address; }),
        ])]) : null,
        fact("开放", known.hours),
        known.phone ? make("div", {}, [make("dt", {}, "电话"), make("dd", {}, make("a", { href: "tel:" + known.phone.replace(/\s/g, "") }, known.phone))]) : null,
        fact("预约", known.booking),
        fact("功能", (known.services || []).join("、")),
        fact("无障碍", (known.accessibility || []).join("、")),
        fact("面积", known.area),
        point.park ? make("div", {}, [make("dt", {}, "园区"), make("dd", {}, make("a", { href: map.root + point.park.path }, point.park.title))]) : null,
        fact("标签", point.tags.join("、")),
        fact("坐标", known.written),
      ]),
      map.data.placeOf(point.index) ? null : make("p", { class: "map-small" }, "这一处没有写明坐标，所以只在名单里，不在这张图上。"),
    ];
    const links = details ? navigationLinks(point, details) : [];
    if (links.length) {
      parts.push(make("div", { class: "map-card-way" }, [
        make("h3", {}, "怎么去"),
        make("div", { class: "map-card-links" }, links),
        make("p", { class: "map-small" }, "打开地图服务要连外网，由对方提供。"),
      ]));
    }
    if (!details) parts.push(make("p", { class: "map-small" }, "正在读入开放时间和电话……"));
    parts.push(make("p", {}, make("a", { class: "map-page-link", href: map.root + point.path }, "打开这一处的页面")));
    parts.forEach(function (part) { if (part) body.appendChild(part); });
  }

  function open(from) {
    const wasHidden = card.element.hidden;
    if (wasHidden && from !== "link") returnTo = document.activeElement;
    card.element.hidden = false;
    card.element.parentNode.classList.add("map-carded");
    body.scrollTop = 0;
    if (wasHidden) {
      card.element.classList.remove("map-card-up");
      card.element.style.height = "";
    }
  }
  function focusTitle(from) {
    const title = card.element.querySelector("h2");
    if (title && from !== "link") title.focus({ preventScroll: true });
  }

  /** Opens the card of a point: first what is known, then the details. */
  card.show = function (index, from) {
    const point = map.data.point(index);
    if (!point) return;
    open(from);
    card.element.setAttribute("data-point", point.slug);
    fill(point, null);
    focusTitle(from);
    map.data.details(index, function (details) {
      if (map.selected !== index) return;
      const hadFocus = card.element.contains(document.activeElement);
      fill(point, details);
      if (hadFocus) focusTitle(from);
    }, function () {
      if (map.selected !== index) return;
      const note = body.querySelector(".map-small");
      if (note) note.textContent = "没有读到开放时间和电话。请打开这一处的页面看。";
    });
  };

  /** Opens a list of points that share one place. */
  card.showGroup = function (points) {
    open("map");
    card.element.removeAttribute("data-point");
    body.textContent = "";
    body.appendChild(make("h2", { id: "map-card-title", tabindex: "-1" }, "同一地点的 " + points.length + " 处"));
    body.appendChild(make("ol", { class: "map-card-group" }, points.map(function (index) {
      const point = map.data.point(index);
      return make("li", {}, make("a", {
        href: map.root + point.path,
        onclick: function (event) {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          map.select(index, "card");
        },
      }, point.title));
    })));
    focusTitle("map");
  };

  /** Closes the card and gives the focus back. */
  card.close = function (from) {
    if (card.element.hidden) return;
    const hadFocus = card.element.contains(document.activeElement);
    card.element.hidden = true;
    card.element.parentNode.classList.remove("map-carded");
    if (hadFocus && from !== "link") {
      const isThere = returnTo && document.contains(returnTo) && returnTo !== document.body;
      (isThere ? returnTo : map.view.port).focus({ preventScroll: true });
    }
    returnTo = null;
  };

  // ---- The handle: drawn up it shows all, drawn down it goes away; a click does the same in steps.
  function openHandle(handle) {
    let drag = null;
    handle.addEventListener("pointerdown", function (event) {
      drag = { y: event.clientY, height: card.element.offsetHeight, moved: false };
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", function (event) {
      if (!drag) return;
      const up = drag.y - event.clientY;
      if (Math.abs(up) > 4) drag.moved = true;
      card.element.classList.add("map-card-dragged");
      card.element.style.height = Math.max(60, Math.min(window.innerHeight * 0.9, drag.height + up)) + "px";
    });
    function end(event) {
      if (!drag) return;
      const up = drag.y - event.clientY;
      const moved = drag.moved;
      drag = null;
      card.element.classList.remove("map-card-dragged");
      card.element.style.height = "";
      if (!moved) return;
      const isUp = card.element.classList.contains("map-card-up");
      if (up > 40) card.element.classList.add("map-card-up");
      else if (up < -40 && isUp) card.element.classList.remove("map-card-up");
      else if (up < -60) map.select(-1, "card");
      handle.hongtuDragged = true;
      setTimeout(function () { handle.hongtuDragged = false; }, 50);
    }
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
    handle.addEventListener("click", function () {
      if (handle.hongtuDragged) return;
      const isUp = card.element.classList.toggle("map-card-up");
      handle.setAttribute("aria-expanded", String(isUp));
    });
  }

  map.openCard = function (ground) {
    const handle = make("button", { type: "button", class: "map-card-handle", "aria-label": "拉高或放低卡片", "aria-expanded": "false" });
    body = make("div", { class: "map-card-body" });
    card.element = make("section", { class: "map-card", hidden: true, "aria-labelledby": "map-card-title" }, [
      handle,
      make("button", { type: "button", class: "map-card-close", "aria-label": "关上卡片", onclick: function () { map.select(-1, "card"); } }, "×"),
      body,
    ]);
    openHandle(handle);
    ground.appendChild(card.element);
  };
})();
