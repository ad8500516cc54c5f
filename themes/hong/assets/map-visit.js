// The map, part 14: the visit sheet, a page for the pocket: the stops of the reader's route with address,
// hours, booking, telephone and QR code, and a schematic of the way. It is built when it is printed.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const make = map.make;
  let sheet = null;

  /** A QR code from “<size>:<base64 of its modules>”, one path, with the quiet zone of four modules. */
  function qrCode(code, label) {
    const cut = code.indexOf(":");
    const size = Number(code.slice(0, cut));
    const bytes = window.atob(code.slice(cut + 1));
    let path = "";
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const bit = y * size + x;
        if (!(bytes.charCodeAt(bit >> 3) & (128 >> (bit & 7)))) continue;
        let run = 1;
        while (x + run < size && bytes.charCodeAt((bit + run) >> 3) & (128 >> ((bit + run) & 7))) run++;
        path += "M" + (x + 4) + " " + (y + 4) + "h" + run + "v1h-" + run + "z";
        x += run - 1;
      }
    }
    const all = size + 8;
    const svg = map.draw("svg", { class: "visit-qr", viewBox: "0 0 " + all + " " + all, role: "img", "aria-label": label || "二维码", "shape-rendering": "crispEdges" });
    svg.appendChild(map.draw("path", { d: "M0 0h" + all + "v" + all + "h-" + all + "z", fill: "#fff" }));
    svg.appendChild(map.draw("path", { d: path, fill: "#000" }));
    return svg;
  }

  /** The way as a drawing: numbers at their places, straight lines between them. */
  function schematic(all) {
    // Each keeps its number; those without a place are in the list only.
    const numbered = all.map(function (index, i) { return { index: index, number: i + 1 }; })
      .filter(function (one) { return data.placeOf(one.index); });
    if (!numbered.length) return null;
    const stops = numbered.map(function (one) { return one.index; });
    const width = 640;
    const box = map.boxOf(stops);
    const across = Math.max(box[2] - box[0], 1e-6);
    const down = Math.max(box[3] - box[1], 1e-6);
    const scale = Math.min((width - 120) / across, 200 / down);
    const height = Math.max(80, down * scale + 70);
    const places = stops.map(function (index) {
      const at = data.placeOf(index);
      return [width / 2 + (at[0] - (box[0] + box[2]) / 2) * scale, height / 2 + (at[1] - (box[1] + box[3]) / 2) * scale];
    });
    const svg = map.draw("svg", { class: "visit-map", viewBox: "0 0 " + width + " " + height.toFixed(0), role: "img", "aria-label": "路线示意图" });
    svg.appendChild(map.draw("polyline", {
      points: places.map(function (at) { return at[0].toFixed(1) + "," + at[1].toFixed(1); }).join(" "),
      fill: "none", stroke: "#000", "stroke-width": 1.2, "stroke-dasharray": "2 4",
    }));
    // Stops on one spot share a circle.
    const marks = [];
    places.forEach(function (at, i) {
      const same = marks.filter(function (mark) { return Math.hypot(mark.at[0] - at[0], mark.at[1] - at[1]) < 22; })[0];
      if (same) same.numbers.push(numbered[i].number); else marks.push({ at: at, numbers: [numbered[i].number] });
    });
    marks.forEach(function (mark) {
      const words = mark.numbers.join("·");
      const half = Math.max(11, words.length * 4 + 6);
      svg.appendChild(map.draw("rect", {
        x: mark.at[0] - half, y: mark.at[1] - 11, width: 2 * half, height: 22, rx: 11, fill: "#fff", stroke: "#000", "stroke-width": 1.5,
      }));
      svg.appendChild(map.draw("text", {
        x: mark.at[0], y: mark.at[1] + 4.5, "text-anchor": "middle", "font-size": 12, "font-weight": 700,
      }, words));
    });
    return svg;
  }

  function line(name, value) {
    return value ? make("div", {}, [make("dt", {}, name), make("dd", {}, value)]) : null;
  }

  function stop(index, number, details) {
    const point = data.point(index);
    const known = details || {};
    return make("li", { class: "visit-stop" }, [
      make("span", { class: "visit-number" }, number),
      make("div", { class: "visit-text" }, [
        make("h2", {}, point.title),
        make("dl", {}, [
          line("地址", point.address),
          line("开放", known.hours),
          line("预约", known.booking),
          line("电话", known.phone),
          line("无障碍", (known.accessibility || []).join("、")),
        ]),
        make("p", { class: "visit-blank" }, "到达时间　　　　　　　　联系人　　　　　　　　"),
      ]),
      known.qr ? make("div", { class: "visit-code" }, [
        qrCode(known.qr, point.title), known.qrLabel ? make("small", {}, known.qrLabel) : null,
      ]) : null,
    ]);
  }

  function build(stops, details) {
    if (sheet) document.body.removeChild(sheet);
    const length = map.route.lengthOf(stops);
    const drawing = stops.length > 1 ? schematic(stops) : null;
    sheet = make("section", { class: "visit", "aria-hidden": "true" }, [
      make("h1", {}, "参观单"),
      make("p", { class: "visit-head" }, [
        make("span", {}, "日期　　　　年　　月　　日"), make("span", {}, "带队　　　　　　"), make("span", {}, "人数　　　　"),
      ]),
      make("p", { class: "visit-sum" }, "共 " + stops.length + " 站" + (length ? "，直线距离合计约 " + map.distanceInWords(length) + "，不是路程" + map.route.lostInWords(stops) : "")),
      drawing ? make("figure", {}, [drawing, make("figcaption", {}, "示意图，不作为导航或划界依据；连线只表示先后。")]) : null,
      make("ol", {}, stops.map(function (index, i) { return stop(index, i + 1, details[i]); })),
    ]);
    document.body.appendChild(sheet);
  }

  /** Prints the visit sheet of these stops; `say` tells what goes on. */
  map.printVisit = function (stops, say) {
    if (!stops.length) return;
    say("正在准备参观单……");
    const details = [];
    let left = stops.length;
    function one() {
      left--;
      if (left) return;
      build(stops, details);
      say("");
      document.documentElement.classList.add("map-printing");
      window.print();
    }
    stops.forEach(function (index, i) {
      data.details(index, function (known) {
        details[i] = known;
        one();
      }, one);
    });
  };

  window.addEventListener("afterprint", function () {
    document.documentElement.classList.remove("map-printing");
  });
})();
