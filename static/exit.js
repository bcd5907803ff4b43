// Leave the page at once: on the exit link, or on Shift three times within five seconds. Without this the link still works.
"use strict";
(() => {
  const exit = document.querySelector("a.exit");
  if (!exit) return;
  const WITHIN_MS = 5000;

  // Storage may be forbidden. Then Back is left to the server, which has ended the session.
  const tried = (work) => {
    try {
      return work(sessionStorage);
    } catch {
      return null;
    }
  };

  const leave = () => {
    document.title = "";
    document.documentElement.replaceChildren();
    location.replace(exit.href);
    tried((storage) => storage.setItem("left", "yes"));
  };

  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  let alone = false;
  addEventListener("keydown", ({ key }) => {
    alone = key === "Shift";
    if (!alone) presses = []; // Capital letters are not a wish to leave.
  });
  addEventListener("keyup", ({ key, timeStamp }) => {
    if (key !== "Shift" || !alone) return;
    presses = [...presses, timeStamp].filter((at) => timeStamp - at <= WITHIN_MS);
    if (presses.length === 3) leave();
  });

  // Back into a page of ours leaves again; whoever opens an address anew comes in.
  const [arrival] = performance.getEntriesByType("navigation");
  const left = tried((storage) => storage.getItem("left"));
  if (left && arrival?.type === "back_forward") leave();
  else if (left) tried((storage) => storage.removeItem("left"));
})();
