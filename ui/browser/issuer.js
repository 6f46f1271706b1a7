// Somebody whom an OpenID Connect issuer vouches for, in a real browser: node browser/issuer.js URL NAME PICTURES
// logs in from a page that was asked for, comes back to it, changes something as the role allows, and logs out. Ends with exit code 0 if all
// went well.
import { Visit } from './visit.js';

const [url = '', name = '', pictures = ''] = process.argv.slice(2);
if (pictures === '') {
    console.error('give URL NAME PICTURES');
    process.exit(64);
}

const visit = await Visit.begin(process.env['CHROMIUM'] ?? '/usr/bin/chromium', pictures);
const { page } = visit;
const wayIn = page.getByRole('button', { name: 'Log in with OpenID Connect' });

try {
    await page.goto(`${url}/ui/sites?tab=tags`);
    await wayIn.click();
    await page.getByRole('heading', { level: 1, name: 'Sites & tags' }).waitFor();
    await page.getByRole('radio', { name: 'Tags', checked: true }).waitFor();
    await page.getByRole('navigation').getByText(`${name} operator`).waitFor();
    await visit.look('issuer');
    // A session of a browser changes things from pages of ours only: this is one.
    await page.getByRole('button', { name: 'Add a tag' }).click();
    await page.getByLabel('Name').fill('north');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('row', { name: /^north/ }).waitFor();
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('The audit log is for admins.').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await wayIn.waitFor();
    await page.reload();
    await wayIn.waitFor();
} catch (failure) {
    await page.screenshot({ path: `${pictures}/issuer-failed.png` });
    visit.problems.push(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
} finally {
    await visit.end();
}
visit.problems.forEach((problem) => console.error(problem));
process.exit(visit.problems.length === 0 ? 0 : 1);
