'use strict';
// Filters the table of cases and opens a case in a dialog. The page is complete without it.
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId('filter');
  const [search, client, check, show] = ['search', 'client', 'check', 'show'].map(byId);

  // Every row is read once.
  const rows = [...byId('table').querySelectorAll('tbody tr:not(.group)')].map((row) => {
    const [title, ...results] = row.children;
    const group = row.parentElement.querySelector('.group').textContent;
    return {
      row,
      link: title.querySelector('a'),
      text: [title.textContent, row.dataset.k, group].join(' ').toLowerCase(),
      results: results.map((cell) => ({ cell, checks: (cell.dataset.c || '').split(' ') })),
    };
  });
  const is = {
    fails: (cell) => 'c' in cell.dataset,
    passes: (cell) => cell.className === 'p',
    ran: (cell) => cell.className !== 'n',
  };
  let shown = rows;

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = is[show.value];
    shown = rows.filter(({ text, results }) => {
      const columns = client.value === '' ? results : [results[client.value]];
      const fits = ({ cell, checks }) => has(cell) && (check.value === '' || checks.includes(check.value));
      return words.every((word) => text.includes(word)) && columns.some(fits);
    });
    const visible = new Set(shown.map(({ row }) => row));
    const bodies = new Set(shown.map(({ row }) => row.parentElement));
    for (const { row } of rows) row.hidden = !visible.has(row);
    for (const body of byId('table').tBodies) body.hidden = !bodies.has(body);
    byId('count').value = `${shown.length} of ${rows.length} cases`;
    byId('none').hidden = shown.length > 0;
  };
  // A passed case has no failed check.
  const choose = () => {
    if (check.value !== '' && show.value === 'passes') show.value = 'fails';
    filter();
  };

  const dialog = document.createElement('dialog');
  const tools = document.createElement('div');
  tools.className = 'tools';
  const button = (words, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = words;
    made.addEventListener('click', act);
    tools.append(made);
    return made;
  };
  const step = (by) => {
    const at = shown.findIndex(({ link }) => link.hash === '#' + dialog.lastElementChild.id);
    const next = shown[at + by];
    if (at >= 0 && next) open(next.link.hash);
  };
  const before = button('Previous', () => step(-1));
  const after = button('Next', () => step(1));
  button('Close', () => dialog.close()).className = 'close';
  dialog.append(tools);
  document.body.append(dialog);

  // The article is moved, not copied, so that every id stays unique.
  let home = null;
  const putBack = () => {
    if (home) home.replaceWith(dialog.lastElementChild);
    home = null;
  };
  const open = (hash) => {
    const wanted = /^#c\d+(-\d+)?$/.test(hash) && byId(hash.slice(1));
    if (!wanted) return false;
    putBack();
    const article = wanted.closest('article');
    home = document.createComment('');
    article.replaceWith(home);
    dialog.append(article);
    dialog.setAttribute('aria-label', article.querySelector('h3').textContent);
    for (const marked of dialog.querySelectorAll('.wanted')) marked.classList.remove('wanted');
    if (wanted !== article) wanted.classList.add('wanted');
    const at = shown.findIndex(({ link }) => link.hash === '#' + article.id);
    before.disabled = at <= 0;
    after.disabled = at < 0 || at + 1 >= shown.length;
    if (!dialog.open) dialog.showModal();
    history.replaceState(null, '', hash);
    dialog.scrollTop = 0;
    if (wanted !== article) wanted.scrollIntoView({ block: 'nearest' });
    return true;
  };
  dialog.addEventListener('close', () => {
    const link = home && rows.find(({ link }) => link.hash === '#' + dialog.lastElementChild.id);
    putBack();
    history.replaceState(null, '', '#cases');
    // After "Next" the focus follows to the case that was shown last.
    if (link && !link.row.contains(document.activeElement)) link.link.focus();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#c"]');
    if (link && !link.closest('#table') && !event.ctrlKey && !event.metaKey && open(link.hash)) event.preventDefault();
  });
  byId('table').addEventListener('click', (event) => {
    const link = event.target.closest('a');
    const row = event.target.closest('tbody tr:not(.group)');
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // A click anywhere in a row opens its case, unless the reader selects text.
    if (!link && String(getSelection()) !== '') return;
    if (open((link || row.querySelector('a')).hash)) event.preventDefault();
  });
  addEventListener('hashchange', () => open(location.hash));

  document.documentElement.classList.add('js');
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  search.addEventListener('input', filter);
  for (const one of [client, check, show]) one.addEventListener('change', choose);
  filter();
  open(location.hash);
})();
