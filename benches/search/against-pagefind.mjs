// The search of a built portal beside Pagefind's on the same pages: what both find of the same queries, what they load,
// how long they take, how large their indexes are, and whether they work from a disk.
//
//   node benches/search/against-pagefind.mjs PUBLIC PAGEFIND [QUERIES]
//
// PAGEFIND is its program (npm package `pagefind`; the extended one, which cuts Chinese into words). It writes
// PUBLIC/pagefind, which is removed afterwards. What else it needs is in chromium.mjs one folder up.
//
// What a page holds is what its elements marked data-searchable hold, read by the browser's own HTML parser. A query
// (200 if nothing is said) is a run of 1 to 8 letters between white space, cut out of a random page. Recall is the
// share of all pages with the run that were found; “first” says how often the first result has the run.

import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";

import { serve, startChromium } from "../chromium.mjs";
import { bitsFrom } from "../random.mjs";

const [folder, program, count = "200"] = process.argv.slice(2);
if (!folder || !program) {
  console.error("node benches/search/against-pagefind.mjs PUBLIC PAGEFIND [QUERIES]");
  process.exit(2);
}
const theirs = join(folder, "pagefind");
process.on("exit", () => rmSync(theirs, { recursive: true, force: true }));
const begin = performance.now();
const indexing = spawnSync(program, ["--site", folder, "--root-selector", "main", "--force-language", "zh"], { encoding: "utf8" });
if (indexing.status !== 0) {
  console.error(indexing.stdout, indexing.stderr);
  process.exit(2);
}
const seconds = (performance.now() - begin) / 1000;
console.log(/Indexed \d+ pages/.exec(indexing.stdout)?.[0] ?? "");

const sizeOf = (path) => readdirSync(path, { withFileTypes: true }).reduce((sum, one) =>
  sum + (one.isDirectory() ? sizeOf(join(path, one.name)) : statSync(join(path, one.name)).size), 0);
// A fragment is one page as their results show it; its name is the id of a result.
const pageOf = {};
for (const name of readdirSync(join(theirs, "fragment"))) {
  const text = gunzipSync(readFileSync(join(theirs, "fragment", name))).toString("utf8");
  pageOf[name.replace(/\.pf_fragment$/, "")] = JSON.parse(text.slice(text.indexOf("{"))).url.replace(/^\//, "");
}
// Our results are numbers of pages, whose paths stand in the files of texts.
const pathOf = [];
const receiver = { hongtuSearch: { receive: (_, { start, pages }) => pages.forEach(([path], at) => { pathOf[start + at] = path; }) } };
const our = readdirSync(join(folder, "data/search"));
for (const name of our.filter((name) => name.startsWith("texts-"))) {
  vm.runInNewContext(readFileSync(join(folder, "data/search", name), "utf8"), receiver);
}
const bytesOf = (kinds) => our.filter((name) => kinds.test(name)).reduce((sum, name) => sum + statSync(join(folder, "data/search", name)).size, 0);

// ---- What the pages hold.
const served = {};
const base = await serve(folder, (path, bytes) => served.count?.(path, bytes));
const { ask, open } = await startChromium();
const paths = JSON.parse(readFileSync(join(folder, "hongtu-manifest.json"), "utf8"));
const pages = (Array.isArray(paths) ? paths : Object.keys(paths.files ?? paths)).map((one) => one.path ?? one)
  .filter((path) => path.endsWith(".html"));
await open(`${base}search.html`);
const texts = new Map();
for (let at = 0; at < pages.length; at += 64) {
  const some = await ask(`Promise.all(${JSON.stringify(pages.slice(at, at + 64))}.map(async (path) => {
    const text = await (await fetch(encodeURI(path))).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const marked = [...page.querySelectorAll("[data-searchable]")].filter((one) => !one.parentElement.closest("[data-searchable]"));
    return [path, marked.map((one) => one.textContent).join(" ").toLowerCase()];
  }))`);
  for (const [path, text] of some) if (text) texts.set(path, Buffer.from(text));
}
const bits = bitsFrom(7);
const random = (end) => bits() % end;
const all = [...texts.values()];
const cut = new Set();
while (cut.size < Number(count)) {
  const words = all[random(all.length)].toString("utf8").split(/\s+/).filter(Boolean);
  const letters = Array.from(words[random(words.length)] || "");
  const length = 1 + random(8);
  const query = letters.slice(random(Math.max(1, letters.length - length + 1))).slice(0, length).join("");
  if (query && !/^[-"“「]/.test(query)) cut.add(query);
}
const queries = [...cut];
const expected = queries.map((query) => [...texts.keys()].filter((path) => texts.get(path).includes(query)));

// ---- Both engines.
// Counted where it is served: a worker's requests are not the page's.
let loaded = { files: 0, bytes: 0 };
served.count = (path, bytes) => {
  if (!/\/(data\/search|pagefind)\//.test(path)) return;
  loaded.files++;
  loaded.bytes += bytes;
};
const engines = {
  hongtu: {
    find: (query) => ask(`(async () => { const begin = performance.now();
      const numbers = await hongtuSearch.answer(hongtuSearch.parse(${JSON.stringify(query)}));
      const pages = await Promise.all(Array.from(numbers.subarray(0, 10), hongtuSearch.data.page));
      const time = performance.now() - begin;
      return { time, first: pages.length ? pages[0].path : null, count: numbers.length }; })()`),
    all: async (query) => (await ask(`(async () =>
      Array.from(await hongtuSearch.answer(hongtuSearch.parse(${JSON.stringify(query)}))))()`)).map((number) => pathOf[number]),
  },
  pagefind: {
    find: (query) => ask(`(async () => { const begin = performance.now();
      const found = await pagefind.search(${JSON.stringify(query)});
      const pages = await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
      const time = performance.now() - begin;
      return { time, first: pages.length ? pages[0].url.replace(/^\\//, "") : null, count: found.results.length }; })()`),
    all: async (query) => (await ask(`(async () => (await pagefind.search(${JSON.stringify(query)})).results.map((one) => one.id))()`)).map((id) => pageOf[id]),
  },
};
const middle = (values, part) => [...values].sort((one, two) => one - two)[Math.min(values.length - 1, Math.floor(values.length * part))];
for (const [name, engine] of Object.entries(engines)) {
  await open(`${base}search.html`);
  loaded = { files: 0, bytes: 0 };
  if (name === "pagefind") await ask(`(async () => { window.pagefind = await import("/pagefind/pagefind.js"); await pagefind.init(); })()`);
  const rows = [];
  for (const query of queries) {
    const before = rows.length ? { ...loaded } : { files: 0, bytes: 0 };
    const { time, first, count } = await engine.find(query);
    rows.push({ time, first, count, files: loaded.files - before.files, bytes: loaded.bytes - before.bytes });
  }
  let [found, there, right, strangers, complete] = [0, 0, 0, 0, 0];
  for (const [at, query] of queries.entries()) {
    const all = new Set(await engine.all(query));
    const hits = expected[at].filter((path) => all.has(path)).length;
    found += hits;
    there += expected[at].length;
    strangers += all.size - hits;
    complete += hits === expected[at].length ? 1 : 0;
    right += expected[at].includes(rows[at].first) ? 1 : 0;
  }
  const times = rows.map((row) => row.time);
  console.log(`${name}`);
  console.log(`  recall         ${(100 * found / there).toFixed(2)} % of ${there} pages; complete for ${complete} of ${queries.length} queries`);
  console.log(`  first          has the run for ${right} of ${queries.length}; pages found without the run: ${strangers}`);
  console.log(`  first query    ${rows[0].files} files, ${(rows[0].bytes / 1000).toFixed(0)} kB`);
  console.log(`  next queries   ${middle(rows.slice(1).map((row) => row.files), 0.5)} files, ${(middle(rows.slice(1).map((row) => row.bytes), 0.5) / 1000).toFixed(0)} kB; ` +
    `${middle(times, 0.5).toFixed(0)} ms, 95 % within ${middle(times, 0.95).toFixed(0)} ms`);
}
console.log(`index on the disk: hongtu ${(bytesOf(/^(grams|index|suggest)-/) / 1e6).toFixed(1)} MB and texts ${(bytesOf(/^texts-/) / 1e6).toFixed(1)} MB, ` +
  `pagefind ${(sizeOf(theirs) / 1e6).toFixed(1)} MB (compressed)`);
console.log(`pagefind took ${seconds.toFixed(1)} s to index`);
await open(`file://${join(process.cwd(), folder).startsWith("/") && folder.startsWith("/") ? folder : join(process.cwd(), folder)}/search.html`);
const fromDisk = await ask(`import(new URL("pagefind/pagefind.js", location)).then(async (one) => (await one.search("党建")).results.length + " found").catch((error) => "fails: " + error.message)`);
const ours = await ask(`(async () => { location.hash = "#q=党建"; for (let i = 0; i < 200; i++) { await new Promise((done) => setTimeout(done, 20));
  const list = document.getElementById("results"); if (list.dataset.state === "done" && list.children.length) return list.dataset.total + " found"; } return "fails"; })()`);
console.log(`from a disk: hongtu ${ours}; pagefind ${fromDisk}`);
process.exit(0);
