// The preview of `hongtu serve`: loads a page again when it changed, shows over it what is wrong,
// and below it what there is to know of its text. Published pages know nothing of it.
"use strict";
(function () {
  var seen = document.currentScript.getAttribute("data-seen");
  var waiting = document.getElementById("hongtu-waiting");
  var own = "/hongtu-preview/";
  var again = 500;
  var stream = null;
  var timer = 0;

  function element(name, attributes) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  // ---- Kept over a reload: where the page was scrolled to, which parts of it were open, the panel.
  function keyOf(path) {
    return "hongtu-preview " + path;
  }

  function stored(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch (error) {
      return null;
    }
  }

  function store(name, value) {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch (error) {
      // Then it is not kept.
    }
  }

  // A part that opens is known by its first line, and by which of those it is: more may stand before it now.
  function parts() {
    var times = Object.create(null);
    return Array.prototype.map.call(document.querySelectorAll("details"), function (part) {
      var summary = part.querySelector("summary");
      var words = part.id || (summary ? summary.textContent.trim() : "");
      times[words] = (times[words] || 0) + 1;
      return { part: part, name: words + " " + times[words] };
    });
  }

  function keepFor(path) {
    var open = parts().filter(function (one) { return one.part.open; });
    store(keyOf(path), { x: scrollX, y: scrollY, open: open.map(function (one) { return one.name; }) });
  }

  function restore() {
    var kept = stored(keyOf(location.pathname));
    if (!kept) return;
    sessionStorage.removeItem(keyOf(location.pathname));
    parts().forEach(function (one) { one.part.open = kept.open.indexOf(one.name) >= 0; });
    var scroll = function () { scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }); };
    scroll();
    // Pictures without a size move what is below them.
    addEventListener("load", scroll);
  }

  function reload() {
    keepFor(location.pathname);
    location.reload();
  }

  function go(target) {
    keepFor(target);
    location.replace(target);
  }

  // ---- Style sheets are swapped: the new one is put behind the old one, which goes when the new one is there.
  function swap(styles) {
    styles.forEach(function (pair) {
      document.querySelectorAll("link[rel=stylesheet]").forEach(function (link) {
        if (new URL(link.href).pathname !== "/" + pair[0]) return;
        var next = link.cloneNode();
        next.href = "/" + pair[1];
        next.addEventListener("load", function () { link.remove(); });
        next.addEventListener("error", reload);
        link.after(next);
      });
    });
  }

  // ---- Errors and panel stand in a tree of their own, which the theme's style sheets do not reach.
  var host = element("hongtu-preview");
  var tree = host.attachShadow({ mode: "open" });
  var style = element("link", { rel: "stylesheet", href: own + "preview.css" });
  var dialog = element("dialog", { role: "alertdialog", "aria-labelledby": "hongtu-errors", class: "errors" });
  var fold = element("button", { type: "button", class: "fold", autofocus: "" });
  var list = element("div");
  var panel = element("details", { class: "panel" });
  var tab = element("summary");
  var facts = element("div", { class: "panel-content" });
  var said = element("p", { class: "said", role: "status" });
  var folded = "";
  fold.textContent = "收起（Esc）";
  dialog.append(fold, list);
  panel.append(tab, facts, said);
  // Nothing is to be seen before it looks as it should.
  host.hidden = true;
  style.addEventListener("load", function () { host.hidden = false; showErrors(current); });
  tree.append(style, panel, dialog);
  var current = null;

  fold.addEventListener("click", function () { dialog.close(); });
  dialog.addEventListener("close", function () { if (current) folded = current.html; });
  panel.addEventListener("toggle", function () { store("hongtu-preview panel", panel.open); });
  panel.open = stored("hongtu-preview panel") === true;

  function showErrors(errors) {
    current = errors;
    if (waiting) {
      if (errors) waiting.innerHTML = errors.html;
      return;
    }
    if (!errors) {
      folded = "";
      dialog.close();
      list.textContent = "";
      return;
    }
    if (list.innerHTML !== errors.html) list.innerHTML = errors.html;
    // What was folded away stays so until something else is wrong.
    if (!host.hidden && !dialog.open && folded !== errors.html) dialog.showModal();
  }

  function showPanel(view) {
    panel.hidden = !view;
    if (!view) return;
    tab.textContent = view.tab;
    tab.className = view.state;
    facts.innerHTML = view.html;
    makeWay();
  }

  facts.addEventListener("click", function (event) {
    if (event.target.closest("[data-errors]")) {
      folded = "";
      showErrors(current);
    }
    if (event.target.closest("[data-copy]")) copy(facts.querySelector("[data-path]"));
  });

  // Without permission to copy, the path is there to be copied by hand.
  function copy(place) {
    var path = place.getAttribute("data-path");
    var byHand = function () {
      place.textContent = path;
      getSelection().selectAllChildren(place);
      said.textContent = "路径已选中，按 Ctrl + C 复制";
    };
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(path).then(function () { said.textContent = "已复制 " + path; }, byHand);
  }

  // ---- Where the page has something of its own at the lower edge of the window, the panel stands above it.
  function makeWay() {
    panel.style.bottom = "";
    var box = tab.getBoundingClientRect();
    var below = document.elementsFromPoint(box.left + box.width / 2, innerHeight - 4);
    var tops = below.map(function (item) {
      while (item && item !== document.body && getComputedStyle(item).position !== "fixed") item = item.parentElement;
      return item && item !== document.body && item !== host ? item.getBoundingClientRect().top : innerHeight;
    });
    var top = Math.min.apply(null, tops.concat(innerHeight));
    // What fills the window has its buttons where it wants.
    if (top > innerHeight / 4) panel.style.bottom = innerHeight - top + "px";
  }

  // ---- Links to what is not published say so.
  function mark(unpublished) {
    var words = {};
    Object.keys(unpublished).forEach(function (path) { words[encodeURI("/" + path)] = unpublished[path]; });
    document.querySelectorAll("main a[href]").forEach(function (link) {
      var word = link.origin === location.origin ? words[link.pathname] : undefined;
      if (word) link.setAttribute("data-hongtu-unpublished", word);
      else link.removeAttribute("data-hongtu-unpublished");
    });
  }

  // ---- The server tells what to do.
  function take(message) {
    if (message.deed === "reload") return reload();
    if (message.deed === "go") return go(message.target);
    seen = message.seen;
    if (message.deed === "styles") swap(message.styles);
    showErrors(message.errors);
    showPanel(message.panel);
    mark(message.unpublished);
  }

  function listen() {
    clearTimeout(timer);
    leave();
    var address = own + "events?page=" + encodeURIComponent(location.pathname) + "&seen=" + encodeURIComponent(seen);
    stream = new EventSource(address);
    stream.onmessage = function (event) { take(JSON.parse(event.data)); };
    // The address has to tell what was seen last, so that each try is one of its own.
    stream.onerror = function () {
      leave();
      timer = setTimeout(listen, again);
    };
  }

  function leave() {
    if (stream) stream.close();
    stream = null;
  }

  // Browsers open six connections to one server: pages that nobody looks at must not hold them.
  function attend() {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") leave();
    else if (!stream) listen();
  }

  restore();
  document.head.append(element("link", { rel: "stylesheet", href: own + "marks.css" }));
  document.documentElement.append(host);
  addEventListener("resize", makeWay);
  ["click", "keyup"].forEach(function (name) {
    // After what the page itself does about it.
    document.addEventListener(name, function () { setTimeout(makeWay, 50); });
  });
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", attend);
  attend();
})();
