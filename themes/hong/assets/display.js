// Sets the reader's type size and contrast before the first line is drawn.
// Runs in <head>, so it touches nothing but the root element.
"use strict";
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var size = localStorage.getItem("hong.size");
    if (size === "2" || size === "3") root.classList.add("size-" + size);
    if (localStorage.getItem("hong.contrast") === "high") root.classList.add("contrast");
  } catch (error) {
    // Storage may be forbidden (some browsers refuse it on file://): the page is simply shown as it is.
  }
})();
