// The form with which a person corrects how a sheet is read. The lists of indicators and parts are in the page
// once; each field gets its copy here.
const fill = () => element.querySelectorAll('select[data-list]').forEach((select) => {
  const list = element.querySelector(`select[hidden][data-name="${select.dataset.list}"]`);
  if (!list || select.dataset.filled) return;
  select.dataset.filled = 'yes';
  select.replaceChildren(...[...list.children].map((each) => each.cloneNode(true)));
  select.value = select.dataset.chosen;
  if (select.value !== select.dataset.chosen) {  // never taken for a change: what stands there is offered too
    select.append(new Option(select.dataset.chosen, select.dataset.chosen, true, true));
  }
});
const reveal = (box, here) => {
  box.scrollTop = here.offsetTop - box.clientHeight / 2;
  box.scrollLeft = here.offsetLeft - box.clientWidth / 2;
  box.scrollIntoView({ block: 'nearest' });
};
const show = () => {
  fill();
  const box = element.querySelector('.jushi-picture');
  const here = box?.querySelector('.here');
  if (!here) return;
  new ResizeObserver((_, watcher) => {  // the sheet may be on a tab that is only just being opened
    if (!box.clientHeight) return;
    watcher.disconnect();
    reveal(box, here);
  }).observe(box);
};
watch('value', () => requestAnimationFrame(show));
show();
const changed = (form, kind) => Object.fromEntries([...form.querySelectorAll(`[data-kind="${kind}"]`)]
  .filter((field) => (field.type === 'checkbox' ? String(field.checked) : field.value) !== field.dataset.chosen)
  .map((field) => [field.dataset.name, field.type === 'checkbox' ? field.checked : field.value]));
element.addEventListener('click', ({ target }) => {
  const label = target.closest('button.label');
  if (label) {
    fill();  // a sheet just drawn may not have been filled yet
    const form = [...element.querySelectorAll('form')].find((each) => each.dataset.layout === label.dataset.layout);
    const field = form && [...form.querySelectorAll('[data-kind="columns"]')].find((each) => each.dataset.name === label.dataset.column);
    form?.closest('details')?.setAttribute('open', '');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }
  const anew = target.closest('button[data-anew]');
  if (anew) trigger('correct', { sent: { layout: anew.closest('form').dataset.layout, anew: true } });
});
element.addEventListener('submit', (event) => {
  event.preventDefault();
  fill();  // an empty field would be taken for a changed one
  const form = event.target;
  const told = { layout: form.dataset.layout };
  for (const kind of ['columns', 'roles', 'rows', 'lines', 'whole']) told[kind] = changed(form, kind);
  trigger('correct', { sent: told });
});
