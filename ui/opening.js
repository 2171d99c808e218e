// What the server sends: a text to open, a file that is ready. Comes last of the editor's files.
function open() {
  const next = props.doc && props.doc.id ? props.doc : null;
  if (doc && next && next.id === doc.id && (changed() || saving)) return; // a person is at work on it: what is typed stays
  leave();
  const previous = chain;
  doc = null;
  if (next && next.id) previous.then(() => start(next)); else start(null);
}

function start(next) {
  if (next && props.doc && props.doc.id !== next.id) return; // yet another was opened meanwhile
  doc = next && { ...next };
  wipe();
  items = []; current = -1; typedAt = 0; sections = []; at = ''; remembered = null;
  failing = ''; disputed = false; savedAt = doc && doc.at ? doc.at : '';
  if (panel) closePanel();
  if (notes) unnote('');
  root.dataset.state = doc ? 'checking' : 'empty';
  root.dataset.checks = 0;
  say('');
  if (!doc) { paper.replaceChildren(); return; }
  fill(doc.text);
  savedText = read();
  if (here && editable()) putAside();
  paper.contentEditable = doc.readonly ? 'false' : 'true';
  root.classList.toggle('readonly', !!doc.readonly);
  paper.scrollTop = 0;
  only = 'problems';
  renderCard();
  showState();
  if (doc.report) show(doc.report); else check();
  if (!here) return;
  showHere();
  arriveAt();
  if (editable()) { offerCopies(); offerPending(); showOutdated(); }
}

// The address names draft and section, so that a link or a reload comes back to the place.
function arriveAt() {
  const there = new URL(location), named = there.searchParams.get('draft'), wanted = named === doc.id ? there.searchParams.get('section') : '';
  if (!window.jushiArrived && named && named !== doc.id) return; // somebody was quicker than the page and is elsewhere by now
  there.searchParams.set('draft', doc.id);
  if (!wanted) there.searchParams.delete('section');
  history.replaceState(null, '', there);
  const section = sections.find((each) => each.key === wanted);
  if (!section) return;
  at = section.key;
  const range = rangeOf(pieces().nodes, section.start, Math.min(section.start + 1, section.end));
  const show = () => { if (range) paper.scrollTop += range.getBoundingClientRect().top - paper.getBoundingClientRect().top - 30; };
  show();
  requestAnimationFrame(show);
  showHere();
}

function offerPending() {
  (doc.pending || []).forEach((each) => note('pending-' + each.key, `“${each.heading || '开头'}”有 ${each.count} 种重写的写法还没有决定。`, [
    ['看一看', async () => {
      unnote('pending-' + each.key);
      const mine = doc, answer = await ask('offers', { id: doc.id, key: each.key });
      if (doc === mine) { if (answer.error) say(answer.error, true); else showOffers(answer); }
    }],
    ['不用了', () => { unnote('pending-' + each.key); ask('refuse', { id: doc.id, key: each.key }); }],
  ]));
}

watch('doc', open);
watch('saved', () => { // a file was made
  const told = props.saved;
  if (doc && told && told.id === doc.id) say(told.note);
});
document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  if (!doc || !selection.rangeCount || !paper.contains(selection.focusNode)) return;
  const offset = selectionOffset();
  remembered = { caret: offset, text: selection.toString() };
  look();
});
const returned = root.querySelector('.returned');
if (returned) returned.onchange = () => { const [file] = returned.files; returned.value = ''; if (file && doc) importWord(file); };
root.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && panel && !panel.hidden && !disputed && !rewriting) closePanel();
  if (event.key === 'Escape') root.querySelectorAll('details[open]').forEach((menu) => menu.removeAttribute('open'));
});
document.addEventListener('click', (event) => root.querySelectorAll('details[open]').forEach((menu) => { if (!menu.contains(event.target)) menu.removeAttribute('open'); }));
document.execCommand('defaultParagraphSeparator', false, 'p');
if (!canPaint) root.classList.add('old-browser');
open();
