// The map, part 5: what lies under the dots (degrees, names of places) and the furniture at its edge:
// scale and north arrow, true for the middle of the view.
"use strict";
(function () {
  const map = window.hongtuMap;
  const view = map.view;
  const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];
  let namesOf = null;
  let furniture = null;

  function byLevel() {
    if (!namesOf) {
      namesOf = {};
      map.data.sheet.names.forEach(function (name) { (namesOf[name[0]] = namesOf[name[0]] || []).push(name); });
    }
    return namesOf;
  }

  function drawNames(level, box) {
    const layer = map.layers.names;
    layer.textContent = "";
    const scale = view.scale(level);
    (byLevel()[level] || []).forEach(function (name) {
      const x = name[2] / scale;
      const y = name[3] / scale;
      const room = name[1].length * (name[4] + name[5]) / scale;
      if (x > box[2] || x + room < box[0] || y < box[1] || y - name[4] / scale > box[3]) return;
      const at = map.toDrawn(x, y);
      layer.appendChild(map.draw("text", {
        class: name[6] ? "sheet-city" : "sheet-province",
        x: at[0].toFixed(1), y: at[1].toFixed(1), "font-size": name[4], "letter-spacing": name[5],
      }, name[1]));
    });
  }

  function degrees(value, step, letters) {
    const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : step >= 0.001 ? 3 : 4;
    return Math.abs(value).toFixed(digits) + "°" + letters[value < 0 ? 1 : 0];
  }

  // One line of the graticule: sampled, and lettered where it enters what is in view.
  function line(points, label, isMeridian, parts, letters) {
    const edge = isMeridian ? 14 - view.height / 2 : 10 - view.width / 2;
    const scale = view.scale(map.drawn.level);
    let path = "";
    let last = null;
    points.forEach(function (point, i) {
      const at = map.toDrawn(point[0], point[1]);
      path += (i ? "L" : "M") + at[0].toFixed(1) + " " + at[1].toFixed(1);
      const side = [(point[0] - map.drawn.x) * scale, (point[1] - map.drawn.y) * scale];
      const along = isMeridian ? 1 : 0;
      if (last && (last[along] - edge) * (side[along] - edge) <= 0) {
        const part = (edge - last[along]) / (side[along] - last[along] || 1);
        const cross = last[1 - along] + (side[1 - along] - last[1 - along]) * part;
        const isSeen = isMeridian ? Math.abs(cross) < view.width / 2 - 40 : Math.abs(cross) < view.height / 2 - 30;
        if (isSeen) {
          letters.push({ text: label, x: isMeridian ? cross + 4 : edge, y: isMeridian ? edge : cross - 4 });
        }
      }
      last = side;
    });
    parts.push(path);
  }

  function drawGraticule(level, box) {
    const layer = map.layers.graticule;
    layer.textContent = "";
    if (map.projection.isPlan) return;
    const scale = view.scale(level);
    const wanted = 190 * map.projection.metresPerPixel(view.x, view.y) / scale / 100000;
    const step = STEPS.filter(function (one) { return one >= wanted; }).pop() || STEPS[0];
    let west = 180, east = -180, south = 90, north = -90;
    for (let i = 0; i <= 4; i++) {
      for (let j = 0; j <= 4; j++) {
        if (i % 4 && j % 4) continue;
        const at = map.projection.inverse(box[0] + (box[2] - box[0]) * i / 4, box[1] + (box[3] - box[1]) * j / 4);
        west = Math.min(west, at[0]);
        east = Math.max(east, at[0]);
        south = Math.min(south, at[1]);
        north = Math.max(north, at[1]);
      }
    }
    south = Math.max(south, -80);
    north = Math.min(north, 85);
    const parts = [];
    const letters = [];
    const samples = 12;
    for (let k = Math.ceil(west / step); k <= Math.floor(east / step); k++) {
      const points = [];
      for (let i = 0; i <= samples; i++) points.push(map.projection.forward(k * step, north + (south - north) * i / samples));
      line(points, degrees(k * step, step, "EW"), true, parts, letters);
    }
    for (let k = Math.ceil(south / step); k <= Math.floor(north / step); k++) {
      const points = [];
      for (let i = 0; i <= samples; i++) points.push(map.projection.forward(west + (east - west) * i / samples, k * step));
      line(points, degrees(k * step, step, "NS"), false, parts, letters);
    }
    layer.appendChild(map.draw("path", { d: parts.join("") }));
    const middle = map.toDrawn(map.drawn.x, map.drawn.y);
    letters.forEach(function (letter) {
      layer.appendChild(map.draw("text", {
        x: (middle[0] + letter.x).toFixed(1), y: (middle[1] + letter.y).toFixed(1),
      }, letter.text));
    });
  }

  /** Draws what lies under the dots. */
  map.drawGround = function (level, box) {
    drawNames(level, box);
    drawGraticule(level, box);
  };

  /** Makes scale, arrow, note and, on a sheet with a base layer, its number at the lower left. */
  map.openFurniture = function (ground, poster) {
    const approval = poster.querySelector(".sheet-approval");
    furniture = {
      bar: map.make("span", { class: "map-scale-bar" }),
      text: map.make("span", { class: "map-scale-text" }),
      arrow: map.draw("svg", { class: "map-north", viewBox: "0 0 28 40", width: 28, height: 40, role: "img", "aria-label": "箭头指北" }),
      scale: map.make("div", { class: "map-scale" }),
    };
    furniture.needle = map.draw("g", {});
    furniture.needle.appendChild(map.draw("path", { d: "M14 36V14M14 12l-4.5 9M14 12l4.5 9" }));
    furniture.needle.appendChild(map.draw("text", { x: 14, y: 10, "text-anchor": "middle" }, "北"));
    furniture.arrow.appendChild(furniture.needle);
    furniture.scale.appendChild(furniture.text);
    furniture.scale.appendChild(furniture.bar);
    ground.appendChild(map.make("div", { class: "map-corner map-corner-left" }, [
      map.make("p", { class: "map-note" }, "示意图"),
      approval ? map.make("p", { class: "map-approval sheet-approval" }, approval.textContent.trim()) : null,
    ]));
    ground.appendChild(map.make("div", { class: "map-corner map-corner-right" }, [furniture.arrow, furniture.scale]));
  };

  map.on("settled", function () {
    const metres = map.projection.metresPerPixel(view.x, view.y);
    furniture.scale.hidden = !metres;
    if (metres) {
      const perPixel = metres / view.scale();
      const most = 110 * perPixel;
      const power = Math.pow(10, Math.floor(Math.log10(most)));
      const length = (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1) * power;
      furniture.bar.style.width = Math.round(length / perPixel * view.factor) + "px";
      furniture.text.textContent = length >= 1000 ? length / 1000 + " 公里" : length >= 1 ? length + " 米" : Math.round(length * 100) + " 厘米";
    }
    const north = map.projection.north(view.x, view.y);
    furniture.arrow.style.display = north === null ? "none" : "";
    if (north !== null) furniture.needle.setAttribute("transform", "rotate(" + north.toFixed(1) + " 14 20)");
  });
})();
