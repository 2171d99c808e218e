// Changes to the text that the program makes: as undoable as typing, never over what a person is typing.
let composing = false; // an input method is at work: the text must not be touched
const afterComposing = []; // what waits for it

const settled = () => (composing ? new Promise((go) => afterComposing.push(go)) : Promise.resolve());

function placeOf(offset) {
  const { nodes } = pieces();
  for (const { node, start } of nodes) {
    if (offset >= start && offset <= start + node.length) return [node, offset - start];
  }
  let count = 0; // an empty line has no text node
  for (const block of paper.childNodes) {
    const length = block.textContent.length;
    if (offset <= count + length) return [block, 0];
    count += length + 1;
  }
  return [paper.lastChild || paper, 0];
}

// Where the caret is, or was when the person last was in the text; -1 before that.
let remembered = null;
function caretOffset() {
  const selection = getSelection();
  const inside = selection.rangeCount && paper.contains(selection.focusNode);
  return inside ? selectionOffset() : remembered ? Math.min(remembered.caret, read().length) : -1;
}

function selectionOffset() {
  const selection = getSelection();
  const { nodes } = pieces();
  const known = offsetOf(nodes, selection.focusNode, selection.focusOffset);
  if (known >= 0) return known;
  let block = selection.focusNode, count = 0; // between two pieces of text, not in one
  while (block.parentNode !== paper && block !== paper) block = block.parentNode;
  const blocks = [...paper.childNodes], before = block === paper ? selection.focusOffset : blocks.indexOf(block);
  blocks.slice(0, before).forEach((each) => { count += each.textContent.length + 1; });
  if (block === paper) return Math.min(count, read().length);
  const inside = new Range();
  inside.setStart(block, 0);
  inside.setEnd(selection.focusNode, selection.focusOffset);
  return count + inside.toString().length;
}

function selectOffsets(start, end) {
  const range = new Range(), selection = getSelection();
  range.setStart(...placeOf(start));
  range.setEnd(...placeOf(end));
  selection.removeAllRanges();
  selection.addRange(range);
  return range;
}

// Put `text` in place of [start, end), so that undo takes it back. Only what differs is touched.
function replaceText(start, end, text) {
  const now = read(), old = now.slice(start, end);
  let head = 0, tail = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  while (tail < old.length - head && tail < text.length - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  if (head === old.length && head === text.length) return;
  const caret = caretOffset(), from = start + head, to = end - tail, put = text.slice(head, text.length - tail);
  const wanted = now.slice(0, from) + put + now.slice(to);
  const wide = root.dataset.panel; // text that is not shown cannot be edited
  if (wide) delete root.dataset.panel;
  const scroll = paper.scrollTop;
  paper.focus({ preventScroll: true });
  selectOffsets(from, to);
  if (put) document.execCommand('insertText', false, put); else document.execCommand('delete');
  if (read() !== wanted) fill(wanted); // the browser made something else of it: the words count more than the undo
  if (caret >= 0) {
    const place = caret <= from ? caret : caret >= to ? caret + put.length - (to - from) : from + put.length;
    selectOffsets(place, place);
  }
  paper.scrollTop = scroll;
  if (wide) root.dataset.panel = wide;
}

const patched = (text, patches) => [...patches].sort((a, b) => b.start - a.start)
  .reduce((whole, patch) => whole.slice(0, patch.start) + patch.text + whole.slice(patch.end), text);

// Patches are meant for the text as it was sent. Where a person has typed since, those that do not touch
// what was typed are moved; returns those that could not be put in.
function applyPatches(sent, patches) {
  const now = read(), grown = now.length - sent.length;
  let head = 0, tail = 0;
  if (now !== sent) {
    while (head < sent.length && head < now.length && sent[head] === now[head]) head += 1;
    while (tail < sent.length - head && tail < now.length - head && sent[sent.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  }
  const left = [];
  [...patches].sort((a, b) => b.start - a.start).forEach((patch) => {
    if (now === sent || patch.end <= head) replaceText(patch.start, patch.end, patch.text);
    else if (patch.start >= sent.length - tail) replaceText(patch.start + grown, patch.end + grown, patch.text);
    else left.push(patch);
  });
  dress();
  return left;
}
