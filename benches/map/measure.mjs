// Measures the map of a built portal in Chromium: what a phone or a desk waits for, and whether it stays
// smooth under the hand.
//
//   node benches/map/measure.mjs PUBLIC [PAGE]
//
// PUBLIC is the output folder (make-portal.mjs beside this file writes the content of a large one); PAGE is
// map.html if nothing is said. What it needs is in chromium.mjs one folder up. The numbers depend on the machine and
// on what else it does, so nothing is asserted here. Printed:
//
//   first view    bytes of page, styles, scripts and data that had come when the map could be used, unpacked
//   ready         milliseconds from the navigation to a drawn map that takes hold of a pointer
//   first answer  milliseconds from pressing “+” right then to the first picture in which something moves
//   all points    bytes and milliseconds until all pieces were there; longest task on the way
//   pan, wheel    longest task of the page's thread and longest run of script within it, pictures a second;
//                 in brackets the milliseconds that the thread had the processor
//   filter        the same for a word typed into the search field
//   heap          of JavaScript after collecting garbage

import { existsSync } from "node:fs";
import { extname, join } from "node:path";

import { serve, sleep, startChromium } from "../chromium.mjs";

const [folder, page = "map.html"] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, page))) {
  console.error("node benches/map/measure.mjs PUBLIC [PAGE]");
  process.exit(2);
}
const base = await serve(folder);
const { call, on, ask } = await startChromium();

// ---- Bytes.
const addresses = new Map();
const bytes = { page: 0, styles: 0, scripts: 0, data: 0, other: 0 };
on("Network.responseReceived", ({ requestId, response }) => addresses.set(requestId, response.url));
on("Network.dataReceived", ({ requestId, dataLength }) => {
  const address = addresses.get(requestId) || "";
  const kind = address.includes("/data/") ? "data" : { ".html": "page", ".css": "styles", ".js": "scripts" }[extname(address.split("#")[0])] || "other";
  bytes[kind] += dataLength;
});
const kilobytes = (number) => `${(number / 1000).toFixed(0)} kB`;
const sum = () => Object.values(bytes).reduce((all, one) => all + one, 0);

// ---- Tasks of the page's thread, from a trace. Script is what functions, timers and events take within them.
const SCRIPT = new Set(["FunctionCall", "EvaluateScript", "v8.compile", "EventDispatch", "TimerFire", "FireAnimationFrame"]);
let events = [];
on("Tracing.dataCollected", ({ value }) => { events.push(...value); });
async function trace(name, act) {
  events = [];
  const categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];
  await call("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: categories } });
  const begin = performance.now();
  await act();
  const seconds = (performance.now() - begin) / 1000;
  const complete = new Promise((done) => on("Tracing.tracingComplete", done));
  await call("Tracing.end");
  await complete;
  const threads = events.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const isOfPage = (event) => threads.some((thread) => thread.pid === event.pid && thread.tid === event.tid);
  // In brackets what of it the thread had the processor for: on a busy machine the rest is other people's work.
  const longest = (isWanted) => {
    const found = events.filter((event) => event.dur && isOfPage(event) && isWanted(event.name));
    const most = (key) => found.reduce((most, event) => Math.max(most, (event[key] || 0) / 1000), 0).toFixed(1);
    return `${most("dur")} ms (${most("tdur")})`;
  };
  const pictures = events.filter((event) => event.name === "FireAnimationFrame" && isOfPage(event)).length;
  const task = longest((words) => words.endsWith("RunTask"));
  const script = longest((words) => SCRIPT.has(words));
  console.log(`${name.padEnd(14)} longest task ${task}, script ${script}` +
    (pictures > 10 ? `, ${(pictures / seconds).toFixed(0)} pictures a second` : ""));
}

// ---- The first view.
await call("Page.addScriptToEvaluateOnNewDocument", { source: `
  addEventListener("DOMContentLoaded", () => new MutationObserver((changes, observer) => {
    if (!document.querySelector("[data-state=ready]")) return;
    observer.disconnect();
    window.readyAt = performance.now();
    // Chromium hands the press over as it would one of a finger or a mouse.
    const zoom = hongtuMap.view.zoom;
    document.querySelector(".map-buttons button").click();
    (function look() {
      if (hongtuMap.view.zoom !== zoom) window.answeredAt = performance.now(); else requestAnimationFrame(look);
    })();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-state"] }));` });
let first = null;
await trace("opening", async () => {
  await call("Page.navigate", { url: base + page });
  for (;;) {
    if (await ask("Boolean(window.answeredAt)").catch(() => false)) break;
    await sleep(10);
  }
  first = { ...bytes, all: sum() };
  await ask("new Promise(done => hongtuMap.data.needAll(done))");
});
const kinds = Object.entries(first).filter(([kind, size]) => kind !== "all" && size).map(([kind, size]) => `${kind} ${kilobytes(size)}`);
const [readyAt, answeredAt, total] = await ask("[readyAt, answeredAt, hongtuMap.data.total]");
console.log(`points         ${total}`);
console.log(`first view     ${kilobytes(first.all)} (${kinds.join(", ")})`);
console.log(`ready          ${readyAt.toFixed(0)} ms`);
console.log(`first answer   ${(answeredAt - readyAt).toFixed(0)} ms`);
console.log(`all points     ${kilobytes(sum())}, after ${(await ask("performance.now()")).toFixed(0)} ms`);

// ---- Under the hand.
const [x, y] = await ask(`(() => { const box = document.getElementById("map-scroll").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight - box.y) / 2]; })()`);
const mouse = (type, more) => call("Input.dispatchMouseEvent", { type, x, y, button: "left", buttons: 1, clickCount: 1, ...more });
const rest = async () => { while (await ask("hongtuMap.view.moving")) await sleep(50); };
/** To the fullest place of a level. */
const look = (level) => ask(`(() => { const nodes = hongtuMap.data.nodes; let best = -1;
  nodes.start.forEach((start, i) => {
    if (nodes.from[i] <= ${level} && nodes.to[i] >= ${level} && (best < 0 || nodes.count[i] > nodes.count[best])) best = i;
  });
  hongtuMap.view.go({ x: nodes.x[best], y: nodes.y[best], zoom: ${level} }, 0); return hongtuMap.drawn.order.length; })()`);
const least = await ask("hongtuMap.view.fitted");
const greatest = await ask("hongtuMap.view.greatest");
for (const level of [0, 3, 6, 9, 12].map((more) => least + more).filter((level) => level < greatest)) {
  const dots = await look(level);
  await trace(`pan, level ${level}`, async () => {
    for (let turn = 0; turn < 3; turn++) {
      await mouse("mousePressed");
      for (let step = 1; step <= 40; step++) {
        await mouse("mouseMoved", { x: x - 9 * step, y: y + 4 * step });
        await sleep(8);
      }
      await mouse("mouseReleased", { x: x - 360, y: y + 160, buttons: 0 });
      await rest();
    }
  });
  console.log(`               ${dots} dots drawn at the start`);
}
await look(least);
await trace("wheel", async () => {
  for (const delta of [-40, 40]) {
    for (let step = 0; step < 60; step++) {
      await call("Input.dispatchMouseEvent", { type: "mouseWheel", x, y, deltaX: 0, deltaY: delta });
      await sleep(16);
    }
    await sleep(400);
    await rest();
  }
});
await ask('document.getElementById("map-text").focus()');
await trace("filter", async () => {
  await call("Input.insertText", { text: "党群 1" });
  while (!(await ask('hongtuMap.data.passes !== null'))) await sleep(20);
  await rest();
});
await call("HeapProfiler.collectGarbage");
const { metrics } = await call("Performance.getMetrics");
const heap = metrics.find((one) => one.name === "JSHeapUsedSize").value;
console.log(`heap           ${(heap / 1e6).toFixed(1)} MB`);
process.exit(0);
