// The map, part 10: filters. They act on map and list together and say how many remain. A control of theirs
// shows beside each choice how many points it would leave, the other choices kept.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const make = map.make;
  /** Kinds of filters: the name in the address, in words, and the sheet's column of choices. */
  const KINDS = [
    { key: "category", words: "类别", of: "categories", many: true },
    { key: "tier", words: "层级", of: "tiers", many: true },
    { key: "park", words: "园区", of: "parks" },
    { key: "city", words: "城市", of: "cities" },
    { key: "tag", words: "标签", of: "tags", column: "tags" },
  ];
  const filters = map.filters = { text: "", chosen: { category: [], tier: [], park: [], city: [], tag: [] } };
  let controls = {};
  let typing = 0;
  let current = 0;

  filters.isActive = function () {
    return Boolean(filters.text.trim()) || KINDS.some(function (kind) { return filters.chosen[kind.key].length; });
  };

  function nameOf(kind, number) {
    const choice = data.sheet[kind.of][number];
    return choice.title || choice;
  }

  /** Letters without case and width: ＡＢ and ab are the same. */
  function fold(text) { return text.normalize("NFKC").toLowerCase(); }

  // What the free text is looked up in, made once a piece and only when somebody searches.
  function prepare(piece) {
    const sheet = data.sheet;
    piece.folded = piece.title.map(function (title, i) {
      const park = sheet.parks[piece.park[i]];
      const city = sheet.cities[piece.city[i]];
      return fold([
        title, piece.address[i] || "", piece.services[i] || "", sheet.categories[piece.category[i]] || "",
        sheet.tiers[piece.tier[i]] || "", park ? park.title : "", city ? city.title : "",
        piece.tags[i].map(function (tag) { return sheet.tags[tag]; }).join(" "),
      ].join("\n"));
    });
  }

  function pass() {
    const words = fold(filters.text).split(/\s+/).filter(Boolean);
    const passes = new Uint8Array(data.total);
    const counts = KINDS.map(function () { return []; });
    const chosen = KINDS.map(function (kind) {
      const list = filters.chosen[kind.key];
      if (!list.length) return null;
      const set = [];
      list.forEach(function (number) { set[number] = true; });
      return set;
    });
    data.pieces.forEach(function (piece) {
      for (let i = 0; i < piece.slug.length; i++) {
        if (words.length) {
          const text = piece.folded[i];
          let isFound = true;
          for (let k = 0; k < words.length && isFound; k++) isFound = text.indexOf(words[k]) >= 0;
          if (!isFound) continue;
        }
        // A point counts for a choice of one kind when all other kinds let it pass.
        let failed = -1;
        let failures = 0;
        for (let k = 0; k < KINDS.length; k++) {
          if (!chosen[k]) continue;
          const value = KINDS[k].column ? piece.tags[i] : piece[KINDS[k].key][i];
          const fits = KINDS[k].column ? value.some(function (tag) { return chosen[k][tag]; }) : chosen[k][value];
          if (!fits) {
            failures++;
            failed = k;
          }
        }
        if (!failures) passes[piece.start + i] = 1;
        if (failures > 1) continue;
        for (let k = 0; k < KINDS.length; k++) {
          if (failures && failed !== k) continue;
          if (KINDS[k].column) {
            piece.tags[i].forEach(function (tag) { counts[k][tag] = (counts[k][tag] || 0) + 1; });
          } else {
            const value = piece[KINDS[k].key][i];
            counts[k][value] = (counts[k][value] || 0) + 1;
          }
        }
      }
    });
    return { passes: passes, counts: counts };
  }

  function showCounts(counts) {
    KINDS.forEach(function (kind, k) {
      const control = controls[kind.key];
      if (!control) return;
      control.counts.forEach(function (write, number) { write(counts[k][number] || 0); });
    });
  }

  function say(words) { controls.status.textContent = words; }

  /** How many points remain. */
  filters.remaining = function () { return data.remaining(0, data.total); };

  function show() {
    const isActive = filters.isActive();
    const left = filters.remaining();
    say(isActive ? data.total + " 处中的 " + left + " 处" : "共 " + data.total + " 处");
    controls.clear.hidden = !isActive;
    const number = KINDS.reduce(function (sum, kind) { return sum + filters.chosen[kind.key].length; }, 0);
    controls.open.textContent = number ? "筛选 · " + number : "筛选";
    KINDS.forEach(function (kind) {
      if (controls[kind.key]) controls[kind.key].write(filters.chosen[kind.key]);
    });
  }

  /** Applies what is chosen. `from` is "reader", or "link" when the address says it; "open" when the address
   *  doesn't say where to look: then the map shows what passes. */
  filters.apply = function (from) {
    const turn = ++current;
    const isActive = filters.isActive();
    function finish(result) {
      data.setPasses(isActive ? result.passes : null);
      if (result) showCounts(result.counts);
      show();
      map.tell("filtered", from);
      if (map.drawn.level === null) return;
      map.redraw(map.drawn.level);
      if (from === "open" && isActive && filters.remaining()) map.fitPoints(data.passing(0, data.total));
      if (from === "reader") {
        keepInView();
        map.remember(true);
      }
    }
    if (!isActive && !data.complete()) {
      finish(null);
      return;
    }
    if (!data.complete()) say("正在读入全部点位……");
    data.needAll(function () {
      const missing = filters.text.trim() ? data.pieces.filter(function (piece) { return !piece.folded; }) : [];
      (function next() {
        if (turn !== current) return;
        const piece = missing.pop();
        if (!piece) {
          finish(pass());
          return;
        }
        prepare(piece);
        if (missing.length) setTimeout(next, 0); else next();
      })();
    }, function () { say("没有读到全部点位，筛选没有生效。请检查文件是否完整，再试一次。"); });
  };

  // What passes and lies outside the view would look like nothing: the map goes there.
  function keepInView() {
    if (!data.passes || !filters.remaining()) return;
    const view = map.view;
    const isSeen = map.drawn.order.some(function (item) {
      const at = view.toScreen(item.baseX, item.baseY);
      return at[0] > 0 && at[0] < view.width && at[1] > 0 && at[1] < view.height;
    });
    if (!isSeen) map.fitPoints(data.passing(0, data.total));
  }

  filters.clear = function () {
    filters.text = "";
    controls.text.value = "";
    KINDS.forEach(function (kind) { filters.chosen[kind.key] = []; });
    filters.apply("reader");
  };

  // ---- The address: names, not numbers, so that a link outlives the next build.
  filters.write = function (parts) {
    if (filters.text.trim()) parts.push(["q", filters.text.trim()]);
    KINDS.forEach(function (kind) {
      filters.chosen[kind.key].forEach(function (number) { parts.push([kind.key, nameOf(kind, number)]); });
    });
  };
  filters.read = function (values) {
    filters.text = (values.q || [""])[0];
    controls.text.value = filters.text;
    KINDS.forEach(function (kind) {
      filters.chosen[kind.key] = (values[kind.key] || []).map(function (name) {
        return data.sheet[kind.of].findIndex(function (choice) { return (choice.title || choice) === name; });
      }).filter(function (number) { return number >= 0; });
    });
  };

  // ---- Controls.
  function chips(kind) {
    const inputs = [];
    const counts = [];
    const list = data.sheet[kind.of].map(function (choice, number) {
      const count = make("span", { class: "map-count" });
      const input = make("input", {
        type: "checkbox", name: "map-" + kind.key,
        onchange: function () {
          filters.chosen[kind.key] = inputs.map(function (one, i) { return one.checked ? i : -1; })
            .filter(function (i) { return i >= 0; });
          filters.apply("reader");
        },
      });
      inputs.push(input);
      counts.push(function (left) {
        count.textContent = left;
        label.classList.toggle("map-chip-empty", !left);
      });
      const label = make("label", { class: "map-chip" }, [input, make("span", {}, nameOf(kind, number)), count]);
      return label;
    });
    controls[kind.key] = {
      counts: counts,
      write: function (chosen) { inputs.forEach(function (input, i) { input.checked = chosen.indexOf(i) >= 0; }); },
    };
    return make("fieldset", { class: "map-chips" }, [make("legend", {}, kind.words)].concat(list));
  }

  function select(kind) {
    const id = "map-filter-" + kind.key;
    const options = data.sheet[kind.of].map(function (choice, number) {
      return make("option", { value: number }, nameOf(kind, number));
    });
    const field = make("select", {
      id: id,
      onchange: function () {
        filters.chosen[kind.key] = field.value === "" ? [] : [Number(field.value)];
        filters.apply("reader");
      },
    }, [make("option", { value: "" }, "不限")].concat(options));
    controls[kind.key] = {
      counts: options.map(function (option, number) {
        return function (left) { option.textContent = nameOf(kind, number) + "（" + left + "）"; };
      }),
      write: function (chosen) { field.value = chosen.length ? String(chosen[0]) : ""; },
    };
    return make("p", { class: "map-field" }, [make("label", { for: id }, kind.words), field]);
  }

  /** Builds the controls; gives the bar (with room for more buttons), the panel and the line of the count. */
  map.openFilters = function () {
    const sheet = data.sheet;
    const shown = KINDS.filter(function (kind) { return sheet[kind.of].length > 1; });
    const panel = make("div", { class: "map-filters", id: "map-filters", hidden: true },
      shown.filter(function (kind) { return kind.many; }).map(chips).concat(
        make("div", { class: "map-fields" }, shown.filter(function (kind) { return !kind.many; }).map(select))
      ));
    controls.text = make("input", {
      type: "search", id: "map-text", autocomplete: "off", enterkeyhint: "search", placeholder: "名称、地址、园区、功能",
      oninput: function () {
        clearTimeout(typing);
        typing = setTimeout(function () {
          filters.text = controls.text.value;
          filters.apply("reader");
        }, 180);
      },
    });
    controls.open = make("button", {
      type: "button", class: "map-plain", "aria-expanded": "false", "aria-controls": "map-filters",
      onclick: function () {
        panel.hidden = !panel.hidden;
        controls.open.setAttribute("aria-expanded", String(!panel.hidden));
        if (!panel.hidden && data.complete()) showCounts(pass().counts);
        if (!panel.hidden) data.needAll(function () { showCounts(pass().counts); });
      },
    }, "筛选");
    controls.status = make("p", { class: "map-status", role: "status", id: "map-status" });
    controls.clear = make("button", { type: "button", class: "map-quiet", hidden: true, onclick: filters.clear }, "清除筛选");
    return {
      bar: make("div", { class: "map-bar", role: "search", "aria-label": "在图上和名单里找" }, [
        make("label", { class: "visually-hidden", for: "map-text" }, "在名称、地址、园区、功能、类别和标签里找"),
        controls.text, shown.length ? controls.open : null,
      ]),
      panel: panel,
      line: make("div", { class: "map-line" }, [controls.status, controls.clear]),
    };
  };
})();
