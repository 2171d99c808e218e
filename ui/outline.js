// The outline as a table a person can change: order, headings, length, what must be reported, targets.
// Gradio runs this once, with: element, props, watch, trigger. What is changed is kept in this browser,
// so that a reload does not lose it.
const root = element.querySelector('.jushi-outline');
const $ = (selector) => root.querySelector(selector);
const LEVELS = [[1, '一、'], [2, '（一）'], [3, '1.'], [0, '无标题']];
let doc = null, rows = [], aims = [], open = -1;

const copy = (value) => JSON.parse(JSON.stringify(value));
const storeKey = () => 'jushi:outline:' + doc.key;
const proposed = () => JSON.stringify([doc.rows, doc.aims]);
const plainRows = () => copy(rows);

function make(tag, { name, text, ...rest } = {}, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  Object.entries(rest).forEach(([key, value]) => { if (key in node) node[key] = value; else node.setAttribute(key, value); });
  node.append(...children);
  return node;
}

function keep() {
  const now = JSON.stringify([plainRows(), aims]);
  try {
    if (now === proposed()) localStorage.removeItem(storeKey());
    else localStorage.setItem(storeKey(), JSON.stringify({ from: proposed(), now }));
  } catch { /* a browser that keeps nothing still drafts */ }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(storeKey()) || 'null');
    if (!kept || kept.from !== proposed()) return null; // the ledger or the past summary has changed since
    return JSON.parse(kept.now);
  } catch { return null; }
}

// --- The table -----------------------------------------------------------------------------------

function blockEnd(start) { // a heading takes its sub-sections along
  const level = rows[start].level;
  let end = start + 1;
  while (level > 0 && end < rows.length && rows[end].level > level) end += 1;
  return end;
}

function move(index, direction) {
  const end = blockEnd(index), level = rows[index].level || 1;
  let target;
  if (direction < 0) {
    target = index - 1;
    while (target > 0 && rows[target].level > level) target -= 1;
    if (target < 0 || rows[target].role === '开头') return;
    rows.splice(target, 0, ...rows.splice(index, end - index));
  } else {
    if (end >= rows.length) return;
    const over = blockEnd(end) - end;
    target = index + over;
    const moved = rows.splice(index, end - index);
    rows.splice(target, 0, ...moved);
  }
  changed();
  const row = $(`tr[data-index="${target}"] .${direction < 0 ? 'up' : 'down'}`);
  if (row) row.focus();
}

function drop(index) {
  rows.splice(index, blockEnd(index) - index);
  changed();
  const next = $(`tr[data-index="${Math.min(index, rows.length - 1)}"] input`);
  if (next) next.focus();
}

function add() {
  let at = rows.findIndex((row) => ['问题', '打算', '结尾'].includes(row.role));
  if (at < 0) at = rows.length;
  const level = 1;
  const sample = rows.find((row) => row.level === level);
  rows.splice(at, 0, { heading: '', role: '工作', level, numbering: sample ? sample.numbering : '一、', must: [], may: [], length: 200, follows: '无', absent: [] });
  open = at;
  changed();
  const input = $(`tr[data-index="${at}"] .heading`);
  if (input) { input.focus(); input.scrollIntoView({ block: 'center' }); }
}

function mustCell(row, index) {
  const cell = make('td', { name: 'must' });
  const parent = !row.length && !row.must.length && rows[index + 1] && rows[index + 1].level > row.level;
  if (parent) { cell.append(make('span', { name: 'quiet', text: '只有标题，内容在下面各节' })); return cell; }
  const toggle = make('button', { type: 'button', name: 'more', 'aria-expanded': String(open === index), text: row.must.length ? `${row.must.length} 项 ${open === index ? '▴' : '▾'}` : `没有 ${open === index ? '▴' : '▾'}` });
  toggle.onclick = () => { open = open === index ? -1 : index; draw(); $(`tr[data-index="${index}"] .more`).focus(); };
  cell.append(toggle);
  if (row.absent.length) cell.append(make('span', { name: 'absent', text: `台账缺 ${row.absent.length} 项` }));
  if (open !== index) return cell;
  const chips = make('ul', { name: 'chips' });
  row.must.forEach((name, place) => {
    const off = make('button', { type: 'button', text: '×', 'aria-label': `不再必报“${name}”` });
    off.onclick = () => { row.must.splice(place, 1); row.absent = row.absent.filter((each) => each !== name); changed(); };
    chips.append(make('li', { name: row.absent.includes(name) ? 'lacks' : '', text: name }, off));
  });
  const more = make('input', { type: 'text', placeholder: '增加一项', 'aria-label': '增加一个必须写到的指标' });
  more.setAttribute('list', 'jushi-indicators');
  more.onchange = () => {
    const name = more.value.trim();
    if (!name) return;
    if (!doc.indicators.includes(name)) { more.setCustomValidity('请从列表里选一个指标'); more.reportValidity(); return; }
    if (!row.must.includes(name)) row.must.push(name);
    row.may = row.may.filter((each) => each !== name);
    changed();
    $(`tr[data-index="${index}"] .must input`).focus();
  };
  more.oninput = () => more.setCustomValidity('');
  cell.append(chips, more);
  return cell;
}

function line(row, index) {
  const name = row.heading || row.role;
  const up = make('button', { type: 'button', name: 'up', text: '↑', title: '上移', 'aria-label': `上移“${name}”` });
  const down = make('button', { type: 'button', name: 'down', text: '↓', title: '下移', 'aria-label': `下移“${name}”` });
  up.onclick = () => move(index, -1);
  down.onclick = () => move(index, 1);
  up.disabled = down.disabled = row.role === '开头';
  const heading = make('input', { type: 'text', name: 'heading', value: row.heading, placeholder: row.level ? '这一节的标题' : `（${row.role}，没有标题）`, 'aria-label': `第${index + 1}行的标题` });
  heading.oninput = () => { row.heading = heading.value; keep(); };
  const level = make('select', { 'aria-label': `“${name}”的级别` }, ...LEVELS.map(([value, label]) => make('option', { value: String(value), text: label })));
  level.value = String(row.level);
  level.onchange = () => {
    row.level = Number(level.value);
    const sample = rows.find((each) => each !== row && each.level === row.level && each.numbering);
    row.numbering = sample ? sample.numbering : LEVELS.find(([value]) => value === row.level)[1].replace('无标题', '');
    changed();
  };
  const length = make('input', { type: 'number', min: 0, max: 5000, step: 10, name: 'length', value: row.length, 'aria-label': `“${name}”约几个字` });
  length.oninput = () => { row.length = Number(length.value || 0); keep(); };
  const off = make('button', { type: 'button', name: 'off', text: '删', title: '删掉这一节', 'aria-label': `删掉“${name}”` });
  off.onclick = () => drop(index);
  const follows = row.follows === '无' ? (doc.learned ? '新写' : '按台账写') : '照' + row.follows.replace(/^(第\d+节).*$/, '$1');
  const tr = make('tr', { name: `level${row.level}` },
    make('td', { name: 'order' }, up, down), make('td', {}, heading), make('td', {}, level), make('td', {}, length),
    mustCell(row, index), make('td', { name: 'quiet', text: follows, title: row.follows === '无' ? '' : `照往年总结的${row.follows}写` }), make('td', {}, off));
  tr.dataset.index = index;
  return tr;
}

// --- What the ledger lacks, and the targets ------------------------------------------------------

function drawLacking() {
  const lacking = rows.flatMap((row) => row.absent.map((name) => [row, name]));
  const box = $('.lacking');
  box.hidden = !lacking.length;
  if (!lacking.length) { box.replaceChildren(); return; }
  const list = make('ul', {}, ...lacking.map(([row, name]) => {
    const fate = row.follows === '无' ? '先不写，写好后在“编辑”里提醒' : '正文里留【待核实】';
    const select = make('select', { 'aria-label': `“${name}”怎么办` }, make('option', { value: 'leave', text: fate }), make('option', { value: 'drop', text: '这次不报这一项' }));
    select.onchange = () => { row.must = row.must.filter((each) => each !== name); row.absent = row.absent.filter((each) => each !== name); changed(); };
    return make('li', {}, make('b', { text: name }), make('span', { name: 'quiet', text: `（${row.heading || row.role}）` }), select);
  }));
  const go = make('button', { type: 'button', name: 'fetch', text: '去导入台账补齐' });
  go.onclick = () => [...document.querySelectorAll('[role=tab]')].find((tab) => tab.textContent.trim() === '台账')?.click();
  box.replaceChildren(
    make('p', {}, make('b', { text: `台账里还没有这 ${lacking.length} 个数。` }), '可以先补台账再回来点“下一步：看提纲”；不补也能写，每一项怎么办由您定：'), list, go);
}

function drawAims() {
  $('.aims ul').replaceChildren(...aims.map((aim, index) => {
    const which = make('select', { 'aria-label': '目标是哪个指标' }, make('option', { value: '', text: '选一个指标' }),
      ...[...new Set([...doc.reached.map((each) => each.indicator), ...(aim.indicator ? [aim.indicator] : [])])].map((name) => make('option', { value: name, text: name })));
    which.value = aim.indicator;
    const bound = make('select', { 'aria-label': '要求' }, ...doc.bounds.map(([value, label]) => make('option', { value, text: label })));
    bound.value = aim.bound;
    const value = make('input', { type: 'text', inputMode: 'decimal', name: 'value', value: aim.value, placeholder: '如 98.5', 'aria-label': '目标数' });
    const off = make('button', { type: 'button', name: 'off', text: '删', 'aria-label': '删掉这个目标' });
    which.onchange = () => {
      const known = doc.reached.find((each) => each.indicator === which.value);
      Object.assign(aim, { indicator: which.value, unit: known ? known.unit : '', reached: known ? known.reached : '' });
      keep(); drawAims();
    };
    bound.onchange = () => { aim.bound = bound.value; keep(); };
    value.oninput = () => { aim.value = value.value; keep(); };
    off.onclick = () => { aims.splice(index, 1); keep(); drawAims(); };
    return make('li', {}, which, bound, value, make('span', { text: aim.unit }), make('span', { name: 'quiet', text: aim.reached ? `本期已达到 ${aim.reached}` : '' }), off);
  }));
}

function draw() {
  $('.rows').replaceChildren(...rows.map(line));
  drawLacking();
  const lacking = rows.reduce((sum, row) => sum + row.absent.length, 0);
  $('.begin').textContent = lacking ? `按这个提纲开始起草（${lacking} 个数待补）` : '按这个提纲开始起草';
}
function changed() { keep(); draw(); }

function fill(given) {
  rows = copy(given[0]);
  aims = copy(given[1]);
  open = -1;
  draw();
  drawAims();
}

function arrive() {
  doc = props.doc && props.doc.key ? props.doc : null;
  root.dataset.state = doc ? 'open' : 'empty';
  if (!doc) return;
  $('.title').textContent = `《${doc.title}》的提纲`;
  $('.hint').textContent = doc.learned ? '各节的标题、次序和篇幅学自往年总结。合适就直接开始；不合适先在下面改。' : '没有往年总结，这是通用提纲。合适就直接开始；不合适先在下面改。';
  $('#jushi-indicators').replaceChildren(...doc.indicators.map((name) => make('option', { value: name })));
  const kept = recall();
  fill(kept || [doc.rows, doc.aims]);
  $('.restored').hidden = !kept;
  $('.restored').textContent = kept ? '这是您上次改过的提纲，已接着用；不要的话点下面“恢复成建议的提纲”。' : '';
  $('.begin').disabled = false;
  $('.scroll').scrollTop = 0;
}

$('.add').onclick = add;
$('.add-aim').onclick = () => { aims.push({ indicator: '', bound: doc.bounds[0][0], value: '', unit: '', reached: '' }); drawAims(); $('.aims li:last-child select').focus(); };
$('.reset').onclick = () => { fill([doc.rows, doc.aims]); keep(); $('.restored').hidden = true; };
$('.begin').onclick = () => { if (doc) trigger('begin', { key: doc.key, rows: plainRows(), aims }); };
watch('doc', arrive);
arrive();
