// The report to review: read it, select words to comment on, go between comments and their words.
// Gradio runs this once, as one function, with: element, props, watch, trigger. Texts only enter as text nodes.
const root = element.querySelector('.jushi-review');
const paper = root.querySelector('.paper');
const list = root.querySelector('.items');
const form = root.querySelector('form');
const quote = form.querySelector('.quote');
const box = form.querySelector('textarea');
let doc = null, picked = null, only = 'open';

function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

// --- The text ------------------------------------------------------------------------------------

function line(section, text, from) {
  const block = make('p');
  block.dataset.from = from;
  const inside = section.marks.filter((mark) => mark.start < from + text.length && mark.end > from);
  const cuts = new Set([0, text.length]);
  inside.forEach((mark) => { cuts.add(Math.max(mark.start - from, 0)); cuts.add(Math.min(mark.end - from, text.length)); });
  const places = [...cuts].sort((a, b) => a - b);
  places.slice(0, -1).forEach((start, index) => {
    const end = places[index + 1];
    const over = inside.filter((mark) => mark.start <= from + start && mark.end >= from + end);
    const words = text.slice(start, end);
    if (!over.length) { block.append(words); return; }
    const span = make('mark', over.map((mark) => mark.kind).join(' '), words);
    const doubt = over.find((mark) => mark.why), remark = over.find((mark) => mark.number);
    if (doubt) span.title = doubt.why;
    if (remark) span.dataset.number = remark.number;
    block.append(span);
  });
  if (!text) block.append(make('br'));
  return block;
}

function draw() {
  const at = paper.scrollTop;
  paper.replaceChildren();
  doc.before.forEach(([look, text]) => paper.append(make('p', look, text)));
  doc.sections.forEach((section) => {
    const part = make('section');
    part.dataset.key = section.key;
    if (section.heading) part.append(make('h3', '', section.heading));
    let from = 0;
    if (section.text) section.text.split('\n').forEach((text) => { part.append(line(section, text, from)); from += text.length + 1; });
    paper.append(part);
  });
  doc.after.forEach(([look, text]) => paper.append(make('p', look, text)));
  paper.scrollTop = at;
}

function placeOf(node, offset) {
  const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('p[data-from]');
  if (!block) return null;
  const before = new Range();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return { key: block.closest('section').dataset.key, at: Number(block.dataset.from) + before.toString().length };
}

function pick() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !paper.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  let end = placeOf(range.endContainer, range.endOffset);
  if (!start) return;
  const text = doc.sections.find((each) => each.key === start.key).text;
  if (!end || end.key !== start.key) { // three clicks on a paragraph reach into the next one
    const lines = [...paper.querySelectorAll(`section[data-key="${start.key}"] p[data-from]`)].filter((each) => range.intersectsNode(each));
    const last = lines[lines.length - 1];
    end = { at: Number(last.dataset.from) + last.textContent.length };
  }
  const words = text.slice(start.at, end.at).trimEnd();
  if (!words.trim()) return;
  picked = { section: start.key, start: start.at, end: start.at + words.length, words };
  tell();
}

function tell() {
  quote.textContent = picked ? `“${picked.words.length > 60 ? picked.words.slice(0, 60) + '…' : picked.words}”` : '全文（在左边选中文字，可以批注那几个字）';
  form.querySelector('.drop').hidden = !picked;
}

// --- The comments --------------------------------------------------------------------------------

function renderList() {
  root.querySelectorAll('[data-only]').forEach((tab) => tab.setAttribute('aria-pressed', tab.dataset.only === only));
  const open = doc.comments.filter((each) => !each.settled).length;
  root.querySelector('[data-only=open]').textContent = `没处理的（${open}）`;
  root.querySelector('[data-only=all]').textContent = `全部批注（${doc.comments.length}）`;
  const shown = doc.comments.filter((each) => only === 'all' || !each.settled);
  list.replaceChildren(...shown.map((each) => {
    const row = make('li', each.settled ? 'settled' : '');
    row.dataset.number = each.number;
    const go = make('button', 'go');
    go.type = 'button';
    go.append(make('q', '', each.quote), make('span', 'said', each.text), make('small', '', `${each.author} · ${each.at}`));
    if (each.lost) go.append(make('small', 'lost', '批注的文字已经改掉了'));
    row.append(go);
    if (each.settled) row.append(make('small', 'done', `✓ ${each.settled}`));
    else if (doc.may) {
      const settle = make('button', 'settle', '处理好了');
      settle.type = 'button';
      row.append(settle);
    }
    return row;
  }));
  if (!shown.length) list.append(make('li', 'none', doc.comments.length ? '批注都处理好了。' : '还没有批注。'));
}

function show(number) {
  const place = paper.querySelector(`mark[data-number="${number}"]`);
  paper.querySelectorAll('mark.shown').forEach((each) => each.classList.remove('shown'));
  list.querySelectorAll('li').forEach((each) => each.classList.toggle('shown', each.dataset.number === String(number)));
  if (!place) return;
  paper.querySelectorAll(`mark[data-number="${number}"]`).forEach((each) => each.classList.add('shown'));
  const box = place.getBoundingClientRect(), frame = paper.getBoundingClientRect();
  if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) paper.scrollTop += box.top - frame.top - frame.height / 3;
}

// --- What the person does, and what the server sends ---------------------------------------------

paper.addEventListener('mouseup', pick);
paper.addEventListener('keyup', pick);
paper.addEventListener('click', (event) => {
  const mark = event.target.closest('mark[data-number]');
  if (!mark || !getSelection().isCollapsed) return;
  if (doc.comments.some((each) => String(each.number) === mark.dataset.number && each.settled)) { only = 'all'; renderList(); }
  show(mark.dataset.number);
  list.querySelector('.shown')?.scrollIntoView({ block: 'nearest' });
});
root.addEventListener('click', (event) => {
  const row = event.target.closest('li[data-number]'), tab = event.target.closest('[data-only]');
  if (event.target.closest('.settle')) trigger('settle', { id: doc.id, number: Number(row.dataset.number) });
  else if (event.target.closest('.go')) show(row.dataset.number);
  if (tab) { only = tab.dataset.only; renderList(); }
  if (event.target.closest('.drop')) { picked = null; tell(); }
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!box.value.trim()) { box.focus(); return; }
  const { section = '', start = 0, end = 0 } = picked || {};
  trigger('remark', { id: doc.id, section, start, end, text: box.value });
});

function open() {
  const next = props.doc && props.doc.id ? props.doc : null;
  const same = doc && next && next.id === doc.id;
  if (same && next.comments.length > doc.comments.length) { box.value = ''; picked = null; }
  if (!same) { picked = null; box.value = ''; only = 'open'; }
  doc = next;
  root.dataset.state = doc ? 'open' : 'empty';
  if (!doc) return;
  form.hidden = !doc.may;
  draw();
  renderList();
  tell();
  if (!same) paper.scrollTop = 0;
  root.dataset.drawn = Number(root.dataset.drawn || 0) + 1;
}
watch('doc', open);
open();
