// The search, part 4: what else to look for. What was typed by its sound (zhangjiang, zj, 章江) is led to what
// stands on the site (张江); words that find nothing together are tried with fewer of them; of a word that
// stands nowhere the longest parts that do are offered.
//
// There is no list of names. Readings of characters and pairs of neighbours in titles and names are enough:
// a walk along the pairs finds all runs of characters that sound as wanted, and the index itself says on how
// many pages each stands. So a suggestion always leads somewhere. The work is bounded, and its order fixed.
"use strict";
(function (global) {
  const search = global.hongtuSearch;
  const data = search.data;

  const BETWEEN = "\u007f";
  /** Runs are so long, in characters. */
  const SHORTEST = 2;
  const LONGEST = 8;
  /** So many steps a walk takes at most, so many runs are counted, and so many suggestions made. */
  const STEPS = 6000;
  const COUNTED = 24;
  const OFFERED = 5;
  /** So many ways to cut Latin letters into syllables are followed. */
  const WAYS = 16;
  /** Words longer than this are not cut into parts, and those of so many letters at most are looked for by sound. */
  const LONGEST_WORD = 40;

  const INITIALS = ["zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w"];
  const LIKE_INITIALS = [["zh", "z"], ["ch", "c"], ["sh", "s"], ["n", "l"], ["f", "h"]];
  const LIKE_FINALS = [["ang", "an"], ["eng", "en"], ["ing", "in"]];

  // ---- Sounds.

  /** `readings`: by character its syllables; `characters`: by syllable its characters; `pairs`: what follows. */
  let sounds = null;

  async function open() {
    if (sounds || !data.suggest) return sounds;
    const content = await data.file(data.suggest);
    const characters = new Map();
    const readings = new Map();
    for (const part of content.readings.match(/[a-z]+[^a-z]+/g) || []) {
      const syllable = /^[a-z]+/.exec(part)[0];
      const list = Array.from(part.slice(syllable.length));
      characters.set(syllable, new Set(list));
      list.forEach(function (one) {
        if (!readings.has(one)) readings.set(one, []);
        readings.get(one).push(syllable);
      });
    }
    const pairs = new Map();
    content.pairs.split(BETWEEN).forEach(function (run) {
      const list = Array.from(run);
      if (list.length > 1) pairs.set(list[0], list.slice(1));
    });
    sounds = { readings: readings, characters: characters, pairs: pairs, begins: new Map() };
    return sounds;
  }

  /** All characters that one of these syllables is a reading of. */
  function soundingLike(syllables) {
    const found = new Set();
    syllables.forEach(function (syllable) {
      (sounds.characters.get(syllable) || []).forEach(function (one) { found.add(one); });
    });
    return found;
  }

  /** All characters with a reading that begins so. */
  function beginningWith(letters) {
    if (!sounds.begins.has(letters)) {
      const syllables = Array.from(sounds.characters.keys()).filter(function (one) { return one.startsWith(letters); });
      sounds.begins.set(letters, soundingLike(syllables));
    }
    return sounds.begins.get(letters);
  }

  /** A syllable and those that many speakers don't tell from it. */
  function confusable(syllable) {
    const heads = [syllable];
    LIKE_INITIALS.forEach(function (pair) {
      [pair, [pair[1], pair[0]]].forEach(function (way) {
        const isLonger = INITIALS.some(function (one) { return one.length > way[0].length && one.startsWith(way[0]) && syllable.startsWith(one); });
        if (syllable.startsWith(way[0]) && !isLonger) heads.push(way[1] + syllable.slice(way[0].length));
      });
    });
    const all = heads.slice();
    heads.forEach(function (head) {
      LIKE_FINALS.forEach(function (pair) {
        [pair, [pair[1], pair[0]]].forEach(function (way) {
          if (head.endsWith(way[0])) all.push(head.slice(0, head.length - way[0].length) + way[1]);
        });
      });
    });
    return all.filter(function (one) { return sounds.characters.has(one); });
  }

  // ---- Walks.

  /** The runs of characters along the pairs, one of each slot; a slot is a set, or null for any character. */
  function walk(slots, budget) {
    const runs = [];
    function follow(run, last, next) {
      if (next === slots.length) {
        runs.push(run);
        return;
      }
      for (const second of sounds.pairs.get(last) || []) {
        if (--budget.steps < 0) return;
        if (!slots[next] || slots[next].has(second)) follow(run + second, second, next + 1);
      }
    }
    if (slots.length < SHORTEST || slots.length > LONGEST) return runs;
    for (const first of sounds.pairs.keys()) {
      if (!slots[0] || slots[0].has(first)) follow(first, first, 1);
      if (budget.steps < 0) break;
    }
    return runs;
  }

  /**
   * Ways to read Latin letters (Han characters among them stand for themselves), the best first: fewer
   * syllables of which only the beginning is given, then fewer syllables.
   */
  function waysToRead(text) {
    const letters = Array.from(text);
    const ways = letters.map(function () { return []; }).concat([[]]);
    ways[0].push({ slots: [], short: 0 });
    for (let at = 0; at < letters.length; at++) {
      ways[at].sort(function (one, two) { return one.short - two.short || one.slots.length - two.slots.length; });
      ways[at].splice(WAYS);
      const steps = [];
      if (data.isHan(letters[at].codePointAt(0))) {
        steps.push([1, 0, new Set([letters[at]])]);
      } else {
        for (let length = 1; length <= 6 && at + length <= letters.length; length++) {
          const piece = letters.slice(at, at + length).join("");
          const isBeginning = INITIALS.indexOf(piece) >= 0 || at + length === letters.length;
          if (sounds.characters.has(piece)) steps.push([length, 0, soundingLike([piece])]);
          if (isBeginning && beginningWith(piece).size) steps.push([length, 1, beginningWith(piece)]);
        }
      }
      ways[at].forEach(function (way) {
        if (way.slots.length === LONGEST) return;
        steps.forEach(function (step) {
          ways[at + step[0]].push({ slots: way.slots.concat([step[2]]), short: way.short + step[1] });
        });
      });
    }
    const whole = ways[letters.length];
    return whole.sort(function (one, two) { return one.short - two.short || one.slots.length - two.slots.length; }).slice(0, WAYS);
  }

  /** Groups of runs that a word may have meant, the likelier group first. */
  function groupsFor(text) {
    const budget = { steps: STEPS };
    const letters = Array.from(text);
    if (/[a-z]/.test(text)) {
      const groups = [];
      waysToRead(text).forEach(function (way) {
        (groups[way.short] = groups[way.short] || []).push.apply(groups[way.short], walk(way.slots, budget));
      });
      return groups.filter(Boolean);
    }
    const readings = letters.map(function (one) { return sounds.readings.get(one) || []; });
    if (letters.length > LONGEST || readings.some(function (list) { return !list.length; })) return [];
    const same = readings.map(soundingLike);
    const like = readings.map(function (list) { return soundingLike([].concat.apply([], list.map(confusable))); });
    // Of two characters one would say too little about the other.
    const but = letters.length < 3 ? [] : letters.map(function (_, skipped) {
      return walk(same.map(function (slot, i) { return i === skipped ? null : slot; }), budget);
    });
    return [walk(same, budget), walk(like, budget), [].concat.apply([], but)];
  }

  /** A folded word with nothing but what can be read aloud. */
  function isReadable(text) {
    return text.length <= LONGEST_WORD && Array.from(text).every(function (one) {
      return /[a-z]/.test(one) || data.isHan(one.codePointAt(0));
    });
  }

  // ---- Suggestions.

  /** A query as text, with one word replaced, or only some words kept. */
  function typedAs(words, excluded) {
    return words.concat(excluded.map(function (word) { return word.typed; })).join(" ");
  }

  async function counted(text, job) {
    return { shown: text, query: text, count: (await search.answer(search.parse(text), job)).length };
  }

  function byCount(one, two) { return two.count - one.count || (one.shown < two.shown ? -1 : 1); }
  function occurs(one) { return one.count > 0; }

  /** Other spellings of one of the words, those first that stand in a park's name, then in most names. */
  async function spellings(query, number, job) {
    const word = query.words[number];
    const typed = word.text.replace(/ü/g, "v");
    if (!isReadable(typed) || !(await open())) return [];
    const parks = data.facets.parks.map(function (title) { return data.fold(title).text; });
    for (const group of groupsFor(typed)) {
      const runs = Array.from(new Set(group)).filter(function (run) { return run !== word.text; }).map(function (run) {
        return { run: run, parks: parks.filter(function (title) { return title.indexOf(run) >= 0; }).length };
      });
      runs.sort(function (one, two) { return two.parks - one.parks || (one.run < two.run ? -1 : 1); });
      const found = await Promise.all(runs.slice(0, COUNTED).map(async function (one) {
        const list = await search.pagesWith(one.run, job);
        const names = list.filter(function (value) { return (value & 3) <= 1; }).length;
        const replaced = query.words.map(function (other, i) { return i === number ? one.run : other.typed; });
        const whole = query.words.length + query.excluded.length > 1 ? typedAs(replaced, query.excluded) : null;
        const count = whole ? (await counted(whole, job)).count : list.length;
        return { shown: whole || one.run, query: whole || one.run, count: count, names: names, parks: one.parks };
      }));
      const best = found.filter(occurs).sort(function (one, two) {
        return Math.min(1, two.parks) - Math.min(1, one.parks) || two.names - one.names || byCount(one, two);
      }).slice(0, OFFERED);
      if (best.length) return best.sort(byCount);
    }
    return [];
  }

  /** Several words: all of them but one, and each alone. */
  async function withFewer(query, job) {
    const words = query.words.map(function (word) { return word.typed; });
    const fewer = words.length < 3 ? [] : words.map(function (_, skipped) {
      return typedAs(words.filter(function (_, i) { return i !== skipped; }), []);
    });
    const each = await Promise.all(fewer.concat(words).map(function (text) { return counted(text, job); }));
    const together = each.slice(0, fewer.length).filter(occurs).sort(byCount).slice(0, 3);
    return together.concat(each.slice(fewer.length).filter(occurs));
  }

  /** The longest parts of a word that stand somewhere: none of them within another. */
  async function partsOf(text, job) {
    const letters = Array.from(text).slice(0, LONGEST_WORD);
    const known = new Map();
    async function count(start, end) {
      const part = letters.slice(start, end).join("").trim();
      if (part && !known.has(part)) known.set(part, (await search.pagesWith(part, job)).length);
      return known.get(part) || 0;
    }
    const parts = [];
    let end = 0;
    // Where a part that begins here ends is never before where one that began earlier does.
    for (let start = 0; start < letters.length; start++) {
      const before = end;
      end = Math.max(end, start);
      while (end < letters.length && (await count(start, end + 1))) end++;
      if (end > before && end > start) parts.push({ start: start, length: end - start, pages: await count(start, end) });
    }
    const long = parts.filter(function (part) { return part.length > 1; });
    return (long.length ? long : parts)
      .sort(function (one, two) { return two.length - one.length || one.start - two.start; })
      .map(function (part) {
        const shown = letters.slice(part.start, part.start + part.length).join("").trim();
        return { shown: shown, query: shown.indexOf(" ") < 0 ? shown : "\"" + shown + "\"", count: part.pages };
      })
      .filter(function (part, i, all) {
        return all.findIndex(function (other) { return other.shown === part.shown; }) === i;
      })
      .slice(0, OFFERED);
  }

  /** Whether a query is made of Latin letters alone, so that it may be meant by its sound though it found something. */
  search.isLatin = function (query) {
    return query.words.length > 0 && query.words.every(function (word) { return /^[a-z]{2,}$/.test(word.text); });
  };

  /** Whether a part of a word is worth a look: a few Latin letters say nothing, one character little. */
  function isTelling(part, isSpelt) {
    if (/^[\x21-\x7e]+$/.test(part)) return part.length >= 4;
    return !isSpelt || Array.from(part).length > 1;
  }

  /**
   * What else may have been meant by a query that found `total` pages: `spellings`, `fewer` words, `parts`;
   * each a list of `{shown, query, count}`.
   */
  search.suggest = async function (query, total, job) {
    const found = { spellings: [], fewer: [], parts: [] };
    if (total > 0) {
      if (search.isLatin(query) && query.words.length === 1) found.spellings = await spellings(query, 0, job);
      return found;
    }
    const missing = [];
    for (let i = 0; i < query.words.length; i++) {
      if (!(await search.pagesWith(query.words[i].text, job)).length) missing.push(i);
    }
    for (const number of missing) {
      if (!found.spellings.length) found.spellings = await spellings(query, number, job);
    }
    if (query.words.length > 1) found.fewer = await withFewer(query, job);
    if (missing.length && (query.words.length === 1 || !found.fewer.length)) {
      const parts = await partsOf(query.words[missing[0]].text, job);
      found.parts = parts.filter(function (part) { return isTelling(part.shown, found.spellings.length > 0); });
    }
    return found;
  };
})(this);
