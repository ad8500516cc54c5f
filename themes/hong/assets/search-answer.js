// The search, part 2: from words to pages.
//
// A query is words between white space; a page is found when all of them stand on it, just so. `"…"` is one
// word, white space and all (“…” too, where there is white space in it; else these marks are letters). A word
// after `-` must not stand on the page, as long as there is another word that must.
//
// For one word without white space, of k letters:
//   k = 1: its pages are stored.
//   k ≥ 2: the index stores the pages of all pairs of letters, and of those longer grams that need it. The
//     pages that all stored grams within the word share are its candidates: whatever holds the word is among
//     them. A pair that is not stored stands nowhere, nor does the word. Then
//     – the word itself is stored: the candidates are the answer;
//     – k is at most the longest gram and there are T candidates or more: they are the answer, or the word
//       stands nowhere (the theorem in derive/search/grams.rs). One look into any one text says which;
//     – else: the texts of the candidates say which of them hold it.
// A word with white space in it is looked for in the texts of the pages that hold all its parts.
// So every answer is exact, whatever the word is.
//
// The order of the pages:
//   1. of several words: first the pages where they follow one another as they were typed (where only texts
//      can say so of more than 16 pages: what the lists say, and the texts of the best 16);
//   2. the greater sum over the words, and over pairs of neighbours written as one word, of
//      weight · log2(1 + all pages ÷ pages of the word), where the weight is 8 for a word in the title, 4 in
//      names (headings, tags, organisations, parks), 2 for three times or more in the text, 1 in the text;
//      that sum times 16 ÷ (16 + s), where the page has about 4 to the power of s letters;
//   3. the newer page.
// A word that is not stored counts by the weakest of the stored grams that it is made of.
"use strict";
(function (global) {
  const search = global.hongtuSearch;
  const data = search.data;

  const WEIGHTS = [8, 4, 2, 1];
  /** No class: the word is not on the page. */
  const NOWHERE = 4;
  const EMPTY = new Uint32Array(0);
  /** So many texts are asked for at a time. */
  const BATCH = 24;
  /** Where only texts can say whether words follow one another, so many of the best pages are looked into. */
  const BEST = 16;
  /** When so many are known, they can be shown while the others are looked into. */
  const FIRST = 10;

  const QUOTES = { "\"": "\"", "＂": "＂", "“": "”", "「": "」" };

  // ---- Queries.

  function isSpace(letter) { return data.isSpace(letter.charCodeAt(0)); }

  /** The end of a quotation that begins here and ends where a word ends; -1 if there is none. */
  function endOfQuotation(text, start) {
    const close = QUOTES[text.charAt(start)];
    if (!close) return -1;
    for (let i = start + 1; i < text.length; i++) {
      if (text.charAt(i) !== close) continue;
      if (i + 1 < text.length && !isSpace(text.charAt(i + 1))) continue;
      const inner = text.slice(start + 1, i);
      const isPlain = close === "\"" || close === "＂";
      return data.fold(inner).text && (isPlain || Array.from(inner).some(isSpace)) ? i : -1;
    }
    return -1;
  }

  /** What a reader typed, as words that must stand on a page and words that must not. */
  search.parse = function (text) {
    const words = [];
    const excluded = [];
    for (let i = 0; i < text.length;) {
      if (isSpace(text.charAt(i))) {
        i++;
        continue;
      }
      const start = i;
      const isExcluded = (text.charAt(i) === "-" || text.charAt(i) === "－") && i + 1 < text.length && !isSpace(text.charAt(i + 1));
      if (isExcluded) i++;
      const end = endOfQuotation(text, i);
      let inner;
      if (end >= 0) {
        inner = text.slice(i + 1, end);
        i = end + 1;
      } else {
        const from = i;
        while (i < text.length && !isSpace(text.charAt(i))) i++;
        inner = text.slice(from, i);
      }
      const word = { text: data.fold(inner).text, typed: text.slice(start, i), shown: inner.trim() };
      const list = isExcluded ? excluded : words;
      if (!list.some(function (other) { return other.text === word.text; })) list.push(word);
    }
    // Nothing but words that must not be there: then the sign was meant as it stands.
    if (!words.length) {
      return {
        words: excluded.map(function (word) { return { text: data.fold(word.typed).text, typed: word.typed, shown: word.typed }; }),
        excluded: [],
      };
    }
    return { words: words, excluded: excluded };
  };

  /** The words as they follow one another. */
  function joined(words) {
    return data.fold(words.map(function (word) { return word.text; }).join(" ")).text;
  }

  // ---- Lists: sorted numbers, each four times a page's number and a class.

  /** The pages of both lists, each with the weaker class. */
  function shared(one, two) {
    const found = new Uint32Array(Math.min(one.length, two.length));
    let count = 0;
    for (let i = 0, k = 0; i < one.length && k < two.length;) {
      const left = one[i] >>> 2;
      const right = two[k] >>> 2;
      if (left === right) {
        found[count++] = Math.max(one[i], two[k]);
        i++;
        k++;
      } else if (left < right) i++; else k++;
    }
    return found.subarray(0, count);
  }

  /** The part of a list whose pages are in another one. */
  function within(list, other) {
    let k = 0;
    return list.filter(function (value) {
      while (k < other.length && other[k] >>> 2 < value >>> 2) k++;
      return k < other.length && other[k] >>> 2 === value >>> 2;
    });
  }

  /** For each of these pages the class that a list gives it. */
  function classesIn(list, pages) {
    const classes = new Uint8Array(pages.length).fill(NOWHERE);
    for (let i = 0, k = 0; i < pages.length && k < list.length;) {
      const page = list[k] >>> 2;
      if (page === pages[i]) classes[i++] = list[k++] & 3;
      else if (page < pages[i]) k++; else i++;
    }
    return classes;
  }

  function pagesOf(list) {
    const pages = new Uint32Array(list.length);
    for (let i = 0; i < list.length; i++) pages[i] = list[i] >>> 2;
    return pages;
  }

  // ---- Words.

  /** All runs of at least two letters that may be stored, and the word itself if it is one letter. */
  function gramsWithin(letters) {
    if (letters.length === 1) return letters.slice();
    const grams = [];
    for (let start = 0; start + 2 <= letters.length; start++) {
      const longest = Math.min(data.longest, letters.length - start);
      for (let length = 2; length <= longest; length++) grams.push(letters.slice(start, start + length).join(""));
    }
    return grams;
  }

  /** The grams to load for a word. */
  function gramsOf(text) {
    return [].concat.apply([], text.split(" ").map(function (part) { return gramsWithin(Array.from(part)); }));
  }

  /** What the lists say of a run of letters: candidates, and what remains to be done with them. */
  function candidatesOfRun(text, reader) {
    const letters = Array.from(text);
    const nothing = { text: text, list: EMPTY, state: "exact" };
    if (letters.length <= 2) {
      return reader.has(text) ? { text: text, list: reader.list(text), state: "exact" } : nothing;
    }
    // The longest stored gram from each letter on; those within another one add nothing.
    const grams = [];
    let furthest = 0;
    for (let start = 0; start + 2 <= letters.length; start++) {
      if (!reader.has(letters[start] + letters[start + 1])) return nothing;
      let length = Math.min(data.longest, letters.length - start);
      while (!reader.has(letters.slice(start, start + length).join(""))) length--;
      if (start + length > furthest) grams.push(letters.slice(start, start + length).join(""));
      furthest = Math.max(furthest, start + length);
    }
    const lists = grams.map(reader.list).sort(function (one, two) { return one.length - two.length; });
    const list = lists.reduce(shared);
    const isFew = list.length < data.toVerify || letters.length > data.longest;
    return { text: text, list: list, state: grams.length === 1 || !list.length ? "exact" : isFew ? "look" : "one" };
  }

  function candidatesOf(text, reader) {
    const runs = text.split(" ").map(function (run) { return candidatesOfRun(run, reader); });
    if (runs.length === 1) return runs[0];
    const list = runs.map(function (run) { return run.list; }).reduce(shared);
    return { text: text, list: list, state: list.length ? "look" : "exact" };
  }

  /** Ends the work on a query that nobody waits for any more. */
  search.Stale = function () {};
  function check(job) {
    if (job && job.isStale && job.isStale()) throw new search.Stale();
  }

  /** Those of these pages whose texts hold all these words, in the same order. */
  async function thatHold(pages, texts, job) {
    const kept = [];
    let isTold = false;
    for (let start = 0; start < pages.length; start += BATCH) {
      const batch = await Promise.all(Array.from(pages.subarray(start, start + BATCH), data.page));
      check(job);
      batch.forEach(function (page) { if (texts.every(page.holds)) kept.push(page.number); });
      const done = start + batch.length;
      if (!job || !job.progress || done >= pages.length) continue;
      job.progress(done, pages.length, kept.length);
      if (!isTold && kept.length >= FIRST) {
        isTold = true;
        if (job.partial) job.partial(Uint32Array.from(kept));
      }
    }
    return Uint32Array.from(kept);
  }

  /** The pages of `list` that hold a word, where `list` is part of the word's candidates. */
  async function settled(word, list, job) {
    if (word.state === "exact" || !list.length) return list;
    if (word.state === "look") {
      const held = new Set(await thatHold(pagesOf(list), [word.text], { isStale: job && job.isStale }));
      return list.filter(function (value) { return held.has(value >>> 2); });
    }
    const page = await data.page(list[0] >>> 2);
    check(job);
    return page.holds(word.text) ? list : EMPTY;
  }

  /** All pages that hold a word, folded as the index has it, as a list with classes. */
  search.pagesWith = async function (text, job) {
    const reader = await data.lists(gramsOf(text));
    check(job);
    const word = candidatesOf(text, reader);
    return settled(word, word.list, job);
  };

  // ---- Answers.

  /** How long a text is as a factor. */
  const LENGTHS = Array.from({ length: 64 }, function (_, length) { return 16 / (16 + (length >> 3)); });

  /** The pages in their order. `parts` are lists with the number of pages that their words have in all. */
  function ranked(pages, parts, isFirst) {
    const counted = parts.map(function (part) {
      const rare = Math.log2(1 + data.total / Math.max(1, part.count));
      const points = WEIGHTS.map(function (weight) { return weight * rare; }).concat(0);
      return { points: points, classes: classesIn(part.list, pages) };
    });
    const length = data.facets.length;
    const keys = new Float64Array(pages.length);
    for (let i = 0; i < pages.length; i++) {
      let sum = 0;
      for (let k = 0; k < counted.length; k++) sum += counted[k].points[counted[k].classes[i]];
      // One number a page, which sorts as it should: what is less comes first.
      const score = Math.min(0xfffff, Math.round(sum * LENGTHS[length[pages[i]]] * 256));
      const tier = isFirst && isFirst[i] !== NOWHERE ? 0 : 0x100000;
      keys[i] = (tier + 0xfffff - score) * 0x2000000 + pages[i];
    }
    keys.sort();
    const found = new Uint32Array(keys.length);
    for (let i = 0; i < keys.length; i++) found[i] = keys[i] - Math.floor(keys[i] / 0x2000000) * 0x2000000;
    return found;
  }

  /** Among the best pages, those that hold a text come first. */
  async function withTextFirst(pages, text, job) {
    const best = await Promise.all(Array.from(pages.subarray(0, BEST), data.page));
    check(job);
    const holds = best.map(function (page) { return page.holds(text); });
    const order = best.map(function (_, i) { return i; });
    order.sort(function (one, two) { return holds[two] - holds[one] || one - two; });
    const found = pages.slice();
    order.forEach(function (from, to) { found[to] = pages[from]; });
    return found;
  }

  /**
   * The pages that a query finds, in their order. `job.isStale()` says that nobody waits any more, and the
   * promise is broken with `Stale`. When many texts have to be looked into, they are in the order of the ranking:
   * `job.progress(done, all, found)` is told how far it is, and `job.partial(pages)` what comes first.
   */
  search.answer = async function (query, job) {
    const phrase = query.words.length > 1 ? joined(query.words) : "";
    const pairs = query.words.slice(1).map(function (word, i) { return joined([query.words[i], word]); });
    const runs = pairs.concat(phrase).filter(function (text, i, all) {
      return text && text.indexOf(" ") < 0 && all.indexOf(text) === i;
    });
    const texts = query.words.concat(query.excluded).map(function (word) { return word.text; });
    const reader = await data.lists([].concat.apply([], texts.concat(runs).map(gramsOf)));
    check(job);
    const words = query.words.map(function (word) { return candidatesOf(word.text, reader); });
    if (!words.length || words.some(function (word) { return !word.list.length; })) return EMPTY;

    // What all words share, without what must not be there.
    const byLength = words.slice().sort(function (one, two) { return one.list.length - two.list.length; });
    let list = byLength.map(function (word) { return word.list; }).reduce(shared);
    for (const excluded of query.excluded) {
      const word = candidatesOf(excluded.text, reader);
      const unwanted = pagesOf(await settled(word, within(list, word.list), job));
      const set = new Set(unwanted);
      if (set.size) list = list.filter(function (value) { return !set.has(value >>> 2); });
    }
    if (!list.length) return EMPTY;

    const together = new Map();
    for (const text of runs) {
      const word = candidatesOf(text, reader);
      const both = within(word.list, list);
      // This is for the order only, for which many texts are too much.
      const isOpen = word.state === "look" && both.length > BEST;
      together.set(text, { list: isOpen ? both : await settled(word, both, job), count: word.list.length, isOpen: isOpen });
    }
    const pages = pagesOf(list);
    const alone = words.map(function (word) { return { list: word.list, count: word.list.length }; });
    const neighbours = pairs.filter(function (text) { return together.has(text); });
    const parts = alone.concat(neighbours.map(function (text) { return together.get(text); }));
    const whole = together.get(phrase);
    let found = ranked(pages, parts, whole ? classesIn(whole.list, pages) : null);

    const unsure = words.filter(function (word) { return word.state === "look"; });
    if (unsure.length) found = await thatHold(found, unsure.map(function (word) { return word.text; }), job);
    if (!found.length) return EMPTY;
    if (phrase && (!whole || whole.isOpen)) found = await withTextFirst(found, phrase, job);

    // The page that is shown first also says whether the words that are all or nothing stand anywhere.
    const allOrNothing = words.filter(function (word) { return word.state === "one"; });
    if (allOrNothing.length) {
      const page = await data.page(found[0]);
      check(job);
      if (!allOrNothing.every(function (word) { return page.holds(word.text); })) return EMPTY;
    }
    return found;
  };
})(this);
