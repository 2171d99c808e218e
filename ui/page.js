// Once, when the page is there: light colours, and what the library says in English.
() => {
  document.documentElement.lang = 'zh-CN';
  document.body.classList.remove('dark');
  const kinds = {
    'ledger-upload': '.xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt,.htm,.html',
    'library-upload': '.docx,.doc,.wps,.pdf,.txt,.md,.html,.htm,.rtf,.odt,.docm,.mht',
    'draft-upload': '.docx,.doc,.wps,.txt,.md',
    'check-upload': '.docx,.doc,.wps,.txt,.md',
    'check-facts': '.xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt,.htm,.html',
  };
  const settle = () => Object.entries(kinds).forEach(([id, accept]) => {
    const button = document.querySelector(`#${id} button.upload-container, #${id} button[aria-dropeffect]`);
    if (!button || button.dataset.settled) return;
    button.dataset.settled = 'yes';
    const label = document.querySelector(`#${id} [data-testid="block-label"]`);
    button.setAttribute('aria-label', `${label ? label.textContent.trim() : '文件'}：${button.innerText.trim()}`);
    button.querySelector('input[type=file]')?.setAttribute('accept', accept);
  });
  settle();
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
}
