// The search, part 1: its data. Every part of the search's script hangs on the one global `hongtuSearch`.
// The data come as classic scripts, because a page opened from a disk may not fetch: each file calls
// `hongtuSearch.receive(path, content)` once, and is asked for only when something needs it.
//
// This part and search-answer.js and search-suggest.js touch no document: who runs them gives a function
// that makes the script of a file run, and a test can run them as they are shipped.
"use strict";
(function (global) {
  const search = global.hongtuSearch = {};
  const data = search.data = { index: null, total: 0, facets: null };

  /** The form of the data that this script reads. */
  const FORMAT = 1;
  const BETWEEN = "\u007f";
  /** So many files are kept, those used last; and so many pages in lists that have been read. */
  const FILES = 480;
  const LISTED = 2000000;

  // ---- Files.

  const files = new Map();
  const arrivals = new Map();
  let load = null;

  /** Called by the data files. */
  search.receive = function (path, content) {
    if (arrivals.has(path)) arrivals.get(path)(content);
  };

  /** The content of a file, as `made` from what came. */
  function file(path, made) {
    let promise = files.get(path);
    if (!promise) {
      promise = new Promise(function (resolve, reject) {
        arrivals.set(path, function (content) { resolve(made(content)); });
        // The script has run by then, so this does nothing unless it did not say what it had to.
        load(path).then(function () { reject(new Error(path)); }, reject);
      });
      const settled = function () { arrivals.delete(path); };
      promise.then(settled, function () {
        settled();
        files.delete(path);
      });
    }
    files.delete(path);
    files.set(path, promise);
    if (files.size > FILES) files.delete(files.keys().next().value);
    return promise;
  }
  /** Any other file: `content` as it came. */
  data.file = function (path) { return file(path, function (content) { return content; }); };

  /** The last place in a sorted array that is not after what is looked for; -1 before the first. */
  function lastNotAfter(array, isAfter) {
    let low = -1;
    let high = array.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isAfter(array[middle])) high = middle - 1; else low = middle;
    }
    return low;
  }

  /** The order of code points, as the files have it; a string's own order is that of its UTF-16 units. */
  function compare(one, two) {
    const length = Math.min(one.length, two.length);
    for (let i = 0; i < length; i++) {
      let left = one.charCodeAt(i);
      let right = two.charCodeAt(i);
      if (left === right) continue;
      // Surrogates stand for what comes after all others.
      if (left >= 0xd800 && right >= 0xd800) {
        left += left < 0xe000 ? 0x2000 : 0;
        right += right < 0xe000 ? 0x2000 : 0;
      }
      return left - right;
    }
    return one.length - two.length;
  }

  // ---- Letters that readers take for the same.

  const SPACE = 0x20;
  const folds = new Map();
  const known = new Uint32Array(0x10000);

  function isSpace(code) {
    return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
      code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
  }

  function foldOne(code) {
    const narrow = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
    if (isSpace(narrow)) return SPACE;
    if (folds.has(narrow)) return folds.get(narrow);
    const lower = String.fromCodePoint(narrow).toLowerCase();
    const first = lower.codePointAt(0);
    return lower.length === (first > 0xffff ? 2 : 1) ? first : narrow;
  }

  function fold(code) {
    if (code > 0xffff) return foldOne(code);
    return known[code] || (known[code] = foldOne(code));
  }

  /** Whether a letter is a Han character. */
  data.isHan = function (code) {
    return (code >= 0x3400 && code <= 0x9fff) || code === 0x3005 || code === 0x3007 ||
      (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff);
  };

  /** Whether white space ends a word here. */
  data.isSpace = isSpace;

  /**
   * A text as the index has it: letters folded, white space beside a Han character left out, other white
   * space one space. `at` says for every unit of it where in the text it stands.
   */
  data.fold = function (text) {
    const at = [];
    let folded = "";
    let isPending = false;
    let isLastHan = false;
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i);
      const letter = fold(code);
      if (letter === SPACE) {
        isPending = true;
      } else {
        const isHan = data.isHan(letter);
        if (isPending && folded && !isHan && !isLastHan) {
          folded += " ";
          at.push(i - 1);
        }
        isPending = false;
        isLastHan = isHan;
        folded += letter > 0xffff ? String.fromCodePoint(letter) : String.fromCharCode(letter);
        at.push(i);
        if (letter > 0xffff) at.push(i);
      }
      if (code > 0xffff) i++;
    }
    return { text: folded, at: at };
  };

  // ---- Lists of pages: bits in base 64. How they are written stands in render/search/page_lists.rs.

  const DIGITS = new Uint8Array(128);
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").forEach(function (digit, value) {
    DIGITS[digit.charCodeAt(0)] = value;
  });

  function Bits(text) {
    this.text = text;
    this.next = 0;
    this.value = 0;
    this.left = 0;
  }
  Bits.prototype.bit = function () {
    if (this.left === 0) {
      if (this.next >= this.text.length) throw new Error("a list ends early");
      this.value = DIGITS[this.text.charCodeAt(this.next++)];
      this.left = 6;
    }
    this.left--;
    return this.value >> this.left & 1;
  };
  Bits.prototype.number = function (width) {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 2 + this.bit();
    return value;
  };
  Bits.prototype.gamma = function () {
    let zeros = 0;
    while (this.bit() === 0) zeros++;
    return Math.pow(2, zeros) + this.number(zeros);
  };
  Bits.prototype.rice = function (parameter) {
    let ones = 0;
    while (this.bit() === 1) ones++;
    return (ones << parameter) + this.number(parameter);
  };

  /** The pages of a list, sorted, each as four times its number and its class. */
  function listOf(text, total) {
    const bits = new Bits(text);
    if (bits.bit()) {
      const kind = bits.number(2);
      return Uint32Array.of(bits.number(Math.max(1, 32 - Math.clz32(total - 1))) * 4 + kind);
    }
    const found = [];
    let classes = 0;
    for (let kind = 0; kind < 4; kind++) {
      const form = bits.number(2);
      if (form === 0) continue;
      classes++;
      if (form === 1) {
        const count = bits.gamma();
        const parameter = bits.number(4);
        for (let i = 0, page = 0; i < count; i++, page++) {
          page += bits.rice(parameter);
          found.push(page * 4 + kind);
        }
      } else {
        for (let page = 0; page < total; page++) if (bits.bit()) found.push(page * 4 + kind);
      }
    }
    const list = Uint32Array.from(found);
    return classes > 1 ? list.sort() : list;
  }
  data.listOf = listOf;

  /** Small numbers, one a page: `"2:AAAB…"` has two digits of base 64 for each. */
  function column(text, total) {
    const start = text.indexOf(":") + 1;
    const width = Number(text.slice(0, start - 1));
    const numbers = new Uint32Array(total);
    for (let i = 0; i < total; i++) {
      for (let k = 0; k < width; k++) numbers[i] = numbers[i] * 64 + DIGITS[text.charCodeAt(start + i * width + k)];
    }
    return numbers;
  }

  // ---- The index.

  /**
   * Reads the index. `run(path)` makes the script of a file run, and gives a promise that is kept when it
   * has run and broken when there is none.
   */
  data.open = async function (path, run) {
    load = run;
    const index = await data.file(path);
    if (index.format !== FORMAT) throw new Error("format " + index.format);
    const letters = Array.from(index.folds);
    folds.clear();
    known.fill(0);
    for (let i = 0; i < letters.length; i += 2) folds.set(letters[i].codePointAt(0), letters[i + 1].codePointAt(0));
    const total = index.total;
    const year = new Uint16Array(total);
    let page = 0;
    index.facets.years.forEach(function (run) {
      year.fill(run[0], page, page + run[1]);
      page += run[1];
    });
    data.total = total;
    data.toVerify = index.toVerify;
    data.longest = index.longest;
    data.suggest = index.suggest || null;
    data.facets = {
      columns: index.facets.columns,
      column: column(index.facets.column, total),
      parks: index.facets.parks,
      park: column(index.facets.park, total),
      year: year,
      length: column(index.facets.length, total),
    };
    data.index = {
      first: index.grams.first.split(BETWEEN),
      grams: index.grams.file.split(","),
      start: index.texts.start,
      texts: index.texts.file.split(","),
    };
  };

  // ---- Grams.

  /** The lists that have been read, those used last. */
  const lists = new Map();
  let listed = 0;

  function keep(gram, list) {
    lists.set(gram, list);
    listed += list.length;
    while (listed > LISTED && lists.size > 1) {
      const oldest = lists.keys().next().value;
      listed -= lists.get(oldest).length;
      lists.delete(oldest);
    }
    return list;
  }

  function fileOf(gram) {
    return lastNotAfter(data.index.first, function (first) { return compare(first, gram) > 0; });
  }

  /**
   * The grams of a file. Each is written without what it shares with the one before: a digit, which is eight
   * times the number of shared letters and one less than the number of letters that follow, and those letters.
   */
  function keysOf(text) {
    const units = Array.from(text);
    const keys = [];
    let letters = [];
    for (let at = 0; at < units.length;) {
      const digit = DIGITS[units[at].charCodeAt(0)];
      const end = at + 2 + (digit & 7);
      letters = letters.slice(0, digit >> 3).concat(units.slice(at + 1, end));
      keys.push(letters.join(""));
      at = end;
    }
    return keys;
  }

  function gramsFile(number) {
    return file("data/search/grams-" + data.index.grams[number] + ".js", function (content) {
      return { keys: keysOf(content.keys), lists: content.lists.split(",") };
    });
  }

  /** Loads what may hold these grams; `has` then says which are stored, `list` gives their pages. */
  data.lists = async function (grams) {
    const numbers = Array.from(new Set(grams.map(fileOf))).filter(function (number) { return number >= 0; });
    const loaded = await Promise.all(numbers.map(gramsFile));
    const byNumber = new Map(numbers.map(function (number, i) { return [number, loaded[i]]; }));
    function place(gram) {
      const part = byNumber.get(fileOf(gram));
      if (!part) return null;
      const at = lastNotAfter(part.keys, function (key) { return compare(key, gram) > 0; });
      return at >= 0 && part.keys[at] === gram ? part.lists[at] : null;
    }
    return {
      has: function (gram) { return lists.has(gram) || place(gram) !== null; },
      list: function (gram) {
        const list = lists.get(gram);
        if (!list) return keep(gram, listOf(place(gram), data.total));
        lists.delete(gram);
        lists.set(gram, list);
        return list;
      },
    };
  };

  // ---- Texts.

  function pageOf(columns, number) {
    const passages = columns[3].map(function (passage) {
      let folded = null;
      return {
        class: passage[0],
        text: passage[1],
        anchor: passage[2] || null,
        folded: function () { return folded || (folded = data.fold(passage[1])); },
      };
    });
    return {
      number: number,
      path: columns[0],
      title: columns[1].replace(/␟/g, ""),
      date: columns[2],
      passages: passages,
      /** Whether a folded text stands somewhere on the page. */
      holds: function (text) {
        return passages.some(function (passage) { return passage.folded().text.indexOf(text) >= 0; });
      },
    };
  }

  /** A page with its texts. */
  data.page = async function (number) {
    const at = lastNotAfter(data.index.start, function (start) { return start > number; });
    const pages = await file("data/search/texts-" + data.index.texts[at] + ".js", function (content) {
      return content.pages.map(function (columns, i) { return pageOf(columns, content.start + i); });
    });
    return pages[number - data.index.start[at]];
  };
})(this);
