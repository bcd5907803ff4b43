// Every page's script: leave at once, keep nothing behind, ask before a session ends, and offer to read aloud.
// All of it is help on the way: without this the links and the server do what is needed.
"use strict";

const AWAY = "/lamna";
const exit = document.querySelector("a.exit");
const asking = document.querySelector("dialog.staying");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("tabs") : null;

// Storage may be forbidden. Then Back is left to the server, which has ended the session.
const tried = (work) => {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
};

const blank = () => {
  window.speechSynthesis?.cancel();
  document.title = "";
  document.documentElement.replaceChildren();
};

// ---- leave at once: on the link, or on Shift three times within five seconds ----
(() => {
  const WITHIN_MS = 5000;

  const leave = () => {
    blank();
    location.replace(exit?.href ?? AWAY);
    tried((storage) => storage.setItem("left", "yes"));
  };
  const leaveAll = () => {
    tabs?.postMessage({ leave: true });
    leave();
  };
  tabs?.addEventListener("message", ({ data }) => data.leave && leave());

  // Back into a page of ours leaves again; whoever opens an address anew comes in.
  const left = () => tried((storage) => storage.getItem("left"));
  const [arrival] = performance.getEntriesByType("navigation");
  if (left() && arrival?.type === "back_forward") return leave();
  tried((storage) => storage.removeItem("left"));

  // A page that the browser kept as it was is asked for anew: the session may be over.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (left()) return leave();
    blank();
    location.reload();
  });

  if (!exit) return;
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leaveAll();
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
    if (presses.length === 3) leaveAll();
  });
})();

// ---- what somebody writes for themselves goes when the page is left, also from the copy kept for Back ----
addEventListener("pagehide", () => {
  for (const each of document.querySelectorAll(".reflection textarea")) each.value = "";
});

// ---- ask whether anybody is there, in time before the session ends ----
(() => {
  const out = document.querySelector("[data-signed-out]");
  if (out) tabs?.postMessage({ over: out.dataset.signedOut });
  if (!asking) return;
  const { room, stay, after } = asking.dataset;
  const warning = Number(asking.dataset.warning) * 1000;
  const whole = Number(asking.dataset.left) * 1000;
  let ends, renewed, asked;

  const told = (left) => {
    renewed = Date.now();
    ends = renewed + left * 1000;
    asked = left * 1000 <= warning; // Where no more time can be had, asking again helps nobody.
    asking.close();
  };

  // A choice that was made but not sent goes to the page that keeps it; anything else gives way to a page about nobody.
  const over = () => {
    clearInterval(ticking);
    const form = document.querySelector("form[data-keeps] input:checked")?.form;
    if (!form) {
      blank();
      return location.replace(after);
    }
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "slut", value: "1" }));
    form.submit();
  };

  const prolong = async () => {
    renewed = Date.now();
    const answer = await fetch(stay, { cache: "no-store", redirect: "manual" }).catch(() => null);
    if (!answer) return; // No network: what is left runs on.
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return over();
    if (!answer.ok) return; // The server is busy: what is left runs on.
    const { left } = await answer.json();
    told(left);
    tabs?.postMessage({ room, left });
  };

  const look = () => {
    const left = ends - Date.now();
    if (left <= 0) return over();
    if (left > warning || asked) return;
    asked = true;
    asking.showModal();
  };

  tabs?.addEventListener("message", ({ data }) => {
    if (data.over === room) over();
    if (data.room === room) told(data.left);
  });

  // Whoever writes, scrolls or points is there; the server is told now and then, not at every key.
  for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    addEventListener(sign, () => asking.open || Date.now() - renewed < whole / 5 || prolong(), { passive: true });
  }
  asking.querySelector("[autofocus]").addEventListener("click", () => prolong());
  asking.addEventListener("cancel", () => prolong()); // Esc: the dialog closes by itself.
  document.addEventListener("visibilitychange", look);

  told(whole / 1000);
  asked = false;
  tabs?.postMessage({ room, left: whole / 1000 });
  const ticking = setInterval(look, 1000);
})();

// ---- reading aloud is offered where a voice on the device speaks the language; others would send the text away ----
(() => {
  const reading = document.querySelector(".reading");
  const speech = window.speechSynthesis;
  if (!reading || !speech) return;

  const spoken = (tag) => tag.split(/[-_]/)[0].toLowerCase();
  const voiceFor = (language) => {
    const voices = speech.getVoices().filter((each) => each.localService && spoken(each.lang) === spoken(language));
    return voices.find((each) => each.default) ?? voices[0];
  };

  const offer = () => {
    reading.hidden = !voiceFor(reading.dataset.language);
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);

  const listen = reading.querySelector("[data-does=listen]");
  listen.addEventListener("click", async () => {
    const { begin } = await import(reading.dataset.script);
    begin(reading, voiceFor, tried);
  }, { once: true });
})();
