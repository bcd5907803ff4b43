// What somebody writes for themselves goes when the page is left, also from the copy that a browser keeps for Back.
"use strict";
addEventListener("pagehide", () => {
  for (const each of document.querySelectorAll(".reflection textarea")) each.value = "";
});
