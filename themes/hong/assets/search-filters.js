// The search, part 5: filters by column, year and park. Beside each choice stands how many of the pages found
// it would leave, the other choices kept; what would leave none is not offered.
"use strict";
(function (global) {
  const search = global.hongtuSearch;
  /** So many choices stand as a list; more are a menu. */
  const LISTED = 8;
  const KINDS = [
    { key: "column", words: "栏目" },
    { key: "year", words: "年份" },
    { key: "park", words: "园区" },
  ];
  const filters = search.filters = {};
  let facets = null;

  /** By kind: for every page its choice; and the choices, each with its name in the address and in words. */
  function columnOf(kind) { return facets[kind.key]; }

  filters.open = function () {
    facets = search.data.facets;
    const folder = function (path) { return path.replace(/\/?index\.html$/, ""); };
    const years = Array.from(new Set(facets.year)).sort(function (one, two) { return two - one; });
    KINDS[0].choices = facets.columns.map(function (column, number) {
      return { value: number, name: folder(column.path), words: column.title };
    });
    KINDS[1].choices = years.map(function (year) {
      return { value: year, name: year ? String(year) : "none", words: year ? year + " 年" : "不标日期" };
    });
    KINDS[2].choices = facets.parks.map(function (title, number) {
      return { value: number + 1, name: title, words: title };
    });
  };

  /** Choices by their names in the address: `{column, year, park}`; null for none, and for what there is not. */
  filters.chosen = function (names) {
    return KINDS.map(function (kind) {
      return kind.choices.find(function (choice) { return choice.name === names[kind.key]; }) || null;
    });
  };

  /** The pages that pass, and by kind and choice how many it would leave. */
  filters.apply = function (pages, chosen) {
    const counts = KINDS.map(function () { return []; });
    const columns = KINDS.map(columnOf);
    const passing = pages.filter(function (page) {
      // A page counts for a choice of one kind when the other kinds let it pass.
      let failures = 0;
      let failed = -1;
      for (let k = 0; k < KINDS.length; k++) {
        if (chosen[k] && columns[k][page] !== chosen[k].value) {
          failures++;
          failed = k;
        }
      }
      for (let k = 0; k < KINDS.length && failures < 2; k++) {
        const value = columns[k][page];
        if (!failures || failed === k) counts[k][value] = (counts[k][value] || 0) + 1;
      }
      return !failures;
    });
    return { pages: passing, counts: counts };
  };

  /** What a page says of itself by kind, in words: column and park. */
  filters.words = function (page) {
    const park = facets.park[page];
    return { column: facets.columns[facets.column[page]].title, park: park ? facets.parks[park - 1] : "" };
  };

  function list(kind, choices, chosen, choose) {
    return search.make("ul", {}, choices.map(function (choice) {
      const isChosen = choice === chosen;
      const button = search.make("button", {
        type: "button", "aria-pressed": String(isChosen), "data-key": kind.key, "data-name": choice.name,
        onclick: function () { choose(kind.key, isChosen ? null : choice.name); },
      }, [search.make("span", {}, choice.words), search.make("small", {}, choice.count)]);
      return search.make("li", {}, button);
    }));
  }

  function menu(kind, choices, chosen, choose) {
    const field = search.make("select", {
      "aria-label": kind.words, "data-key": kind.key,
      onchange: function () { choose(kind.key, field.value || null); },
    }, [search.make("option", { value: "" }, "不限")].concat(choices.map(function (choice) {
      return search.make("option", { value: choice.name, selected: choice === chosen }, choice.words + "（" + choice.count + "）");
    })));
    return field;
  }

  /**
   * The controls for a result, anew: they are few. `choose(key, name)` is called with what the reader chose,
   * null to take a choice back.
   */
  filters.show = function (place, counts, chosen, choose) {
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const groups = KINDS.map(function (kind, k) {
      const choices = kind.choices.map(function (choice) {
        return Object.assign(choice, { count: counts[k][choice.value] || 0 });
      }).filter(function (choice) { return choice.count || choice === chosen[k]; });
      if (choices.length < 2 && !chosen[k]) return null;
      const isMenu = kind.choices.length > LISTED;
      if (isMenu && kind.key === "park") choices.sort(function (one, two) { return two.count - one.count || one.value - two.value; });
      return search.make("section", { class: "search-kind" }, [
        search.make("h2", {}, kind.words), (isMenu ? menu : list)(kind, choices, chosen[k], choose),
      ]);
    });
    place.replaceChildren.apply(place, groups.filter(Boolean));
    if (!focused) return;
    const same = Array.from(place.querySelectorAll("[data-key]")).find(function (one) {
      return one.getAttribute("data-key") === focused.getAttribute("data-key") &&
        one.getAttribute("data-name") === focused.getAttribute("data-name");
    });
    if (same) same.focus();
  };
})(this);
