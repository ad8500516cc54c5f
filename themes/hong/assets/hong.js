// Small conveniences. Every page is complete without them.
"use strict";
(function () {
  var root = document.documentElement;

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (error) {
      // Not remembered, but it holds for this page.
    }
  }

  // ---- Type size and contrast: the buttons work by script only, so the script shows them.
  var display = document.getElementById("display");
  if (display) {
    var sizes = Array.prototype.slice.call(display.querySelectorAll("[data-size]"));
    var contrast = display.querySelector("[data-contrast]");
    var showState = function () {
      sizes.forEach(function (button) {
        var size = button.getAttribute("data-size");
        var on = size === "1"
          ? !root.classList.contains("size-2") && !root.classList.contains("size-3")
          : root.classList.contains("size-" + size);
        button.setAttribute("aria-pressed", String(on));
      });
      contrast.setAttribute("aria-pressed", String(root.classList.contains("contrast")));
    };
    sizes.forEach(function (button) {
      button.addEventListener("click", function () {
        var size = button.getAttribute("data-size");
        root.classList.remove("size-2", "size-3");
        if (size !== "1") root.classList.add("size-" + size);
        remember("hong.size", size);
        showState();
        placeNotes();
      });
    });
    contrast.addEventListener("click", function () {
      root.classList.toggle("contrast");
      remember("hong.contrast", root.classList.contains("contrast") ? "high" : "normal");
      showState();
    });
    showState();
    display.hidden = false;
  }

  // ---- The field in the masthead opens the search with its words; / leads to the field of the page.
  var seek = document.getElementById("seek");
  if (seek) {
    var way = seek.form.querySelector("a");
    var search = function (event) {
      var words = seek.value.trim();
      event.preventDefault();
      location.href = way.href + (words ? "#q=" + encodeURIComponent(words) : "");
    };
    seek.form.addEventListener("submit", search);
    way.addEventListener("click", function (event) { if (seek.value.trim()) search(event); });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    var field = document.getElementById("search-text") || seek;
    if (!field || !field.offsetParent) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // ---- Copying an address. The Clipboard API exists only on https and localhost;
  // from a disk or an intranet the older command does.
  function copyText(text, done) {
    function byCommand() {
      var field = document.createElement("textarea");
      field.value = text;
      field.className = "off-screen";
      document.body.appendChild(field);
      field.select();
      var copied = false;
      try {
        copied = document.execCommand("copy");
      } catch (error) {
        copied = false;
      }
      document.body.removeChild(field);
      done(copied);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, byCommand);
    } else {
      byCommand();
    }
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
    var words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", function () {
      copyText(document.getElementById(button.getAttribute("data-copy")).textContent, function (copied) {
        button.textContent = copied ? "已复制" : "请手动选取";
        button.focus();
        setTimeout(function () { button.textContent = words; }, 2000);
      });
    });
  });

  // ---- WeChat's browser opens no geo: addresses; a button that does nothing is worse than none.
  if (/MicroMessenger/i.test(navigator.userAgent)) {
    Array.prototype.forEach.call(document.querySelectorAll("[data-way='geo']"), function (way) {
      way.hidden = true;
    });
  }

  // ---- The contents are folded where they would push the text down.
  var contents = document.querySelector(".contents details");
  function foldContents() {
    if (contents && getComputedStyle(contents.parentNode).position !== "sticky") contents.open = false;
  }
  foldContents();

  // ---- Footnotes stand in the margin where there is room; the list at the end stays.
  // The copies are placed in a column outside the text and say nothing to screen readers.
  var text = document.querySelector(".article-text");
  var margin = null;
  function placeNotes() {
    if (!margin) return;
    var top = 0;
    var start = text.getBoundingClientRect().top;
    Array.prototype.forEach.call(margin.children, function (note) {
      var mark = document.getElementById(note.getAttribute("data-mark"));
      top = Math.max(top, mark.getBoundingClientRect().top - start);
      note.style.top = top + "px";
      top += note.offsetHeight + 12;
    });
  }
  if (text) {
    Array.prototype.forEach.call(text.querySelectorAll(".footnote-reference a[id]"), function (mark) {
      var note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
      if (!note) return;
      if (!margin) {
        margin = document.createElement("div");
        margin.className = "margin-notes";
        margin.setAttribute("aria-hidden", "true");
        text.appendChild(margin);
      }
      var copy = document.createElement("p");
      copy.setAttribute("data-mark", mark.id);
      copy.textContent = mark.textContent + "　" + note.textContent.replace(/[↩\s]+$/, "").trim();
      margin.appendChild(copy);
    });
    placeNotes();
    window.addEventListener("resize", placeNotes);
    window.addEventListener("load", placeNotes);
  }
})();
