(() => {
// What a person is told when the page cannot reach the service any more, or is not logged in any more.
const LOST = '连不上据实：网络断了，或服务停了、正在重启。请不要关闭这个网页，连上以后会自动接着用；没有保存的文字可以先复制出来。';
const OUT = '登录已过期，或您的用户有变动，刚才那一步没有完成。请先<a href="/login?next=%2Fwelcome" target="_blank">在新窗口登录</a>，再回到这里接着做；没有保存的文字还在。';
const bar = document.createElement('div');
bar.id = 'jushi-connection';
bar.setAttribute('role', 'alert');
bar.hidden = true;
let state = 'well', timer = 0;

function tell(next) {
  if (state === next) return;
  state = next;
  bar.hidden = next === 'well';
  bar.className = next;
  if (next === 'out') bar.innerHTML = OUT;
  else bar.textContent = next === 'lost' ? LOST : '';
}

async function look() {
  try {
    const answer = await plain('/health', { cache: 'no-store' });
    if (answer.ok && state === 'lost') tell('well');
  } catch { tell('lost'); }
  clearTimeout(timer);
  timer = setTimeout(look, state === 'lost' ? 2000 : 10000);
}

const plain = window.fetch.bind(window);
window.fetch = async (...given) => {
  const address = new URL(given[0] instanceof Request ? given[0].url : given[0], location);
  const own = address.origin === location.origin && address.pathname !== '/health';
  try {
    const answer = await plain(...given);
    if (own) tell(answer.status === 401 ? 'out' : 'well');
    return answer;
  } catch (error) {
    const left = error && error.name === 'AbortError';
    if (own && !left) look();
    throw error;
  }
};

// The library says the same in English, in a message of its own.
const hush = (nodes) => nodes.forEach((node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const bodies = node.matches('[data-testid=toast-body]') ? [node] : node.querySelectorAll('[data-testid=toast-body]');
  bodies.forEach((body) => {
    if (/Connection to the server was lost|Connection Lost/.test(body.textContent)) { body.hidden = true; body.style.display = 'none'; }
  });
});
const begin = () => {
  document.body.prepend(bar);
  new MutationObserver((changes) => changes.forEach((change) => hush(change.addedNodes))).observe(document.body, { childList: true, subtree: true });
  timer = setTimeout(look, 10000);
};
if (document.body) begin(); else addEventListener('DOMContentLoaded', begin);
})();
