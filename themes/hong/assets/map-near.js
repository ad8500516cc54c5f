// The map, part 12: what is nearest. The device's position is asked for only when the reader presses the
// button; distances are computed here; nothing leaves the device, and a shared link doesn't hold it either.
"use strict";
(function () {
  const map = window.hongtuMap;
  const data = map.data;
  const make = map.make;
  /** `place`: { kind, name, lng, lat, accuracy } — from where distances are counted; null: not at all. */
  const near = map.near = { place: null };
  let panel = null;
  let message = null;
  let chooser = null;

  function say(words) {
    message.textContent = words;
    panel.hidden = false;
  }

  function setPlace(place, from) {
    near.place = place;
    if (place) {
      say(place.kind === "me"
        ? "按离您的直线距离排列" + (place.accuracy ? "（定位误差约 " + map.distanceInWords(place.accuracy) + "）" : "") + "。"
        : "按离“" + place.name + "”的直线距离排列。");
    } else {
      panel.hidden = true;
    }
    drawHere();
    map.list.refresh();
    if (from === "link") return;
    if (place) {
      map.showTab("list");
      const at = map.projection.forward(place.lng, place.lat);
      const passing = data.passing(0, data.total);
      data.needAll(function () {
        // The place and the five nearest.
        const nearest = passing.filter(function (index) { return data.point(index).lng !== null; })
          .map(function (index) {
            const point = data.point(index);
            return { index: index, far: map.distance(place.lng, place.lat, point.lng, point.lat) };
          })
          .sort(function (a, b) { return a.far - b.far; }).slice(0, 5);
        const box = map.boxOf(nearest.map(function (one) { return one.index; }));
        if (!box) return;
        map.view.go(map.view.fitting([
          Math.min(box[0], at[0]), Math.min(box[1], at[1]), Math.max(box[2], at[0]), Math.max(box[3], at[1]),
        ]), 350);
      });
    }
    map.remember(true);
  }

  /** Asks the device. */
  near.ask = function () {
    map.showTab("list");
    panel.hidden = false;
    fillChooser();
    if (!navigator.geolocation) {
      say("这台设备或这个浏览器不能定位。可以选一个地方代替：");
      return;
    }
    if (window.isSecureContext === false) {
      say("浏览器只在加密的网址（https）上允许定位，这里不行。可以选一个地方代替：");
      return;
    }
    say("正在定位，请在浏览器的提示里允许……");
    navigator.geolocation.getCurrentPosition(function (position) {
      setPlace({
        kind: "me", name: "我的位置", lng: position.coords.longitude, lat: position.coords.latitude,
        accuracy: position.coords.accuracy,
      }, "reader");
    }, function (error) {
      say(error.code === 1
        ? "没有得到定位的许可，所以不知道您在哪里。可以在浏览器设置里允许，或选一个地方代替："
        : error.code === 3
          ? "等了十秒还没有定到位。可以到窗边再试，或选一个地方代替："
          : "这台设备现在定不了位。可以选一个地方代替：");
    }, { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 });
  };

  // ---- A place instead: the middle of the map, the chosen point, a park, a city.
  function middleOf(column, number) {
    let lng = 0, lat = 0, count = 0;
    data.pieces.forEach(function (piece) {
      for (let i = 0; i < piece.slug.length; i++) {
        if (piece[column][i] !== number || piece.lng[i] === null) continue;
        lng += piece.lng[i];
        lat += piece.lat[i];
        count++;
      }
    });
    return count ? { lng: lng / count, lat: lat / count } : null;
  }

  /** From a word such as "park:苏州创业园" to a place; null when it leads nowhere. */
  function placeOf(word) {
    const cut = word.indexOf(":");
    const kind = cut < 0 ? word : word.slice(0, cut);
    const name = word.slice(cut + 1);
    if (kind === "middle") {
      const given = cut < 0 ? null : name.split(",").map(Number);
      const at = given && given.length === 2 && given.every(isFinite) ? given : map.projection.inverse(map.view.x, map.view.y);
      return { kind: kind, name: "地图正中", lng: at[0], lat: at[1] };
    }
    if (kind === "point") {
      const point = data.point(data.indexOf(name));
      return point && point.lng !== null ? { kind: kind, key: name, name: point.title, lng: point.lng, lat: point.lat } : null;
    }
    const list = kind === "park" ? data.sheet.parks : kind === "city" ? data.sheet.cities : [];
    const number = list.findIndex(function (one) { return one.title === name; });
    const middle = number < 0 ? null : middleOf(kind, number);
    return middle ? { kind: kind, key: name, name: name, lng: middle.lng, lat: middle.lat } : null;
  }

  function fillChooser() {
    const point = data.point(map.selected);
    function group(words, kind, list) {
      return list.length ? make("optgroup", { label: words }, list.map(function (one) {
        return make("option", { value: kind + ":" + one.title }, one.title);
      })) : null;
    }
    chooser.textContent = "";
    [
      make("option", { value: "" }, "请选择"),
      make("option", { value: "middle" }, "地图正中"),
      point && point.lng !== null ? make("option", { value: "point:" + point.slug }, "选中的点：" + point.title) : null,
      group("园区", "park", data.sheet.parks),
      group("城市", "city", data.sheet.cities),
    ].forEach(function (one) { if (one) chooser.appendChild(one); });
  }

  /** Sorts by the distance from a point. */
  near.aroundPoint = function (index) {
    const point = data.point(index);
    fillChooser();
    setPlace(placeOf("point:" + point.slug), "reader");
  };

  // ---- The mark on the map.
  function drawHere() {
    const layer = map.layers.top;
    const old = layer.querySelector(".map-here");
    if (old) layer.removeChild(old);
    if (!near.place || map.drawn.level === null) return;
    const base = map.projection.forward(near.place.lng, near.place.lat);
    const at = map.toDrawn(base[0], base[1]);
    const mark = map.draw("g", { class: "map-here", transform: "translate(" + at[0].toFixed(1) + " " + at[1].toFixed(1) + ")", "aria-hidden": "true" });
    mark.appendChild(map.draw("circle", { class: "map-here-ring", r: 13 }));
    mark.appendChild(map.draw("circle", { class: "map-here-dot", r: 5 }));
    layer.insertBefore(mark, layer.firstChild);
  }

  // ---- The address. The device's own position is never written.
  near.write = function (parts) {
    const place = near.place;
    if (!place) return;
    if (place.kind === "me") parts.push(["near", "me"]);
    else if (place.kind === "middle") parts.push(["near", "middle:" + place.lng.toFixed(4) + "," + place.lat.toFixed(4)]);
    else parts.push(["near", place.kind + ":" + place.key]);
  };
  near.read = function (values) {
    const word = map.projection.isPlan ? "" : (values.near || [""])[0];
    if (!word) {
      if (near.place) setPlace(null, "link");
      return;
    }
    if (word === "me") {
      if (near.place && near.place.kind === "me") return;
      fillChooser();
      say("这个链接按离您的距离排列。请按“离我最近”，或选一个地方代替：");
      return;
    }
    data.needAll(function () {
      fillChooser();
      setPlace(placeOf(word), "link");
    });
  };

  /** Gives the button for the bar (none on a plan) and the panel under it. */
  map.openNear = function () {
    message = make("p", { role: "status", class: "map-near-message" });
    chooser = make("select", {
      id: "map-near-place",
      onchange: function () {
        const word = chooser.value;
        if (!word) return;
        data.needAll(function () {
          const place = placeOf(word);
          if (place) setPlace(place, "reader");
          else say("这个地方没有写明坐标的点，请另选一处：");
        });
      },
    });
    panel = make("section", { class: "map-near", "aria-label": "离我最近", hidden: true }, [
      message,
      make("p", { class: "map-field" }, [make("label", { for: "map-near-place" }, "从哪里算"), chooser]),
      make("p", { class: "map-small" }, "您的位置只在这台设备上用来算距离，不发送给任何人，也不写进分享的链接。"),
      make("button", { type: "button", class: "map-quiet", onclick: function () {
        const had = near.place;
        setPlace(null, had ? "reader" : "link");
      } }, "不按距离排列"),
    ]);
    map.on("drawn", drawHere);
    const button = map.projection.isPlan ? null : make("button", { type: "button", class: "map-plain", onclick: near.ask }, "离我最近");
    return { button: button, panel: panel };
  };
})();
