// Reads a step aloud, sentence by sentence, with voices on the device; fetched when somebody asks for it.
// Pausing and changing pace stop the voice and begin the sentence anew: browsers differ in everything else.

const RATES = [0.75, 1, 1.25];
const LONGEST = 220; // Characters in one breath: some browsers fall silent after fifteen seconds.
const UNREAD = "[aria-hidden=true], .hidden-visually, .hint, .go, textarea, select, script, details:not([open]) > :not(summary)";
const MARK = "read";

let reading, voiceFor, tried;
let sentences = [];
let at = 0;
let speaking = null; // The utterance whose end leads on to the next sentence.
let pace = 1;

export function begin(bar, voices, storage) {
  [reading, voiceFor, tried] = [bar, voices, "forgets" in bar.dataset ? () => null : storage];
  pace = Number(tried((kept) => kept.getItem("pace")) ?? 1);
  const does = { listen: start, pause, resume, stop, slower: () => change(-1), faster: () => change(1) };
  for (const button of buttons()) button.addEventListener("click", does[button.dataset.does]);
  addEventListener("pagehide", silence);
  document.addEventListener("visibilitychange", () => document.hidden && speaking && pause());
  if (tried((kept) => kept.getItem("heard"))) return start();
  say(reading.dataset.warning); // It is heard in the room: the next press begins.
}

// ---- the bar ----

const buttons = () => [...reading.querySelectorAll("button")];
const button = (does) => reading.querySelector(`[data-does=${does}]`);
const say = (text) => reading.querySelector("[role=status]").replaceChildren(text);

// Shows these buttons and no other; focus follows where the pressed one goes away.
function show(...names) {
  const focused = document.activeElement;
  for (const each of buttons()) each.hidden = !names.includes(each.dataset.does);
  reading.classList.toggle("is-on", names[0] !== "listen");
  if (reading.contains(focused) && focused.hidden) button(names[0]).focus();
}

function start() {
  tried((kept) => kept.setItem("heard", "yes"));
  sentences = gathered(document.querySelector("main .say"));
  say("");
  go(0);
}

function go(from) {
  show("pause", "slower", "faster", "stop");
  speak(from);
}

function pause() {
  silence();
  show("resume", "slower", "faster", "stop");
}

const resume = () => go(at);

function stop() {
  silence();
  mark(null);
  say("");
  show("listen");
}

function change(by) {
  pace = Math.min(Math.max(pace + by, 0), RATES.length - 1);
  tried((kept) => kept.setItem("pace", pace));
  const { slow, usual, quick } = reading.dataset;
  say([slow, usual, quick][pace]);
  if (speaking) speak(at);
}

// ---- the voice ----

function silence() {
  speaking = null;
  speechSynthesis.cancel();
}

function speak(from) {
  if (speaking) silence();
  at = from;
  const sentence = sentences[at];
  if (!sentence) return stop();
  const said = new SpeechSynthesisUtterance(sentence.text);
  said.voice = sentence.voice;
  said.lang = sentence.voice.lang;
  said.rate = RATES[pace];
  said.onend = () => {
    if (speaking !== said) return;
    speaking = null;
    speak(at + 1);
  };
  said.onerror = () => speaking === said && stop();
  speaking = said;
  mark(sentence);
  speechSynthesis.speak(said);
}

// ---- what is read: the text and the pictures' words, in order, each in its own language ----

function gathered(root) {
  return passages(root).flatMap((passage) => {
    const voice = voiceFor(passage.language);
    return voice ? cut(passage).map((piece) => ({ ...piece, voice })) : [];
  });
}

// One for each paragraph, heading or option; another where the language changes within it.
function passages(root) {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(UNREAD) || element.getClientRects().length === 0) continue;
    const last = found.at(-1);
    if (node.nodeName === "IMG" && node.alt) found.push({ text: node.alt, nodes: [], element: node, language: spokenIn(node) });
    if (node.nodeName === "BR" && last) last.text += " ";
    if (node.nodeType !== Node.TEXT_NODE) continue;
    const within = { element: block(element), language: spokenIn(element) };
    const same = last?.element === within.element && last.language === within.language;
    const passage = same ? last : { ...within, text: "", nodes: [] };
    if (!same) found.push(passage);
    passage.nodes.push({ node, from: passage.text.length });
    passage.text += node.data.replace(/\s/g, " "); // As long as before, so that places in it hold.
  }
  return found;
}

const spokenIn = (element) => element.closest("[lang]").lang;

function block(element) {
  while (getComputedStyle(element).display === "inline") element = element.parentElement;
  return element;
}

function cut({ text, nodes, element, language }) {
  const pieces = "Segmenter" in Intl
    ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)].map((each) => each.segment)
    : text.match(/[^.!?؟]+[.!?؟]*\s*/g) ?? [];
  let from = 0;
  return pieces
    .flatMap((piece) => piece.match(new RegExp(`.{1,${LONGEST}}(?=\\s|$)|.+`, "gu")) ?? [])
    .map((piece) => {
      const place = { from: text.indexOf(piece, from), text: piece.trim().replace(/ +/g, " "), element, nodes };
      from = place.from + piece.length;
      return { ...place, to: from };
    })
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece.text));
}

// ---- the mark, and keeping it in sight ----

function mark(sentence) {
  for (const each of document.querySelectorAll(`.is-${MARK}`)) each.classList.remove(`is-${MARK}`);
  CSS.highlights?.delete(MARK);
  if (!sentence) return;
  const range = document.createRange();
  if (sentence.nodes.length) {
    range.setStart(...spot(sentence, sentence.from));
    range.setEnd(...spot(sentence, sentence.to));
  }
  if (CSS.highlights && sentence.nodes.length) CSS.highlights.set(MARK, new Highlight(range));
  else sentence.element.classList.add(`is-${MARK}`);
  keepInSight(sentence.nodes.length ? range : sentence.element);
}

// The text node and the place in it where this many characters of the passage have gone by.
function spot({ nodes }, characters) {
  const { node, from } = nodes.findLast((each) => each.from <= characters) ?? nodes[0];
  return [node, Math.min(characters - from, node.data.length)];
}

function keepInSight(what) {
  const { top, bottom } = what.getBoundingClientRect();
  if (top > innerHeight * 0.12 && bottom < innerHeight * 0.8) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: top - innerHeight * 0.3, behavior: still ? "auto" : "smooth" });
}
