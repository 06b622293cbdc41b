import type { CaughtMail } from './mail-catcher.js';

/** For every page below: nothing may be asked of any host, and a mail's own HTML runs no script. */
export const MAIL_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'";

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1c2733 }
  h1 { font-size: 1.3rem; overflow-wrap: anywhere }
  h2 { font-size: 1rem }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #dde3ea; vertical-align: top; overflow-wrap: anywhere }
  dt { float: left; clear: left; width: 6rem; color: #5b6b7c } dd { margin-left: 6rem; overflow-wrap: anywhere }
  pre { white-space: pre-wrap; background: #f4f6f8; padding: 1rem }
  iframe { width: 100%; height: 32rem; border: 1px solid #dde3ea; box-sizing: border-box }
  @media (max-width: 40rem) {
    thead { display: none } tr { display: block; padding: .4rem 0; border-bottom: 1px solid #dde3ea }
    td { display: block; padding: 0; border: 0 }
  }`;

/** All caught mails, newest first; looks for new ones every three seconds. */
export function mailListPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    (mail) => `<tr><td><time>${time(mail)}</time></td><td>${escaped(mail.to.join(', '))}</td>
      <td><a href="/mail/${mail.id}">${escaped(mail.subject || '(no subject)')}</a></td></tr>`,
  );
  const table = `<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead>
    <tbody>${rows.join('\n')}</tbody></table>`;
  const refresh = '<meta http-equiv="refresh" content="3">';
  const body = mails.length > 0 ? table : '<p>No mail yet. Place an order and look again.</p>';
  return page('Mail that Waybill sent', body, refresh);
}

export function mailPage(mail: CaughtMail): string {
  const facts = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ['Received', time(mail)],
  ].map(([term, text = '']) => `<dt>${term}</dt><dd>${escaped(text)}</dd>`);
  const html = mail.html
    ? `<iframe sandbox title="The mail" srcdoc="${escaped(mail.html)}"></iframe>`
    : '';
  const heading = mail.html ? '<h2>As text</h2>' : '';
  const text = mail.text ? `${heading}<pre>${escaped(mail.text)}</pre>` : '';
  const back = '<p><a href="/mail">All mail</a></p>';
  return page(mail.subject || '(no subject)', `${back}<dl>${facts.join('')}</dl>${html}${text}`);
}

export function noSuchMailPage(): string {
  return page('No such mail', '<p>It may have been dropped. <a href="/mail">All mail</a></p>');
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>${body}</body></html>`;
}

const time = (mail: CaughtMail) => `${mail.receivedAt.slice(0, 19).replace('T', ' ')} UTC`;

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
