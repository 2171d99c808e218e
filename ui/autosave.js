// Saving: a while after the last key, and when asked. One thing is written at a time. What is not saved yet
// is also kept in this browser, so that neither a crash nor a service that is gone loses a word.
const stateLine = root.querySelector('.state');
const REST = 1500; // ms without a key before the text is saved
const AGAIN = 5000; // ms before a save that failed is tried again
let savedText = '', savedAt = '', saving = 0, failing = '', resting = 0, disputed = false;
let chain = Promise.resolve();

const changed = () => editable() && read() !== savedText;
const payload = () => ({ id: doc.id, text: editable() ? read() : doc.text, base: doc.base || {} });
const NO_ANSWER = '网页服务没有回应。您写的都还在这个页面里，也另存了一份在这台电脑上，请先不要关闭；服务恢复后会自动保存。';

// Ask the server for something. Gives its answer, or {error}, never throws.
async function ask(name, asked) {
  try {
    return (await server[name](asked)) || { error: NO_ANSWER, lost: true };
  } catch (error) {
    console.warn(name, error);
    return { error: NO_ANSWER, lost: true };
  }
}

// One after the other, whatever becomes of each.
function inTurn(act) {
  const turn = chain.then(act);
  chain = turn.catch((error) => console.error(error));
  return turn;
}

function showState() {
  if (!stateLine || !doc) return;
  const [name, words] = !editable() ? ['locked', doc.why || doc.note || '']
    : disputed ? ['bad', '未保存：请先在右边选定留哪一种']
    : failing ? ['bad', '未保存'] : saving ? ['busy', '正在保存…'] : changed() ? ['unsaved', '未保存']
    : ['saved', savedAt ? `已保存（${savedAt}）` : '已打开'];
  stateLine.textContent = words;
  stateLine.dataset.is = name;
  root.querySelector('[data-do=save]')?.classList.toggle('waiting', name === 'unsaved' || name === 'bad');
}

const copyKey = () => `jushi:text:${doc.who || ''}:${doc.id}`;
const asideKey = () => `${copyKey()}:aside`; // copies of earlier times that nobody has decided about
function stored(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) || otherwise;
  } catch { return otherwise; }
}
function store(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value)); else localStorage.removeItem(key);
  } catch { /* a full or forbidden store: the server still saves */ }
}
function keepCopy() {
  if (!editable()) return;
  store(copyKey(), changed() ? { text: read(), base: doc.base, at: new Date().toTimeString().slice(0, 5) } : null);
}

function rest(pause = REST) {
  clearTimeout(resting);
  if (editable()) resting = setTimeout(() => { if (composing || disputed) rest(); else save(true); }, pause);
}

// Save what stands there now. True where everything on the paper is on disk afterwards.
function save(automatic = false) {
  clearTimeout(resting);
  if (!doc || !editable()) return Promise.resolve(false);
  const mine = doc;
  return inTurn(async () => {
    await settled();
    if (doc !== mine || disputed) return false;
    if (!changed()) { showState(); return true; }
    const sent = payload();
    saving += 1;
    showState();
    const answer = await ask('save', { ...sent, automatic });
    saving -= 1;
    if (answer.base) mine.base = answer.base;
    if (doc !== mine) return false;
    failing = answer.error || '';
    if (answer.conflict) { showState(); showConflict(answer.conflict); return false; }
    if (answer.error) { say(answer.error, true); showState(); if (answer.lost) rest(AGAIN); return false; }
    taken(sent, answer);
    return true;
  });
}

// What the server has written: the revisions it counts from, the time, and what others changed meanwhile.
function taken(sent, answer) {
  const patches = answer.patches || [];
  const left = applyPatches(sent.text, patches); // written over where a person typed just now: told at the next save
  doc.base = { ...answer.base };
  left.forEach((patch) => { doc.base[patch.key] = sent.base[patch.key]; });
  savedText = patched(sent.text, patches.filter((patch) => !left.includes(patch)));
  if (answer.at) savedAt = answer.at;
  if (answer.sections) takeSections(answer.sections);
  keepCopy();
  showState();
  if (patches.length) { typedAt = performance.now(); schedule(); }
  if (changed()) rest();
  return !left.length;
}

// Another text is about to be opened in this one's place.
function leave() {
  if (!doc || !changed()) return;
  const mine = doc, sent = payload(), key = copyKey();
  keepCopy();
  inTurn(async () => {
    const answer = await ask('save', { ...sent, base: mine.base, automatic: true });
    if (!answer.error && !answer.conflict) localStorage.removeItem(key);
  });
}

// What an earlier visit could not save is put aside before this one writes its own copy over it, and stays
// until a person decides.
function putAside() {
  const copies = stored(asideKey(), []), last = stored(copyKey(), null);
  const kept = [...copies, ...(last ? [last] : [])].filter((copy) => copy.text !== doc.text);
  setAside(kept.filter((copy, index) => !kept.slice(index + 1).some((later) => later.text === copy.text)));
  store(copyKey(), null);
}
const setAside = (copies) => store(asideKey(), copies.length ? copies : null);

function offerCopies() {
  stored(asideKey(), []).forEach((copy, index) => {
    const key = 'copy-' + index, decided = () => {
      unnote(key);
      setAside(stored(asideKey(), []).filter((each) => each.text !== copy.text));
    };
    note(key, `上次（${copy.at}）在这台电脑上有改动没来得及保存。`, [
      ['找回来', () => { replaceText(0, read().length, copy.text); doc.base = copy.base || doc.base; edit(); keepCopy(); decided(); }],
      ['不要了', decided],
    ]);
  });
}
addEventListener('beforeunload', (event) => { if (doc && (changed() || saving)) { keepCopy(); event.preventDefault(); } });
addEventListener('online', () => { if (doc && changed()) save(true); });
document.addEventListener('visibilitychange', () => { if (document.hidden && doc && changed()) save(true); });
