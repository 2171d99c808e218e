// The paper: plain paragraphs, the places in them, how they look, and the colours of the figures.
// Figures are coloured with the CSS Custom Highlight API, so that colouring never touches the text, the
// caret, the undo stack or an input method at work.
const root = element.querySelector('.jushi-editor');
const paper = root.querySelector('.paper');
const canPaint = typeof Highlight === 'function' && CSS.highlights;
let items = []; // verdicts and findings of the last check, in the order of the text
let painted = []; // [highlight, range] of this editor
let current = -1; // the item whose card is shown

// --- The text and the places in it ---------------------------------------------------------------

function pieces() {
  const nodes = [];
  let text = '';
  const walk = (node, last) => {
    if (node.nodeType === Node.TEXT_NODE) {
      nodes.push({ node, start: text.length });
      text += node.data.replace(/\u00a0/g, ' ');
    } else if (node.nodeName === 'BR') {
      if (node !== last) text += '\n'; // the last one only keeps an empty line open
    } else node.childNodes.forEach((child) => walk(child, last));
  };
  paper.childNodes.forEach((block, index) => {
    if (index) text += '\n';
    let last = block;
    while (last.lastChild) last = last.lastChild;
    walk(block, last);
  });
  return { text, nodes };
}
const read = () => pieces().text;

function rangeOf(nodes, start, end) {
  const range = new Range();
  let begun = false;
  for (const { node, start: from } of nodes) {
    const to = from + node.length;
    if (!begun && start >= from && start < to) { range.setStart(node, start - from); begun = true; }
    if (begun && end <= to) { range.setEnd(node, Math.max(end - from, 0)); return range; }
  }
  return null;
}

function offsetOf(nodes, node, offset) {
  const piece = nodes.find((each) => each.node === node);
  return piece ? piece.start + offset : -1;
}

// --- Looks: what Word would make of the line -----------------------------------------------------

const isDate = (text) => /^[\d〇○一二三四五六七八九十]{4}年.{1,3}月.{1,3}日$/.test(text.trim());

function lookOf(text, index, lines) {
  const line = text.trim();
  if (!line) return '';
  const firstText = lines.findIndex((each) => each.trim());
  if (index === firstText && line.length < 50 && !/[，。；：！]/.test(line)) return 'title';
  if (isDate(line) && index > 2) return 'sign';
  if (index > 2 && line.length < 30 && !/[。：；]$/.test(line) && isDate(lines[index + 1] || '')) return 'sign';
  if (line.length < 60 && /^[一二三四五六七八九十]{1,3}、/.test(line)) return 'h1';
  if (line.length < 60 && /^（[一二三四五六七八九十]{1,3}）/.test(line) && !/。./.test(line)) return 'h2';
  if (index === firstText + 1 && line.length < 30 && /^[^，。]+：$/.test(line)) return 'to';
  return 'body';
}

function dress() {
  const lines = [...paper.children].map((block) => block.textContent);
  [...paper.children].forEach((block, index) => {
    const look = lookOf(lines[index], index, lines);
    if (block.className !== look) block.className = look;
  });
}

function fill(text) {
  paper.replaceChildren(...text.split('\n').map((line) => {
    const block = document.createElement('p');
    if (line) block.textContent = line; else block.append(document.createElement('br'));
    return block;
  }));
  dress();
}

// --- Colours -------------------------------------------------------------------------------------

function highlight(kind) {
  const name = 'jushi-' + kind;
  if (!CSS.highlights.has(name)) {
    const made = new Highlight();
    made.priority = { current: 3, finding: 1, locked: 0 }[kind] ?? 2;
    CSS.highlights.set(name, made);
  }
  return CSS.highlights.get(name);
}

function wipe() {
  painted.forEach(([where, range]) => where.delete(range));
  painted = [];
}

function paint() {
  if (!canPaint) return;
  wipe();
  const { nodes } = pieces();
  const put = (kind, item) => {
    const range = item.end > item.start ? rangeOf(nodes, item.start, item.end) : null;
    if (!range) return;
    highlight(kind).add(range);
    painted.push([highlight(kind), range]);
  };
  items.forEach((item) => put(item.kind, item));
  if (items[current]) put('current', items[current]);
}
