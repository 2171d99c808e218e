// The editor: check, list, card. Gradio runs this and the files named in editor.py once per editor, as one
// function, with: element, props, watch, trigger, server, upload.
const card = root.querySelector('.card');
const list = root.querySelector('.items');
const bar = root.querySelector('.said');
const PAUSE = 150; // ms without a key before the figures are checked again
const PROBLEMS = ['contradicted', 'unsupported', 'ambiguous', 'omission', 'finding'];
let doc = null; // what the server opened: id, text, base, readonly
let only = 'problems';
let busy = false, again = false, timer = 0, typedAt = 0;
const editable = () => !!doc && !doc.readonly;

// --- The check -----------------------------------------------------------------------------------

function schedule() {
  clearTimeout(timer);
  if (!composing) timer = setTimeout(check, PAUSE);
}

async function check(fresh = false) {
  clearTimeout(timer);
  if (!doc) return;
  keepCopy();
  if (busy) { again = fresh === true ? 'fresh' : again || 'typed'; return; }
  busy = true;
  const mine = doc, text = read(), askedAt = typedAt;
  const answer = await ask('check', { ...payload(), text, fresh: fresh === true });
  busy = false;
  if (doc !== mine) { if (doc) check(); return; } // another text was opened meanwhile
  if (answer.error) {
    if (!answer.lost || fresh === true) say(answer.error, true);
    if (answer.lost) timer = setTimeout(check, 5000);
  } else if (read() === text) {
    show(answer);
    if (fresh === true) say('已按最新台账核过。');
    root.dataset.took = askedAt ? Math.round(performance.now() - askedAt) : 0;
    root.dataset.checks = Number(root.dataset.checks || 0) + 1;
  } else again = again || 'typed';
  if (again) { const why = again; again = false; if (why === 'fresh') check(true); else schedule(); }
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
  if (report.sections) takeSections(report.sections);
}

// What was done, or what is wrong. How the saving stands has a line of its own (autosave.js).
function say(text, bad = false) {
  bar.textContent = text;
  bar.classList.toggle('bad', bad);
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
  if (item.about && item.ready && editable()) {
    card.append(make('p', 'ready', item.ready), button('插入到光标处', () => putMention(item), 'use'));
  }
  const table = make('dl');
  item.rows.forEach(([name, text]) => table.append(make('dt', '', name), make('dd', '', text)));
  if (item.rows.length && !item.ready) card.append(table);
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

const edit = () => { dress(); typedAt = performance.now(); showState(); schedule(); rest(); };
async function take(event, more = {}) { // a file: what stands there is saved first
  if (editable() && !(await save())) return;
  say(more.said || '正在生成文件…');
  trigger(event, { ...payload(), ...more });
}
const acts = {
  undo: () => { paper.focus(); document.execCommand('undo'); },
  redo: () => { paper.focus(); document.execCommand('redo'); },
  previous: () => step(-1),
  next: () => step(1),
  recheck: () => { say('正在按最新台账核数…'); check(true); if (editable()) showOutdated(); },
  save: async () => { say(''); if (await save()) say(''); },
  word: () => take('word', { as: 'docx' }),
  annex: () => take('word', { as: 'docx', annex: true }),
  pdf: () => take('word', { as: 'pdf' }),
  markdown: () => take('word', { as: 'md' }),
  evidence: () => take('word', { as: 'zip' }),
  excel: () => take('excel'),
  returned: () => root.querySelector('.returned').click(),
};

root.addEventListener('click', (event) => {
  const act = event.target.closest('[data-do]'), tab = event.target.closest('[data-only]'), row = event.target.closest('.item');
  if (act && doc) {
    (acts[act.dataset.do] || sectionActs()[act.dataset.do])();
    act.closest('details')?.removeAttribute('open');
  }
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
paper.addEventListener('compositionend', () => { composing = false; edit(); afterComposing.splice(0).forEach((go) => go()); });
paper.addEventListener('input', () => { if (composing) showState(); else edit(); });
paper.addEventListener('beforeinput', (event) => { if (event.inputType.startsWith('format')) event.preventDefault(); });
paper.addEventListener('drop', (event) => event.preventDefault());
paper.addEventListener('paste', (event) => { // words only: no fonts, pictures or markup from elsewhere
  event.preventDefault();
  const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
  document.execCommand('insertText', false, text);
});
root.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && editable()) { event.preventDefault(); acts.save(); }
  if (event.key === 'F8') { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
});
