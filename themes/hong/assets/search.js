// The search, last part: the page. What was typed stands in the address after `#q=`, with the filters, so that a
// link, a bookmark and the way back lead to the same list. `#results` says by data-total how many pages were
// found, and by data-state when its list is complete.
"use strict";
(function (global) {
  const search = global.hongtuSearch;
  const data = search.data;
  /** So many results at a time. */
  const STEP = 10;
  /** So long a pause in typing, in milliseconds, is waited for. */
  const PAUSE = 60;
  const FILTERS = ["column", "year", "park"];

  const place = document.getElementById("search");
  if (!place) return;
  const field = document.getElementById("search-text");
  const results = document.getElementById("results");
  const summary = document.getElementById("search-summary");
  const narrow = document.getElementById("search-narrow");
  const other = document.getElementById("search-other");
  const more = document.getElementById("results-more");
  const help = document.getElementById("search-help");
  const clear = document.getElementById("search-all");
  const root = place.getAttribute("data-root");
  const pageTitle = document.title;
  const leadsToText = "fragmentDirective" in document;

  let state = { q: "", column: null, year: null, park: null };
  let turn = 0;
  let opened = null;
  let timer = 0;
  let isTyping = false;
  /** The list that stands there: the pages, how many are shown, the words to mark. */
  let current = { pages: new Uint32Array(0), shown: 0, words: [] };

  /** An element with attributes and children; a child is an element or a text. `on…` attributes are listeners. */
  search.make = function (name, attributes, children) {
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
  const make = search.make;

  /** Makes the script of a data file run. */
  function run(path) {
    return new Promise(function (resolve, reject) {
      const script = make("script", { src: root + path });
      script.onload = function () {
        script.remove();
        resolve();
      };
      script.onerror = function () {
        script.remove();
        reject(new Error(path));
      };
      document.head.appendChild(script);
    });
  }

  // ---- The address.

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text;
    }
  }

  function read() {
    const read = { q: "", column: null, year: null, park: null };
    const text = location.hash.slice(1) || location.search.slice(1);
    text.split("&").forEach(function (part) {
      const at = part.indexOf("=");
      const key = part.slice(0, at);
      if (at > 0 && key in read) read[key] = decoded(part.slice(at + 1));
    });
    return read;
  }

  function address(next) {
    const parts = ["q"].concat(FILTERS).filter(function (key) { return next[key]; });
    return "#" + parts.map(function (key) { return key + "=" + encodeURIComponent(next[key]); }).join("&");
  }

  /** Writes the state into the address: as a step that can be gone back, or in place of the last one. */
  function write(isStep) {
    const to = address(state);
    if (to === (location.hash || "#")) return;
    try {
      history[isStep ? "pushState" : "replaceState"](null, "", to);
    } catch (error) {
      // Some browsers allow neither on file://, or not so often.
      if (isStep) location.hash = to; else location.replace(to);
    }
  }

  /** How many results are shown is remembered with the address, for the way back. */
  function remember(shown) {
    try {
      history.replaceState({ shown: shown }, "");
    } catch (error) {
      // Then the way back leads to the first ones.
    }
  }

  // ---- What is shown.

  function pieces(list) {
    return list.map(function (piece) { return piece[1] ? make("mark", {}, piece[0]) : piece[0]; });
  }

  /** Where a result leads: to the text, where the browser can find it; else to the heading above it. */
  function target(page, shown) {
    const anchor = shown.anchor ? encodeURIComponent(shown.anchor) : "";
    if (!leadsToText || !shown.clause) return root + page.path + (anchor ? "#" + anchor : "");
    // In such a link the hyphen is a sign of its own.
    return root + page.path + "#" + anchor + ":~:text=" + encodeURIComponent(shown.clause).replace(/-/g, "%2D");
  }

  function item(page) {
    const shown = search.passage(page, current.words);
    const words = search.filters.words(page.number);
    const kicker = make("p", { class: "meta" }, [
      make("span", { class: "search-column" }, words.column), " ",
      words.park && words.park !== page.title ? make("span", {}, words.park) : null, " ",
      page.date ? make("span", {}, make("time", { datetime: page.date }, page.date)) : null,
    ]);
    return make("li", { class: "search-result" }, [
      make("a", { href: target(page, shown) }, pieces(shown.title)),
      kicker, shown.text.length ? make("p", { class: "search-passage" }, pieces(shown.text)) : null,
    ]);
  }

  function settle(total) {
    results.setAttribute("data-total", String(total));
    results.setAttribute("data-state", "done");
    place.classList.remove("search-busy");
  }

  function busy() {
    results.setAttribute("data-state", "busy");
    place.classList.add("search-busy");
  }

  /** Shows results up to a number; those that stand there already stay when it goes on. */
  async function show(upTo, isMore, job) {
    const numbers = Array.from(current.pages.subarray(isMore ? current.shown : 0, upTo));
    const pages = await Promise.all(numbers.map(data.page));
    if (job.isStale()) throw new search.Stale();
    const items = pages.map(item);
    if (isMore) results.append.apply(results, items); else results.replaceChildren.apply(results, items);
    current.shown = Math.min(upTo, current.pages.length);
    const left = current.pages.length - current.shown;
    more.hidden = left === 0;
    more.textContent = "再看 " + Math.min(STEP, left) + " 篇";
    return items;
  }

  function say(parts) { summary.replaceChildren.apply(summary, parts); }
  function count(number) { return make("b", {}, number.toLocaleString("en")); }

  function sayFound(found, left) {
    if (!found) say(["没有找到", make("q", {}, state.q.trim())]);
    else if (left === found) say(["找到 ", count(found), " 篇"]);
    else say(["找到 ", count(left), " 篇，筛选前 ", count(found), " 篇"]);
  }

  function links(title, list) {
    if (!list.length) return null;
    return make("section", { class: "search-instead" }, [
      make("h2", {}, title),
      make("ul", {}, list.map(function (one) {
        const to = address(Object.assign({}, state, { q: one.query }));
        return make("li", {}, [make("a", { href: to }, one.shown), make("small", {}, one.count.toLocaleString("en") + " 篇")]);
      })),
    ]);
  }

  async function suggest(query, total, job) {
    const found = await search.suggest(query, total, job);
    if (job.isStale()) return;
    const sections = [
      links(total ? "按拼音，也可以搜" : "改搜", found.spellings),
      links("少用几个词", found.fewer),
      links("其中找得到的", found.parts),
      !total && !found.spellings.length && !found.fewer.length && !found.parts.length
        ? make("p", { class: "nothing" }, "换一个词试试，或者少写几个字。") : null,
    ];
    other.replaceChildren.apply(other, sections.filter(Boolean));
  }

  function empty() {
    current = { pages: new Uint32Array(0), shown: 0, words: [] };
    results.replaceChildren();
    other.replaceChildren();
    narrow.hidden = true;
    more.hidden = true;
    clear.hidden = true;
    help.hidden = false;
    say([]);
    place.classList.remove("search-on");
    document.title = pageTitle;
    settle(0);
  }

  function failed(error) {
    const isOld = /^format/.test(error && error.message);
    results.replaceChildren();
    narrow.hidden = true;
    more.hidden = true;
    say([isOld ? "页面已经更新，请刷新后再搜。" : "搜索的数据没有读到，请检查网络，或者看文件夹是否完整。"]);
    other.replaceChildren(make("p", { class: "search-again" }, make("button", {
      type: "button",
      onclick: function () { if (isOld) location.reload(); else start(0); },
    }, isOld ? "刷新" : "再试一次")));
    place.classList.remove("search-busy");
  }

  /** Reads the index, once. */
  function open() {
    if (!opened) {
      opened = data.open(place.getAttribute("data-index"), run).then(search.filters.open);
      opened.catch(function () { opened = null; });
    }
    return opened;
  }

  function wordsOf(query) { return query.words.map(function (word) { return word.text; }); }

  /** Shows the first pages of an answer while others are still being looked into. */
  async function showFirst(pages, job) {
    if (job.isStale()) return;
    const left = search.filters.apply(pages, search.filters.chosen(state)).pages;
    current = { pages: left, shown: 0, words: wordsOf(search.parse(state.q)) };
    help.hidden = true;
    await show(STEP, false, job).catch(function () {});
    if (!job.isOver) more.hidden = true;
  }

  /** Answers what the state asks, and shows so many results. */
  async function answer(shown, job) {
    await open();
    const query = search.parse(state.q);
    const found = await search.answer(query, job);
    job.isOver = true;
    const chosen = search.filters.chosen(state);
    const left = search.filters.apply(found, chosen);
    current = { pages: left.pages, shown: 0, words: wordsOf(query) };
    await show(Math.max(STEP, shown), false, job);
    sayFound(found.length, left.pages.length);
    if (narrow.hidden) narrow.open = isWide();
    narrow.hidden = !found.length;
    clear.hidden = !chosen.some(Boolean);
    help.hidden = true;
    place.classList.add("search-on");
    search.filters.show(document.getElementById("search-kinds"), left.counts, chosen, choose);
    document.title = state.q.trim() + " - " + pageTitle;
    settle(left.pages.length);
    if (!found.length || search.isLatin(query)) await suggest(query, found.length, job); else other.replaceChildren();
  }

  function start(shown) {
    const mine = ++turn;
    clearTimeout(timer);
    if (!state.q.trim()) {
      empty();
      return;
    }
    busy();
    const job = {
      isStale: function () { return mine !== turn; },
      progress: function (done, all, found) {
        if (mine === turn) say(["已找到 ", count(found), " 篇，还有 ", count(all - done), " 篇正在核对"]);
      },
      partial: function (pages) { showFirst(pages, job); },
    };
    answer(shown, job).catch(function (error) {
      if (mine !== turn || error instanceof search.Stale) return;
      failed(error);
    });
  }

  // ---- What the reader does.

  /** Whether filters have room beside the results; in rem, as the style sheet has it. */
  function isWide() {
    return document.body.clientWidth >= 60 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  function isTouch() { return matchMedia("(pointer: coarse)").matches; }

  /** What follows typing; a first letter is a step in the history, the next ones are not. */
  function typed() {
    state.q = field.value;
    write(!isTyping);
    isTyping = true;
    start(0);
  }

  function choose(key, name) {
    state[key] = name;
    isTyping = false;
    write(true);
    start(0);
  }

  function changed(pause) {
    clearTimeout(timer);
    if (field.value.trim()) busy();
    timer = setTimeout(typed, pause);
  }
  let lastInput = -Infinity;
  field.addEventListener("input", function (event) {
    // Letters of a word that is being put together are no query yet.
    if (event.isComposing) return;
    // Who types letter by letter is waited for; a first letter, or what was pasted, is not.
    const isTypingOn = event.timeStamp - lastInput < 4 * PAUSE;
    lastInput = event.timeStamp;
    changed(isTypingOn ? PAUSE : 0);
  });
  // A word that was put together is whole: nothing is waited for.
  field.addEventListener("compositionend", function () { changed(0); });

  document.getElementById("search-form").addEventListener("submit", function (event) {
    event.preventDefault();
    if (field.value !== state.q) typed();
    isTyping = false;
    // On a phone the keyboard would cover the results.
    if (isTouch()) field.blur();
  });

  clear.addEventListener("click", function () {
    FILTERS.forEach(function (key) { state[key] = null; });
    isTyping = false;
    write(true);
    start(0);
    field.focus();
  });

  more.addEventListener("click", function () {
    const mine = turn;
    busy();
    show(current.shown + STEP, true, { isStale: function () { return mine !== turn; } }).then(function (items) {
      remember(current.shown);
      settle(current.pages.length);
      items[0].querySelector("a").focus({ preventScroll: true });
    }).catch(function (error) { if (mine === turn && !(error instanceof search.Stale)) failed(error); });
  });

  function move(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const all = Array.from(results.querySelectorAll("li > a"));
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length && (at >= 0 || document.activeElement === field)) {
      const next = all[at + 1] || (more.hidden ? null : more);
      if (next) next.focus();
    } else if (event.key === "ArrowUp" && (at >= 0 || document.activeElement === more)) {
      const before = at >= 0 ? all[at - 1] : all[all.length - 1];
      (before || field).focus();
    } else if (event.key === "Escape" && document.activeElement === field && field.value) {
      field.value = "";
      typed();
    } else if (event.key === "Escape" && at >= 0) {
      field.focus();
      field.select();
    } else {
      return;
    }
    event.preventDefault();
  }
  place.addEventListener("keydown", move);

  function fromAddress() {
    state = read();
    isTyping = false;
    field.value = state.q;
    const kept = history.state && history.state.shown;
    start(typeof kept === "number" ? kept : 0);
  }
  window.addEventListener("hashchange", function () {
    // “跳到正文” and its like ask for nothing.
    if (location.hash.length < 2 || location.hash.indexOf("=") > 0) fromAddress();
  });
  // A suggestion is gone once it is followed: the next keys go to the field.
  other.addEventListener("click", function (event) {
    if (event.target.closest("a, button") && !isTouch()) field.focus({ preventScroll: true });
  });

  place.hidden = false;
  fromAddress();
  // Where there is nothing to read yet, typing comes first; and what it needs is fetched meanwhile.
  if (!state.q) {
    field.focus();
    open().catch(function () {});
  }
})(this);
