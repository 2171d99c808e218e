// Changes to accept or refuse one by one: a section written again, what came back from Word, two people's texts.
const panel = root.querySelector('.panel');

function openPanel(title, { wide = false, close = true } = {}) {
  panel.replaceChildren();
  panel.hidden = false;
  root.dataset.panel = wide ? 'wide' : 'side';
  const head = make('div', 'panel-head');
  head.append(make('h2', '', title));
  if (close) {
    const shut = make('button', 'shut', '✕ 关闭');
    shut.type = 'button';
    shut.onclick = closePanel;
    head.append(shut);
  }
  panel.append(head);
  panel.setAttribute('aria-label', title);
  return panel;
}
function closePanel() {
  panel.hidden = true;
  panel.replaceChildren();
  delete root.dataset.panel;
  if (doc) paper.focus({ preventScroll: true });
}

function button(text, act, name = '') {
  const made = make('button', name, text);
  made.type = 'button';
  made.onclick = act;
  return made;
}

// A text with its changes, each a switch: taken (new words) or not (old words). `taken()` gives the places.
function changesView(pieces, { on = true, label = '改动' } = {}) {
  const box = make('div', 'changes');
  const chosen = new Set(on ? pieces.map((each, index) => index).filter((index) => pieces[index][0] !== pieces[index][1]) : []);
  pieces.forEach(([before, after], index) => {
    if (before === after) { box.append(make('span', '', before)); return; }
    const change = make('span', 'change');
    change.setAttribute('role', 'switch');
    change.tabIndex = 0;
    const draw = () => {
      const taken = chosen.has(index);
      change.setAttribute('aria-checked', String(taken));
      change.setAttribute('aria-label', `${label}：${before ? `“${before}”` : '（无）'}改为${after ? `“${after}”` : '（删去）'}，${taken ? '采用' : '不采用'}`);
      change.title = taken ? '采用这处改动；点一下改为不采用' : '不采用这处改动；点一下改为采用';
    };
    const flip = () => { if (chosen.has(index)) chosen.delete(index); else chosen.add(index); draw(); box.dispatchEvent(new Event('chosen')); };
    if (before) change.append(make('del', '', before));
    if (after) change.append(make('ins', '', after));
    change.onclick = flip;
    change.onkeydown = (event) => { if (event.key === ' ' || event.key === 'Enter') { event.preventDefault(); flip(); } };
    draw();
    box.append(change);
  });
  const total = pieces.filter(([before, after]) => before !== after).length;
  return {
    box, total,
    count: () => chosen.size,
    text: () => pieces.map(([before, after], index) => (chosen.has(index) ? after : before)).join(''),
    all: () => chosen.size === total,
  };
}

// --- Two people's texts --------------------------------------------------------------------------

function showConflict(conflicts) {
  disputed = true;
  showState();
  openPanel('有人同时改了同一节', { wide: true, close: false });
  panel.append(make('p', 'why', '您的改动没有丢，还在正文里。下面每一节请选留哪一种，再点“就这样保存”。'));
  const choices = {};
  conflicts.forEach((each) => {
    const group = make('fieldset', 'conflict');
    group.append(make('legend', '', each.heading || '开头'));
    const sides = make('div', 'columns');
    const name = 'conflict-' + each.key;
    [['mine', '用我的', each.mine, ''], ['theirs', `用${each.who || '对方'}的`, each.theirs, each.when || '']].forEach(([value, text, words, when]) => {
      const column = make('label', 'column');
      const radio = make('input');
      Object.assign(radio, { type: 'radio', name, value });
      radio.onchange = () => { choices[each.key] = value; ready(); };
      const head = make('span', 'column-head');
      head.append(radio, make('b', '', text), make('small', '', when));
      column.append(head);
      const view = make('div', 'changes still');
      each.pieces.forEach(([mine, theirs]) => {
        const shown = value === 'mine' ? mine : theirs;
        if (shown) view.append(make(mine === theirs ? 'span' : 'mark', '', shown));
      });
      column.append(view);
      sides.append(column);
    });
    group.append(sides);
    const both = make('label', 'both');
    const radio = make('input');
    Object.assign(radio, { type: 'radio', name, value: 'both' });
    radio.onchange = () => { choices[each.key] = 'both'; ready(); };
    both.append(radio, make('span', '', '两种都先留下（对方的在前，我的在后），我再自己合并'));
    group.append(both);
    panel.append(group);
  });
  const go = button('就这样保存', () => settle(choices, conflicts), 'strong');
  const ready = () => { go.disabled = conflicts.some((each) => !choices[each.key]); };
  ready();
  panel.append(go);
  panel.querySelector('input').focus();
}

function settle(choices, conflicts) {
  const mine = doc;
  inTurn(async () => {
    const now = payload();
    saving += 1;
    showState();
    const numbers = Object.fromEntries(conflicts.map((each) => [each.key, each.number]));
    const answer = await ask('settle', { ...now, choices, numbers });
    saving -= 1;
    if (doc !== mine) return;
    if (answer.conflict) { showConflict(answer.conflict); return; }
    if (answer.error) { say(answer.error, true); showState(); return; }
    disputed = false;
    failing = '';
    closePanel();
    taken(now, answer);
    say('已按您选的保存。两种写法都留在“版本”里，随时能找回。');
  });
}

// --- What came back from Word --------------------------------------------------------------------

async function importWord(file) {
  if (!(await save())) return;
  const mine = doc;
  say('正在读 Word…');
  let path;
  try {
    path = (await upload(file)).path;
  } catch (error) {
    say('文件没有传上来，请检查文件大小后再试一次。', true);
    return;
  }
  const answer = await ask('word_back', { id: doc.id, path });
  if (doc !== mine) return;
  if (answer.error) { say(answer.error, true); return; }
  say('');
  if (!answer.proposals.length) { say('这份 Word 与现在的稿子一样，没有要改的。'); return; }
  showReturned(answer);
}

function showReturned(answer) {
  openPanel(`Word 里改了 ${answer.proposals.length} 处`, { wide: true });
  panel.append(make('p', 'why', '逐处看，要的打勾，不要的去掉勾；原稿在点“采用”之前不会变。'));
  (answer.notices || []).forEach((text) => panel.append(make('p', 'warn', text)));
  const chosen = new Set(answer.proposals.map((each) => each.number));
  const list = make('ol', 'proposals');
  answer.proposals.forEach((each) => {
    const row = make('li'), label = make('label', 'proposal-head'), tick = make('input');
    Object.assign(tick, { type: 'checkbox', checked: true });
    tick.onchange = () => { if (tick.checked) chosen.add(each.number); else chosen.delete(each.number); ready(); };
    label.append(tick, make('b', '', each.kind), make('span', '', each.heading));
    row.append(label);
    const view = make('div', 'changes still');
    each.pieces.forEach(([before, after]) => {
      if (before === after) view.append(make('span', '', before));
      else { if (before) view.append(make('del', '', before)); if (after) view.append(make('ins', '', after)); }
    });
    row.append(view);
    each.figures.forEach((figure) => {
      const said = make('p', 'figure');
      said.append(make('span', 'badge ' + figure.kind, figure.label), make('b', '', figure.surface), make('span', '', figure.message));
      row.append(said);
    });
    list.append(row);
  });
  const go = button('', () => takeWord(answer.token, [...chosen]), 'strong');
  const ready = () => { go.textContent = `采用打勾的 ${chosen.size} 处`; go.disabled = !chosen.size; };
  ready();
  panel.append(list, go);
  go.focus();
}

function takeWord(token, numbers) {
  const mine = doc;
  inTurn(async () => {
    const sent = payload();
    const answer = await ask('accept_word', { ...sent, token, numbers });
    if (doc !== mine) return;
    if (answer.error) { say(answer.error, true); return; }
    closePanel();
    taken(sent, answer);
    say(`已采用 ${numbers.length} 处。`);
  });
}
