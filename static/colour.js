// A colour picker beside the field where the colour is written, each following the other. Without this the field is enough.
"use strict";
(() => {
  const picker = document.querySelector("input[type=color]");
  const written = document.getElementById("colour");
  if (!picker || !written) return;
  picker.hidden = false;
  picker.addEventListener("input", () => {
    written.value = picker.value;
  });
  written.addEventListener("input", () => {
    if (/^#[0-9a-f]{6}$/i.test(written.value)) picker.value = written.value.toLowerCase();
  });
})();
