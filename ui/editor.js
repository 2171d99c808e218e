// The editor: check, list, card, save. Gradio runs paper.js and this once per editor, as one function,
// with: element, props, watch, trigger, server.
const card = root.querySelector('.card');
const list = root.querySelector('.items');
const bar = root.querySelector('.status');
const PAUSE = 150; // ms without a key before the figures are checked again
const PROBLEMS = ['contradicted', 'unsupported', 'ambiguous', 'finding'];
let doc = null; // what the server opened: id, text, base, readonly
let only = 'problems';
let composing = false, busy = false, again = false, timer = 0, typedAt = 0, savedText = '';

// --- The check -----------------------------------------------------------------------------------

function schedule() {
  clearTimeout(timer);
  if (!composing) timer = setTimeout(check, PAUSE);
}

async function check(fresh = false) {
  clearTimeout(timer);
  if (!doc) return;
  if (busy) { again = true; return; }
  busy = true;
  const text = read(), id = doc.id, asked = typedAt;
  let answer;
  try {
    answer = await server.check({ id, text, fresh: fresh === true });
  } catch (error) {
    console.error(error);
  }
  answer = answer || { error: '网页服务没有回应，改动还没有保存。请先不要关闭这个页面，重新打开据实后再点“保存”。' };
  busy = false;
  if (!doc || doc.id !== id) return;
  if (answer.error) say(answer.error, true);
  else if (read() === text) {
    show(answer);
    root.dataset.took = asked ? Math.round(performance.now() - asked) : 0;
    root.dataset.checks = Number(root.dataset.checks || 0) + 1;
  } else again = true;
  if (again) { again = false; schedule(); }
}

function show(report) {
  const kept = items[current] && items[current].start;
  items = report.items;
  current = kept === undefined ? -1 : items.findIndex((item) => item.start === kept);
  root.dataset.state = 'open';
  paint();
  count(report);
  renderList();
  renderCard();
  say(changed() ? '有改动，还没有保存' : doc.note || '');
}

const changed = () => !!doc && !doc.readonly && read() !== savedText;
function say(text, bad = false) {
  bar.textContent = text;
  bar.classList.toggle('bad', bad);
  const save = root.querySelector('[data-do=save]');
  if (save) save.classList.toggle('waiting', changed());
}

// --- Beside the text -----------------------------------------------------------------------------

function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

function count(report) {
  root.querySelectorAll('.legend [data-kind]').forEach((entry) => {
    entry.querySelector('b').textContent = report.items.filter((item) => item.kind === entry.dataset.kind).length;
  });
  root.querySelector('.verdict').textContent = report.summary;
  const problems = report.items.filter((item) => PROBLEMS.includes(item.kind)).length;
  root.querySelector('[data-only=problems]').textContent = `要处理的（${problems}）`;
  root.querySelector('[data-only=all]').textContent = `全部（${report.items.length}）`;
}

function renderList() {
  const shown = items.map((item, index) => [item, index])
    .filter(([item]) => only === 'all' || PROBLEMS.includes(item.kind));
  root.querySelectorAll('[data-only]').forEach((tab) => tab.setAttribute('aria-pressed', tab.dataset.only === only));
  list.replaceChildren(...shown.map(([item, index]) => {
    const button = make('button', 'item ' + item.kind);
    button.type = 'button';
    button.dataset.index = index;
    if (index === current) button.setAttribute('aria-current', 'true');
    button.append(make('span', 'badge ' + item.kind, item.label), make('b', '', item.surface), make('span', 'why', item.message));
    const row = make('li');
    row.append(button);
    return row;
  }));
  if (!shown.length) list.append(make('li', 'none', only === 'all' ? '没有读到数字。' : '没有要处理的问题。'));
}

function renderCard() {
  const item = items[current];
  card.replaceChildren();
  if (!item) { card.append(make('p', 'hint', '点正文里的一个数字，这里显示它的出处。')); return; }
  const head = make('div', 'head ' + item.kind);
  head.append(make('span', 'badge ' + item.kind, item.label), make('b', '', item.surface));
  card.append(head);
  if (item.message) card.append(make('p', 'why', item.message));
  if (item.use && !doc.readonly) {
    const use = make('button', 'use', `改为“${item.use}”`);
    use.type = 'button';
    use.onclick = () => { if (select(item)) document.execCommand('insertText', false, item.use); };
    card.append(use);
  }
  const table = make('dl');
  item.rows.forEach(([name, text]) => table.append(make('dt', '', name), make('dd', '', text)));
  if (item.rows.length) card.append(table);
}

function select(item) {
  const range = item.end > item.start ? rangeOf(pieces().nodes, item.start, item.end) : null;
  if (!range) return false;
  const box = range.getBoundingClientRect(), frame = paper.getBoundingClientRect();
  if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) {
    paper.scrollTop += box.top - frame.top - frame.height / 3;
  }
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  if (!doc.readonly) paper.focus({ preventScroll: true });
  return true;
}

function go(index, { jump = true } = {}) {
  current = index;
  if (jump && items[index]) select(items[index]);
  paint();
  renderList();
  renderCard();
  const row = list.querySelector('[aria-current]');
  if (row) list.scrollTop = row.offsetTop - list.offsetTop - 60;
}

function step(direction) {
  const wanted = items.map((item, index) => index).filter((index) => PROBLEMS.includes(items[index].kind));
  if (!wanted.length) { say('没有要处理的问题。'); return; }
  const next = direction > 0 ? wanted.find((index) => index > current) : wanted.filter((index) => index < current).pop();
  go(next ?? (direction > 0 ? wanted[0] : wanted[wanted.length - 1]));
}

function itemAt(offset) {
  let found = -1;
  items.forEach((item, index) => {
    if (item.start <= offset && offset <= item.end && item.end > item.start && (found < 0 || item.kind !== 'finding')) found = index;
  });
  return found;
}

// --- What the person does ------------------------------------------------------------------------

const edit = () => { dress(); typedAt = performance.now(); say('有改动，还没有保存'); schedule(); };
const acts = {
  undo: () => { paper.focus(); document.execCommand('undo'); },
  redo: () => { paper.focus(); document.execCommand('redo'); },
  previous: () => step(-1),
  next: () => step(1),
  recheck: () => { say('正在按最新台账核数…'); check(true); },
  save: () => { if (changed()) { say('正在保存…'); trigger('save', payload()); } else say('没有改动，不用保存。'); },
  word: () => { say('正在生成 Word…'); trigger('word', payload()); },
  annex: () => { say('正在生成 Word…'); trigger('word', { ...payload(), annex: true }); },
  excel: () => { say('正在生成 Excel…'); trigger('excel', payload()); },
};
const payload = () => ({ id: doc.id, text: doc.readonly ? doc.text : read(), base: doc.base || {} });

root.addEventListener('click', (event) => {
  const act = event.target.closest('[data-do]'), tab = event.target.closest('[data-only]'), row = event.target.closest('.item');
  if (act && doc) acts[act.dataset.do]();
  if (tab) { only = tab.dataset.only; renderList(); }
  if (row) go(Number(row.dataset.index));
});
paper.addEventListener('click', (event) => {
  const place = document.caretRangeFromPoint ? document.caretRangeFromPoint(event.clientX, event.clientY) : null;
  if (!place) return;
  const index = itemAt(offsetOf(pieces().nodes, place.startContainer, place.startOffset));
  if (index >= 0) go(index, { jump: false });
});
paper.addEventListener('compositionstart', () => { composing = true; clearTimeout(timer); });
paper.addEventListener('compositionend', () => { composing = false; edit(); });
paper.addEventListener('input', () => { if (!composing) edit(); });
paper.addEventListener('beforeinput', (event) => { if (event.inputType.startsWith('format')) event.preventDefault(); });
paper.addEventListener('drop', (event) => event.preventDefault());
paper.addEventListener('paste', (event) => { // words only: no fonts, pictures or markup from elsewhere
  event.preventDefault();
  const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
  document.execCommand('insertText', false, text);
});
root.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && doc && !doc.readonly) { event.preventDefault(); acts.save(); }
  if (event.key === 'F8') { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
});
addEventListener('beforeunload', (event) => { if (changed()) event.preventDefault(); });

// --- What the server sends -----------------------------------------------------------------------

function open() {
  if (changed()) {
    const same = props.doc && props.doc.id === doc.id;
    if (same && !confirm('这份稿子刚有新的内容。打开它会放弃您在这里没有保存的改动，要打开吗？')) return;
    if (!same) trigger('save', payload());
  }
  doc = props.doc && props.doc.id ? props.doc : null;
  wipe();
  items = []; current = -1; typedAt = 0;
  root.dataset.state = doc ? 'checking' : 'empty';
  root.dataset.checks = 0;
  if (!doc) { paper.replaceChildren(); return; }
  if (!doc.readonly) {
    const there = new URL(location);
    there.searchParams.set('draft', doc.id);
    history.replaceState(null, '', there);
  }
  fill(doc.text);
  savedText = read();
  paper.contentEditable = doc.readonly ? 'false' : 'true';
  paper.scrollTop = 0;
  only = 'problems';
  renderCard();
  say('正在核数…');
  if (doc.report) show(doc.report); else check();
}
watch('doc', open);
watch('saved', () => {
  const saved = props.saved;
  if (!doc || !saved || saved.id !== doc.id) return;
  doc.base = saved.base;
  if (saved.text !== undefined) savedText = saved.text;
  doc.note = saved.note; // a check still under way ends by saying it again
  say(changed() ? '有改动，还没有保存' : saved.note);
});
document.execCommand('defaultParagraphSeparator', false, 'p');
if (!canPaint) root.classList.add('old-browser');
open();
