// The map's page. First form: on a narrow screen the map is wider than its box; begin where most points are.
// (Panning, zooming, filters and the sheet from below will live here.)
"use strict";
(function () {
  var scroller = document.getElementById("map-scroll");
  if (scroller && scroller.scrollWidth > scroller.clientWidth) {
    var left = scroller.getBoundingClientRect().left;
    var places = Array.prototype.map.call(scroller.querySelectorAll(".sheet-dot"), function (dot) {
      var box = dot.getBoundingClientRect();
      return box.left + box.width / 2 - left + scroller.scrollLeft;
    }).sort(function (a, b) { return a - b; });
    if (places.length) scroller.scrollLeft = places[places.length >> 1] - scroller.clientWidth / 2;
  }
})();
