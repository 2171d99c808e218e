// The section the caret is in: who wrote it, locks, writing it again, figures the ledger has changed since.
const here = root.querySelector('.here');
const notes = root.querySelector('.notes');
const WISHES = ['更精炼', '补充防溺水', '突出成效'];
let sections = []; // as of the last check: key, heading, start, end, locked, sentences, by
let at = ''; // key of the section the caret is in
let rewriting = null; // {key, started} of the section being written again

// --- Notes above the text ------------------------------------------------------------------------

function note(key, text, acts = [], bad = false) {
  unnote(key);
  const line = make('div', 'note' + (bad ? ' bad' : ''));
  line.dataset.key = key;
  line.append(make('span', '', text), ...acts.map(([name, act]) => button(name, act)));
  notes.append(line);
  measure();
}
function unnote(key) {
  notes.querySelectorAll(key ? `[data-key="${key}"]` : '.note').forEach((line) => line.remove());
  measure();
}
const measure = () => root.style.setProperty('--notes', notes.offsetHeight + 'px');

// --- Where the caret is --------------------------------------------------------------------------

function takeSections(given) {
  sections = given;
  markLocks();
  showHere();
}

function sectionAt(offset) {
  return sections.find((each) => each.start <= offset && offset <= each.end) || null;
}

function look() {
  if (!here || !doc) return;
  const offset = caretOffset(), found = offset < 0 ? null : sectionAt(offset);
  if (found && found.key !== at) {
    at = found.key;
    const there = new URL(location);
    there.searchParams.set('section', at);
    history.replaceState(null, '', there);
  }
  showHere();
}

function showHere() {
  if (!here || !doc) return;
  const section = sections.find((each) => each.key === at);
  here.dataset.is = section ? (section.locked ? 'locked' : 'open') : 'none';
  here.querySelector('.name').textContent = section ? `${section.locked ? '［已锁定］' : ''}${section.heading || '开头'}` : '点正文里的一处，这里显示是哪一节。';
  here.querySelector('.by').textContent = section ? section.by + (section.sentences.length ? `；锁定了 ${section.sentences.length} 句` : '') : '';
  const lock = here.querySelector('[data-do=lock]');
  lock.textContent = section && section.locked ? '解锁这一节' : '锁定这一节';
  lock.setAttribute('aria-pressed', String(!!(section && section.locked)));
  here.querySelectorAll('button').forEach((each) => { each.disabled = !section || !editable(); });
  const redo = here.querySelector('[data-do=rewrite]');
  redo.disabled = redo.disabled || !section.text || section.locked || !!rewriting;
  redo.textContent = rewriting ? '正在重写…' : '重写这一节';
  const text = remembered ? remembered.text.trim() : '', held = section && section.sentences.some((each) => each.includes(text) && text);
  here.querySelector('[data-do=lockline]').textContent = held ? '解锁这句' : '锁定选中的句子';
}

function markLocks() {
  if (!canPaint) return;
  const all = highlight('locked');
  painted.filter(([where]) => where === all).forEach(([where, range]) => where.delete(range));
  painted = painted.filter(([where]) => where !== all);
  const { text, nodes } = pieces();
  sections.forEach((section) => {
    const spans = section.locked ? [[section.start, section.end]] : section.sentences
      .map((each) => text.indexOf(each, section.start)).map((start, index) => [start, start + section.sentences[index].length])
      .filter(([start]) => start >= 0);
    spans.forEach(([start, end]) => {
      const range = end > start ? rangeOf(nodes, start, end) : null;
      if (range) { all.add(range); painted.push([all, range]); }
    });
  });
}

// --- Acts on a section: first what stands there is saved, then the server works on what is saved ---

async function onSaved(name, more, said = '') {
  if (!(await save())) return null;
  const mine = doc;
  return inTurn(async () => {
    if (doc !== mine) return null;
    const sent = payload();
    const answer = await ask(name, { ...sent, ...more });
    if (doc !== mine) return null;
    if (answer.error) { say(answer.error, true); return null; }
    taken(sent, { base: sent.base, ...answer });
    if (said || answer.said) say(said || answer.said);
    return answer;
  });
}

function sectionActs() {
  const section = sections.find((each) => each.key === at);
  return {
    rewrite: () => section && askWish(section),
    lock: () => section && onSaved('lock', { key: section.key, on: !section.locked }, section.locked ? '已解锁。' : '已锁定：重写和更新数字都不会动它。'),
    lockline: () => {
      const words = remembered ? remembered.text.trim() : '';
      if (!words) { say('请先在正文里选中要锁定的一句话，再点“锁定选中的句子”。', true); return; }
      onSaved('lock_sentence', { key: section.key, words });
    },
  };
}

// --- Writing a section again ---------------------------------------------------------------------

function askWish(section) {
  openPanel(`重写：${section.heading || '开头'}`);
  const form = make('div', 'wish');
  if (doc.model) {
    form.append(make('p', '', '想改成什么样？点一个，或自己写：'));
    const chips = make('div', 'chips'), field = make('input');
    Object.assign(field, { type: 'text', maxLength: 200, placeholder: '如：语气再平实一些' });
    field.setAttribute('aria-label', '重写的要求');
    WISHES.forEach((wish) => chips.append(button(wish, () => { field.value = wish; field.focus(); }, 'chip')));
    field.onkeydown = (event) => { if (event.key === 'Enter' && !event.isComposing) rewrite(section, field.value, count.value); };
    form.append(chips, field);
  } else form.append(make('p', '', '没有设置模型，可以按规则换几种写法（不写同比、用约数……）。要按要求改写，请先在设置里填写模型地址。'));
  const line = make('p'), count = make('select');
  count.setAttribute('aria-label', '写几种');
  ['1', '2', '3'].forEach((each) => count.append(Object.assign(make('option', '', `${each} 种`), { value: each })));
  count.value = '2';
  line.append('写 ', count, ' 供挑选 ', button('开始重写', () => rewrite(section, form.querySelector('input') ? form.querySelector('input').value : '', count.value), 'strong'));
  form.append(line, make('p', 'why', '数字仍由程序按台账填写；锁定的句子不动；采用之前稿子不会变。重写时可以继续改别的地方。'));
  panel.append(form);
  (form.querySelector('input') || form.querySelector('.strong')).focus();
}

async function rewrite(section, wish, count) {
  if (rewriting || !(await save())) return;
  const mine = doc, started = performance.now();
  rewriting = { key: section.key };
  showHere();
  openPanel(`重写：${section.heading || '开头'}`, { close: false });
  const said = make('p', 'busy', '');
  said.setAttribute('role', 'status');
  panel.append(said, button('停止', () => { said.textContent = '正在停止…'; ask('stop_redo', { id: mine.id, key: section.key }); }), make('div', 'moving'));
  const tick = () => { said.textContent = `正在重写……（${Math.round((performance.now() - started) / 1000)} 秒）`; };
  tick();
  const clock = setInterval(tick, 1000);
  const answer = await ask('redo', { id: doc.id, key: section.key, wish: wish.trim(), count: Number(count) });
  clearInterval(clock);
  rewriting = null;
  if (doc !== mine) return;
  showHere();
  if (answer.error) {
    openPanel('没有重写');
    panel.append(make('p', 'warn', answer.error), button('再试一次', () => askWish(section), 'strong'));
    return;
  }
  showOffers(answer);
}

function showOffers(answer) {
  openPanel(`“${answer.heading || '开头'}”的 ${answer.offers.length} 种写法`, { wide: true });
  panel.append(make('p', 'why', '划去的是现在的，带底色的是新写的。每一处都可以点一下改为不采用（再点恢复）；稿子在点“采用”之前不会变。'));
  const sides = make('div', 'columns');
  const now = make('div', 'column');
  now.append(make('span', 'column-head', '现在的'), make('div', 'changes still', answer.text));
  sides.append(now);
  answer.offers.forEach((offer) => {
    const view = changesView(offer.pieces), column = make('div', 'column'), head = make('span', 'column-head');
    head.append(make('b', '', `写法 ${offer.number}：${offer.label}`), make('small', offer.bad ? 'bad' : 'good', offer.summary));
    const go = button('', () => takeOffer(answer, offer, view), 'strong');
    const ready = () => { go.textContent = view.all() ? '全部采用' : `采用选中的 ${view.count()} 处`; go.disabled = !view.count(); };
    view.box.addEventListener('chosen', ready);
    ready();
    column.append(head, view.box, go);
    sides.append(column);
  });
  panel.append(sides);
  panel.querySelector('.column .strong').focus();
}

async function takeOffer(answer, offer, view) {
  const done = await onSaved('take', { key: answer.key, number: view.all() ? offer.number : 0, words: view.text(), was: answer.text, label: offer.label });
  if (!done) return;
  if (done.stale) { // the section was changed while it was written again
    showOffers(done.stale);
    panel.querySelector('.why').textContent = '这一节刚才又改过。下面是各种写法与最新文字的对照，请再选一次。';
    return;
  }
  closePanel();
  say('已采用。不满意可以撤销（Ctrl+Z），或再重写。');
}

// --- The ledger has changed; figures not mentioned -----------------------------------------------

async function showOutdated() {
  const mine = doc, answer = await ask('outdated', { id: doc.id });
  if (doc !== mine || answer.error || !editable()) return;
  unnote('outdated');
  const total = answer.sections.reduce((sum, each) => sum + each.figures.length, 0);
  if (!total) return;
  note('outdated', `起草之后台账有改动，${answer.sections.length} 节里的 ${total} 个数字要更新。`, [['看一看、更新数字', () => listOutdated(answer.sections)]], true);
}

function listOutdated(stale) {
  openPanel('台账改动后要更新的数字');
  stale.forEach((each) => {
    const group = make('div', 'stale');
    group.append(make('b', '', each.heading || '开头'));
    const list = make('ul');
    each.figures.forEach((figure) => {
      const row = make('li');
      row.append(make('span', '', figure.name + '：'), make('del', '', figure.then), ' → ', make('ins', '', figure.now));
      list.append(row);
    });
    group.append(list, button('更新数字', async () => {
      const done = await onSaved('update', { key: each.key }, '数字已按最新台账更新。');
      if (done) { group.remove(); if (!panel.querySelector('.stale')) closePanel(); showOutdated(); }
    }, 'strong'));
    panel.append(group);
  });
}

async function putMention(item) {
  const answer = await ask('mention', { id: doc.id, indicator: item.about });
  if (answer.error) { say(answer.error, true); return; }
  let place = caretOffset();
  if (place < 0 || !sectionAt(place)) { say('请先在正文里点一下要放的位置，再点“插入”。', true); return; }
  await settled();
  place = caretOffset();
  replaceText(place, place, answer.sentence);
  selectOffsets(place + answer.sentence.length, place + answer.sentence.length);
  edit();
  say(`已在光标处插入：${answer.sentence}`);
}
