// What an operator does in a maintenance window, in a real browser before the real demo:
//   node browser/tour.js URL TOKEN BACKEND IMAP_HOST:PORT PICTURES
// logs in, adds a backend, sets its load factor, empties BACKEND while users have sessions, looks for a user, switches a feature, reads the
// audit log, and looks at every page in light and dark, and opens the description of the API. Ends with exit code 0 if all went well.
import { idle } from './imap.js';
import { Visit } from './visit.js';

const [url = '', token = '', backend = '', imap = '', pictures = ''] = process.argv.slice(2);
if (pictures === '') {
    console.error('give URL TOKEN BACKEND IMAP_HOST:PORT PICTURES');
    process.exit(64);
}
const USERS = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'].map((name) => `${name}@example.org`);
/** A name that resolves everywhere; as a backend in standby it is asked for nothing. */
const ADDED = 'localhost';

const visit = await Visit.begin(process.env['CHROMIUM'] ?? '/usr/bin/chromium', pictures);
const { page } = visit;

/** @param {string} name */
const button = (name) => page.getByRole('button', { name, exact: true });
/** @param {string} name */
const pageCalled = (name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** @param {string} name */
async function open(name) {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
    await pageCalled(name === 'Overview' ? 'Overview' : name);
}

/**
 * @param {string} host
 * @param {string} action
 */
async function act(host, action) {
    await page
        .getByRole('row', { name: new RegExp(`^${host} `) })
        .getByRole('button', { name: `Actions on ${host}` })
        .click();
    await page.getByRole('menuitem', { name: action }).click();
}

async function closed() {
    await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function logIn() {
    await page.goto(`${url}/`);
    await page.getByLabel('Token').waitFor();
    await visit.look('login');
    await page.getByLabel('Token').fill('pombal_1_wrong');
    await button('Log in').click();
    await page.getByText('the token is wrong').waitFor();
    // Chromium says so of each 401; this one was asked for.
    visit.problems = visit.problems.filter((problem) => !problem.includes('401'));
    await page.getByLabel('Token').fill(token);
    await button('Log in').click();
    await pageCalled('Overview');
    await page.getByText('live ·').waitFor();
    await page.getByRole('link', { name: backend }).first().waitFor();
}

async function addBackend() {
    await open('Backends');
    await page.getByRole('link', { name: backend }).waitFor();
    await visit.look('backends');
    await button('Add a backend').click();
    await page.getByLabel('Host name').last().fill(ADDED);
    await visit.look('backend-add');
    await button('Add').click();
    await closed();
    await page.getByRole('link', { name: ADDED, exact: true }).waitFor();
    await act(ADDED, 'Set load factor…');
    await page.getByLabel('Load factor, 0 to 100').fill('50');
    await page.getByLabel('Reason, for the audit log (optional)').fill('half as strong as the others');
    await button('Set').click();
    await closed();
    await page.getByRole('row', { name: new RegExp(`^${ADDED} .* 50 `) }).waitFor();
}

async function evacuate() {
    const [host = '', port = ''] = imap.split(':');
    const sessions = await Promise.all(USERS.map((user) => idle(host, Number(port), user, 'pombal')));
    try {
        await page.getByRole('link', { name: backend, exact: true }).click();
        await pageCalled(backend);
        await visit.until(`${backend} has groups`, async () => (await groupsOf()) > 0);
        await visit.look('backend');
        await page.getByRole('button', { name: `Actions on ${backend}` }).click();
        await page.getByRole('menuitem', { name: 'Evacuate…' }).click();
        await page.getByRole('table', { name: 'Where they go' }).waitFor();
        await visit.look('evacuate');
        await page.getByLabel('Reason, for the audit log (optional)').fill('disk is being replaced');
        await button('Evacuate now').click();
        await page.getByText('moves have begun').waitFor();
        await button('Close').click();
        await page.getByRole('heading', { name: /being emptied|It is empty/ }).waitFor();
        await page.screenshot({ path: `${pictures}/evacuating-light.png` });
        await visit.until(`${backend} is empty`, async () => (await groupsOf()) === 0, 120);
        await page.getByRole('heading', { name: 'It is empty' }).waitFor();
        await visit.look('evacuated');
        await visit.until('the sessions on it have ended', () => sessions.some((session) => !session.isOpen()));
    } finally {
        sessions.forEach((session) => session.close());
    }
}

async function groupsOf() {
    const text = await page.locator('dt:text-is("Groups") + dd a').first().textContent();
    return Number(text ?? NaN);
}

async function findUser() {
    await open('Users');
    await page.getByRole('searchbox', { name: 'Name begins with' }).fill('ali');
    await page.getByRole('link', { name: 'alice@example.org' }).waitFor();
    await visit.look('users');
    await page.getByRole('link', { name: 'alice@example.org' }).click();
    await page.getByText(/home is group default-\d+ of site demo/).waitFor();
    await visit.look('user');
}

async function switchFeature() {
    await page.getByRole('radiogroup', { name: 'Metrics' }).getByRole('radio', { name: 'on', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await visit.look('feature');
    await button('Set to on').click();
    await closed();
    await visit.until('the feature is shown as on', async () =>
        page.getByRole('radiogroup', { name: 'Metrics' }).getByRole('radio', { name: 'on', exact: true }).isChecked(),
    );
}

async function readAudit() {
    await open('Audit');
    for (const what of [
        /backend\.add backend localhost done/,
        /backend\.update backend localhost done half as strong as the others/,
        new RegExp(`backend\\.evacuate backend ${backend} done disk is being replaced`),
        /feature\.set site demo, feature metrics done/,
    ]) {
        await page.getByRole('row', { name: what }).first().waitFor();
    }
    await visit.look('audit');
    await page
        .getByRole('button', { name: /Details of backend.update/ })
        .first()
        .click();
    await visit.look('audit-entry');
    await button('Close').click();
    await closed();
}

async function putBack() {
    await open('Backends');
    await act(backend, 'Set status…');
    await page.getByRole('dialog').getByLabel('Status').selectOption('online');
    await button('Set to online').click();
    await closed();
    await act(backend, 'Set load factor…');
    await page.getByLabel('Load factor, 0 to 100').fill('100');
    await button('Set').click();
    await closed();
    await act(ADDED, 'Remove…');
    await page.getByLabel(`Type ${ADDED} to go on`).fill(ADDED);
    await button('Remove').click();
    await closed();
    await page.getByRole('link', { name: ADDED, exact: true }).waitFor({ state: 'detached' });
}

async function lookAround() {
    await open('Overview');
    await page.getByRole('link', { name: backend }).first().waitFor();
    await visit.look('overview');
    await open('Groups');
    await page
        .getByRole('link', { name: /^default-/ })
        .first()
        .waitFor();
    await visit.look('groups');
    await page.getByRole('radio', { name: 'Map' }).click();
    await page.getByRole('img', { name: /groups on/ }).waitFor();
    await visit.look('groups-map');
    await page.getByRole('radio', { name: 'List' }).click();
    await page
        .getByRole('link', { name: /^default-/ })
        .first()
        .click();
    await page.getByText('Where it is, and why').waitFor();
    await visit.look('group');
    await open('Moves');
    await visit.look('moves');
    await open('Plan');
    await visit.look('plan');
    await open('Sites & tags');
    await page.getByRole('button', { name: 'Edit site demo' }).waitFor();
    await visit.look('sites');
    for (const [tab, name] of /** @type {const} */ ([
        ['Tags', 'tags'],
        ['Reachability & failover', 'reachability'],
        ['Nodes', 'nodes'],
    ])) {
        await page.getByRole('radio', { name: tab }).click();
        await visit.look(name);
    }
    await open('Settings & access');
    await page.getByText('CONTROLLER_LISTEN').waitFor();
    await visit.look('settings');
    await page.getByRole('radio', { name: 'Access' }).click();
    await page.getByRole('button', { name: 'Make a token' }).waitFor();
    await visit.look('access');
    await page.getByRole('radio', { name: 'Controller & tasks' }).click();
    await visit.look('controller');
}

/** The page on which the API can be read and tried, made by Swagger UI from what this controller says of itself. */
async function readDescription() {
    await page.goto(new URL('/api/v1/docs', url).href);
    await page.getByText('/api/v1/health', { exact: true }).waitFor();
}

try {
    for (const step of [
        logIn,
        addBackend,
        evacuate,
        findUser,
        switchFeature,
        readAudit,
        putBack,
        lookAround,
        readDescription,
    ]) {
        const began = Date.now();
        await step();
        console.log(`${step.name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
} catch (failure) {
    await page.screenshot({ path: `${pictures}/failed.png` });
    visit.problems.push(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
} finally {
    await visit.end();
}
visit.problems.forEach((problem) => console.error(problem));
process.exit(visit.problems.length === 0 ? 0 : 1);
