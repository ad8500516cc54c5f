// The search, part 3: passages. Which lines of a page are shown, what is marked in them, and how a link
// leads to them.
"use strict";
(function (global) {
  const search = global.hongtuSearch;

  /** About so many letters are shown; so many at most before the first hit, where a clause is longer. */
  const SHOWN = 66;
  const BEFORE = 18;
  /** A link to a text names so many letters: fewer may stand elsewhere on the page, too. */
  const NAMED = [8, 90];
  /** A passage that is shorter says little: the name of a unit, a date. */
  const TELLING = 20;
  /** After one of these a passage may begin. */
  const PAUSE = /[，。；：！？、…—,;:!?\n]/;
  /** After one of these a text may be found by its own beginning. */
  const STOP = /[，。；：！？,;:!?]/;

  /** Where the words stand in a text: `[start, end, word]`, by their places in the text itself. */
  function hitsIn(passage, words) {
    const folded = passage.folded();
    const hits = [];
    words.forEach(function (word, number) {
      for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + word.length)) {
        const end = at + word.length;
        // What follows the hit begins at the next letter; white space before it is no part of the hit.
        const last = folded.at[end - 1];
        const width = passage.text.codePointAt(last) > 0xffff ? 2 : 1;
        hits.push([folded.at[at], last + width, number]);
      }
    });
    return hits.sort(function (one, two) { return one[0] - two[0] || two[1] - one[1]; });
  }

  /** Hits that touch or overlap are one mark. */
  function marksOf(hits) {
    const marks = [];
    hits.forEach(function (hit) {
      const last = marks[marks.length - 1];
      if (last && hit[0] <= last[1]) last[1] = Math.max(last[1], hit[1]);
      else marks.push([hit[0], hit[1]]);
    });
    return marks;
  }

  /** How much is said by hits: a word that the title has not said counts twice. */
  function worthOf(hits, said) {
    const words = new Set(hits.map(function (hit) { return hit[2]; }));
    let worth = 0;
    words.forEach(function (word) { worth += said.has(word) ? 1 : 2; });
    return worth;
  }

  /** The hits of the stretch of a text that says most; the first of equals. */
  function bestStretch(hits, said) {
    let best = [];
    hits.forEach(function (first, i) {
      const stretch = hits.slice(i).filter(function (hit) { return hit[1] <= first[0] + SHOWN; });
      if (!best.length || worthOf(stretch, said) > worthOf(best, said)) best = stretch.length ? stretch : [first];
    });
    return best;
  }

  /** A text in pieces, those within a mark marked: `[[text, isMarked], …]`. */
  function pieces(text, from, to, marks) {
    const found = [];
    let at = from;
    marks.forEach(function (mark) {
      const start = Math.max(at, mark[0]);
      const end = Math.min(to, mark[1]);
      if (end <= start) return;
      if (start > at) found.push([text.slice(at, start), false]);
      found.push([text.slice(start, end), true]);
      at = end;
    });
    if (at < to) found.push([text.slice(at, to), false]);
    return found;
  }

  /** No place within a character of two units. */
  function whole(text, at) {
    const code = text.charCodeAt(at);
    return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
  }

  /** The place after the last pause in a stretch of a text; -1 without one. */
  function afterPause(text, from, to, pause) {
    for (let i = to - 1; i >= from; i--) if (pause.test(text.charAt(i))) return i + 1;
    return -1;
  }

  /** The part of a text around hits, cut at pauses where there are some. */
  function cut(text, stretch) {
    const first = stretch[0][0];
    const last = stretch[stretch.length - 1][1];
    let from = 0;
    if (first > BEFORE) {
      const near = afterPause(text, Math.max(0, first - BEFORE - 12), first, PAUSE);
      from = near >= 0 ? near : whole(text, first - BEFORE);
      while (text.charAt(from) === " ") from++;
    }
    let to = text.length;
    if (to - from > SHOWN * 1.25) {
      const end = Math.max(last, from + SHOWN);
      const near = afterPause(text, Math.max(last, end - 20), Math.min(text.length, end + 12), PAUSE);
      to = near >= 0 ? near : whole(text, end);
    }
    return [from, to];
  }

  /** The clauses around a hit, as a browser that finds texts needs them: they begin and end beside a sign. */
  function clauseAround(text, hit) {
    let from = Math.max(0, afterPause(text, 0, hit[0], STOP));
    let to = hit[1];
    while (to < text.length && !STOP.test(text.charAt(to))) to++;
    while (to - from < NAMED[0] && to < text.length) {
      to++;
      while (to < text.length && !STOP.test(text.charAt(to))) to++;
    }
    while (to - from < NAMED[0] && from > 0) from = Math.max(0, afterPause(text, 0, from - 1, STOP));
    const clause = text.slice(from, to).trim();
    return clause.length >= NAMED[0] && clause.length <= NAMED[1] ? clause : null;
  }

  function isTelling(passage) { return passage.class === 3 && passage.text.length >= TELLING; }

  /** The passage that says most; then a text rather than a name; the first of equals. */
  function bestOf(page, words, said) {
    let best = null;
    page.passages.forEach(function (passage) {
      // The title is shown anyhow.
      if (passage.class === 0) return;
      const hits = hitsIn(passage, words);
      if (!hits.length) return;
      const stretch = bestStretch(hits, said);
      const worth = worthOf(stretch, said) * 2 + (isTelling(passage) ? 1 : 0);
      if (!best || worth > best.worth) best = { passage: passage, stretch: stretch, worth: worth };
    });
    return best;
  }

  /** A part of a passage in pieces, with a sign where something was left out. */
  function piecesAround(passage, stretch, words) {
    const text = passage.text;
    const range = cut(text, stretch);
    const list = pieces(text, range[0], range[1], marksOf(hitsIn(passage, words)));
    if (range[0] > 0) list.unshift(["…", false]);
    if (range[1] < text.length) list.push(["…", false]);
    return list;
  }

  /** Two parts one after the other; one sign between them is enough. */
  function together(one, two) {
    const gap = one[one.length - 1][0] === "…" || two[0][0] === "…" ? " " : " … ";
    return one.concat([[gap, false]], two);
  }

  /**
   * What is shown of a page for these words: `title` and `text` in pieces, and where a link leads: `anchor`, the
   * nearest heading, and `clause`, a text to be found (null for none). A second passage is shown for words that
   * stand neither in the first nor in the title; and before a name or a tag the beginning of the text.
   */
  search.passage = function (page, words) {
    const folded = search.data.fold(page.title);
    const title = { text: page.title, folded: function () { return folded; } };
    const inTitle = hitsIn(title, words);
    const shown = { title: pieces(page.title, 0, page.title.length, marksOf(inTitle)), text: [], anchor: null, clause: null };
    const said = new Set(inTitle.map(function (hit) { return hit[2]; }));
    const best = bestOf(page, words, said);
    const first = page.passages.find(isTelling) || page.passages.find(function (passage) { return passage.class === 3; });
    if (!best) {
      if (first) shown.text = piecesAround(first, [[0, 0]], []);
      return shown;
    }
    shown.text = piecesAround(best.passage, best.stretch, words);
    shown.anchor = best.passage.anchor;
    shown.clause = clauseAround(best.passage.text, best.stretch[0]);
    best.stretch.forEach(function (hit) { said.add(hit[2]); });
    const unsaid = words.filter(function (_, number) { return !said.has(number); });
    const second = unsaid.length ? bestOf(page, unsaid, new Set()) : null;
    if (second && second.passage !== best.passage) {
      shown.text = together(shown.text, piecesAround(second.passage, second.stretch, words));
    } else if (best.passage.text.length < TELLING && first && first !== best.passage) {
      shown.text = together(piecesAround(first, [[0, 0]], words), shown.text);
    }
    return shown;
  };
})(this);
