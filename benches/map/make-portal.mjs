// Writes the content of a portal with many points, for measure.mjs beside this file.
//
//   node benches/map/make-portal.mjs FOLDER [POINTS] [towns | even]
//   hongtu build --content FOLDER --out PUBLIC
//
// FOLDER must not be there yet. POINTS are 5000 if nothing is said. `towns` puts them into the parks of
// fourteen cities, as a real alliance has them; `even` spreads them over the whole sheet, which is the
// hardest case for the drawing: at every level there are as many dots as fit. The same arguments give the
// same files.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { bitsFrom } from "../random.mjs";

const [folder, count = "5000", spread = "towns"] = process.argv.slice(2);
const points = Number(count);
if (!folder || !(points > 0) || !["towns", "even"].includes(spread)) {
  console.error("node benches/map/make-portal.mjs FOLDER [POINTS] [towns | even]");
  process.exit(2);
}

const bits = bitsFrom(20260701);
const random = () => bits() / 4294967296;
const one = (list) => list[Math.floor(random() * list.length)];
/** Near zero, seldom far from it. */
const bell = (width) => (random() + random() + random() - 1.5) * 1.4 * width;

// Province, city, district's code, longitude, latitude.
const CITIES = [
  ["江苏省", "无锡市", "320214", 120.36, 31.49], ["上海市", "", "310115", 121.59, 31.2],
  ["浙江省", "嘉兴市", "330411", 120.7, 30.77], ["安徽省", "合肥市", "340104", 117.2, 31.83],
  ["福建省", "福州市", "350103", 119.31, 26.05], ["重庆市", "", "500107", 106.31, 29.48],
  ["陕西省", "西安市", "610113", 108.87, 34.19], ["山东省", "济南市", "370102", 117.13, 36.68],
  ["四川省", "成都市", "510107", 104.06, 30.59], ["湖北省", "武汉市", "420111", 114.41, 30.47],
  ["广东省", "深圳市", "440305", 113.95, 22.54], ["北京市", "", "110108", 116.3, 39.98],
  ["辽宁省", "大连市", "210211", 121.5, 38.9], ["新疆维吾尔自治区", "乌鲁木齐市", "650104", 87.55, 43.88],
];
const CATEGORIES = ["党群服务中心", "企业党建示范点", "楼宇驿站", "孵化器党建", "职工之家", "红色教育基地"];

mkdirSync(folder);
for (const column of ["points", "parks"]) mkdirSync(join(folder, column));
writeFileSync(join(folder, "site.yaml"), [
  "title: 许多点", "base_url: https://map.example/", "columns:",
  "  - {folder: points, title: 示范点, kind: point}", "  - {folder: parks, title: 园区, kind: park}", "",
].join("\n"));

const parks = [];
CITIES.forEach(([province, city, region, longitude, latitude], at) => {
  for (let k = 0; k < Math.max(1, points / 1000); k++) {
    const slug = `park-${at}-${k}`;
    parks.push({ slug, province, city, longitude: longitude + bell(0.12), latitude: latitude + bell(0.1) });
    const title = `${(city || province).slice(0, -1)}第${k + 1}产业园`;
    writeFileSync(join(folder, "parks", `${slug}.md`), `---\ntitle: ${title}\nregion: "${region}"\n---\n简介。\n`);
  }
});

for (let number = 0; number < points; number++) {
  const park = one(parks);
  const [longitude, latitude] = spread === "even"
    ? [100 + random() * 22, 22 + random() * 22]
    : [park.longitude + bell(0.03), park.latitude + bell(0.025)];
  writeFileSync(join(folder, "points", `p${String(number).padStart(5, "0")}.md`), [
    "---",
    `title: ${one([..."红星先锋同心启航初心"])}${one([..."楼厦园馆站"])}第${number}示范点`,
    `category: ${one(CATEGORIES)}`, `tier: ${one(["园区", "楼宇", "企业"])}`, `park: ${park.slug}`,
    `address: ${park.province}${park.city}示范路${number % 400}号`,
    `location: {lng: ${longitude.toFixed(6)}, lat: ${latitude.toFixed(6)}, crs: wgs84}`,
    "hours: 周一至周五 9:00—17:00", `tags: [${one(["两新组织", "党课", "青年", "联盟"])}]`,
    "---", `这里是第 ${number} 处示范点的介绍。`, "",
  ].join("\n"));
}
console.log(`${points} points in ${parks.length} parks, spread: ${spread}`);
