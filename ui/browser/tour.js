// What an operator does in a maintenance window, in a real browser before the real demo:
//   node browser/tour.js URL TOKEN BACKEND IMAP_HOST:PORT PICTURES
// logs in, adds a backend, sets its load factor, empties BACKEND while users have sessions, looks for a user and ends the session, switches a
// feature, reads the audit log, has load balanced once, looks at what autoscaling would do, works by the keyboard alone, plans another number of
// groups, has users counted, force-moves some, fails a site over, looks at every page in light and dark, and opens the description of the API. Ends with exit code 0 if all went well.
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
const OTHER_SITE = 'faro';

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

/** Of three backends and six users one may have nobody, and then there is nothing to empty: it gets the last one's group. */
async function giveAGroup() {
    const user = USERS.at(-1) ?? '';
    await open('Users');
    await page.getByRole('searchbox', { name: 'Name begins with' }).fill(user);
    await page.getByRole('link', { name: user }).click();
    await page
        .getByRole('link', { name: /^default-/ })
        .first()
        .click();
    await button('Move…').click();
    await page.getByLabel('To', { exact: true }).selectOption(backend);
    await button('Move').click();
    await closed();
    await open('Backends');
    await page.getByRole('link', { name: backend, exact: true }).click();
    await pageCalled(backend);
    await visit.until(`${backend} has a group`, async () => (await groupsOf()) > 0);
}

/** @returns {[host: string, port: number]} */
function imapServer() {
    const [host = '', port = ''] = imap.split(':');
    return [host, Number(port)];
}

async function evacuate() {
    await page.getByRole('link', { name: backend, exact: true }).click();
    await pageCalled(backend);
    if ((await groupsOf()) === 0) {
        await giveAGroup();
    }
    const sessions = await Promise.all(USERS.map((user) => idle(...imapServer(), user, 'pombal')));
    try {
        await visit.look('backend');
        await page.getByRole('button', { name: `Actions on ${backend}` }).click();
        await page.getByRole('menuitem', { name: 'Evacuate…' }).click();
        await page.getByRole('table', { name: 'Where they go' }).waitFor();
        await visit.look('evacuate');
        await page.getByLabel('Pace').selectOption('rate');
        await page.getByText('at least').waitFor();
        await visit.look('evacuate-at-a-rate');
        await page.getByLabel('Pace').selectOption('full');
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

/**
 * For what comes by itself, in half a minute at most; nobody has to wait for that here.
 *
 * @param {string} what
 * @param {import('playwright-core').Locator} locator
 */
async function shownAfterReload(what, locator) {
    await visit.until(what, async () => {
        await page.reload();
        return locator.waitFor({ timeout: 2_000 }).then(
            () => true,
            () => false,
        );
    });
}

async function findUser() {
    await open('Users');
    await page.getByRole('searchbox', { name: 'Name begins with' }).fill('ali');
    await page.getByRole('link', { name: 'alice@example.org' }).waitFor();
    await visit.look('users');
    await page.getByRole('link', { name: 'alice@example.org' }).click();
    await page.getByText(/home is group default-\d+ of site demo/).waitFor();
    const session = await idle(...imapServer(), 'alice@example.org', 'pombal');
    try {
        await shownAfterReload('the session is shown', page.getByRole('row', { name: /^imap 1 127\.0\./ }));
        await visit.look('user');
        await button('End all…').click();
        await button('End them').click();
        await page.getByText(/were ended, as doveadm counts them/).waitFor();
        await button('Close').click();
        await visit.until('the session has ended', () => !session.isOpen());
        await shownAfterReload(
            'the history is shown',
            page.getByRole('row', { name: /user\.kick user alice@.* done/ }),
        );
    } finally {
        session.close();
    }
}

/** A percentage of a backend's users is to be elsewhere; none of them, so that the demo stays as it is. */
async function forceMove() {
    await open('Backends');
    await act(backend, 'Force-move…');
    await page.getByLabel('Users of a hundred, 0 to 100').fill('0');
    await page.getByRole('checkbox').first().check({ force: true });
    await visit.look('force-move');
    await button('Start').click();
    await closed();
    await page.getByRole('link', { name: backend, exact: true }).click();
    await page.getByText('0 % go to').waitFor();
    await page.getByRole('button', { name: `Actions on ${backend}` }).click();
    await page.getByRole('menuitem', { name: 'Force-move…' }).click();
    await page.getByLabel('What to do').selectOption('end');
    await button('End it').click();
    await closed();
    await page.getByText('0 % go to').waitFor({ state: 'detached' });
}

async function countUsers() {
    await open('Groups');
    await page.getByText('Users have not been counted.').waitFor();
    await button('Count users…').click();
    await button('Count').click();
    await page.getByText('It is queued').waitFor();
    await button('Close').click();
    await shownAfterReload('users are counted', page.getByText(/Users were counted .* ago/));
    await page
        .getByRole('link', { name: /^[1-9]$/ })
        .first()
        .waitFor();
}

/**
 * @param {string} feature
 * @param {string} state
 */
async function setFeature(feature, state) {
    const radio = page.getByRole('radiogroup', { name: feature }).getByRole('radio', { name: state, exact: true });
    await radio.click();
    await page.getByRole('dialog').waitFor();
    await visit.look('feature');
    await button(`Set to ${state}`).click();
    await closed();
    await visit.until(`${feature} is shown as ${state}`, () => radio.isChecked());
}

async function switchFeature() {
    await setFeature('Metrics', 'on');
}

/** Load is planned in dryrun, and balanced once all the same, because an operator asks for it. */
async function balance() {
    await setFeature('Load balancing', 'dryrun');
    await open('Plan');
    await page.getByRole('heading', { name: /^planner: / }).waitFor();
    await page.getByRole('region', { name: 'Before and after' }).getByRole('row', { name: backend }).waitFor();
    await visit.look('plan');
    await button('Apply once…').click();
    await button('Do it now').click();
    await page.getByText('It is queued').waitFor();
    await button('Close').click();
    await page.getByRole('radio', { name: 'Decided last' }).click();
    await page.getByText('asked for by an operator').waitFor();
    await visit.look('plan-applied');
    for (const [part, name] of /** @type {const} */ ([
        ['Error mitigation', 'plan-mitigation'],
        ['Group sizes', 'plan-sizes'],
    ])) {
        await page.getByRole('radio', { name: part }).click();
        await visit.look(name);
    }
}

/** The demo has three backends; whoever runs this has asked for four at least (AUTOSCALER_MIN). Nothing starts another here, so it is planned only. */
async function planBackends() {
    await open('Plan');
    await page.getByRole('radio', { name: 'Autoscaling' }).click();
    await page.getByText('the feature autoscaling is off').waitFor();
    await setFeature('Autoscaling', 'dryrun');
    await page.getByText('the scaler default wants 3; at least 4').waitFor();
    await page.getByRole('row', { name: /backend\.start backend backend4\.test .* planned/ }).waitFor();
    await visit.look('plan-autoscaling');
    await open('Overview');
    await page.getByRole('link', { name: '4 desired' }).waitFor();
    await setFeature('Autoscaling', 'off');
}

/** What has the focus says who it is. */
const focused = () =>
    page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });

/** Past the navigation, into a menu, a dialog and out of both, without a mouse. */
async function byKeyboard() {
    await open('Backends');
    await page.reload();
    await page.getByRole('button', { name: `Actions on ${backend}` }).waitFor();
    await page.keyboard.press('Tab');
    await visit.until('the skip link comes first', async () => (await focused()) === 'Skip to the page');
    await page.keyboard.press('Enter');
    for (let presses = 0; (await focused()) !== `Actions on ${backend}`; presses++) {
        if (presses > 60) {
            throw new Error(`after ${presses} times Tab the focus is on ${await focused()}`);
        }
        await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.type('set load');
    await page.keyboard.press('Enter');
    await page.getByLabel('Load factor, 0 to 100').waitFor();
    await visit.until('the focus is in the dialog', () =>
        page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null),
    );
    await page.keyboard.press('Escape');
    await closed();
    await visit.until('the focus is back', async () => (await focused()) === `Actions on ${backend}`);
}

/** Asked for, planned and looked at; given up, so that groups stay what the commands of the demo expect. */
async function planNumberOfGroups() {
    await open('Groups');
    await button('Number of groups…').click();
    const entry = page.getByLabel('How many');
    await entry.fill(String(Number(await entry.inputValue()) + 1));
    await visit.look('group-number');
    await button('Plan it').click();
    await page.getByText('It is being planned', { exact: true }).waitFor();
    await button('Close').click();
    // It comes by itself within 30 s; nobody has to wait for that here.
    const queued = await page.request.post(`${url.replace(/\/ui$/, '')}/api/v1/tasks`, {
        headers: { Authorization: `Bearer ${token}` },
        data: { name: 'group-number' },
    });
    if (!queued.ok() && queued.status() !== 409) {
        throw new Error(`the task is not queued: ${await queued.text()}`);
    }
    await page.getByText('Users who change groups').waitFor();
    await visit.look('group-number-planned');
    await button('Give up…').click();
    await button('Give up').click();
    await closed();
    await page.getByText('Users who change groups').waitFor({ state: 'detached' });
}

async function readAudit() {
    await open('Audit');
    for (const what of [
        /backend\.add backend localhost done/,
        /backend\.update backend localhost done half as strong as the others/,
        new RegExp(`backend\\.evacuate backend ${backend} done disk is being replaced`),
        /user\.kick user alice@example\.org done/,
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

/** A second site that is only a row: declared lost, held, and withdrawn before anybody acts on it. */
async function failOver() {
    await open('Sites & tags');
    await button('Add a site').click();
    await page.getByLabel('Name').fill(OTHER_SITE);
    await page.getByLabel('Load balancer').fill('lb.faro.test');
    await button('Add').click();
    await closed();
    await page.getByRole('radio', { name: 'Reachability & failover' }).click();
    await page.getByRole('button', { name: `Fail over: site ${OTHER_SITE}` }).click();
    await page.getByLabel(`Type ${OTHER_SITE} to go on`).fill(OTHER_SITE);
    await visit.look('failover-start');
    await button('Fail over').click();
    await closed();
    await page.getByRole('button', { name: `Pause or pace: site ${OTHER_SITE}` }).click();
    await button('Pause').click();
    await closed();
    await page.getByRole('row', { name: new RegExp(`^${OTHER_SITE} declared.* paused`) }).waitFor();
    await visit.look('failover');
    await laterPhases();
    await page.getByRole('button', { name: `Withdraw: site ${OTHER_SITE}` }).click();
    await button('Withdraw').click();
    await closed();
    await page.getByRole('row', { name: new RegExp(`^${OTHER_SITE} none`) }).waitFor();
    await page.getByRole('radio', { name: 'Sites' }).click();
    await page.getByRole('button', { name: `Remove: site ${OTHER_SITE}` }).click();
    await page.getByLabel(`Type ${OTHER_SITE} to go on`).fill(OTHER_SITE);
    await button('Remove').click();
    await closed();
}

/** What comes after is another site's to do, and there is none: the controller's word is replaced by what it would say then. */
async function laterPhases() {
    for (const phase of ['active', 'recovering']) {
        await page.route('**/api/v1/site-failovers', async (route) => {
            const answer = await route.fetch();
            const { items } = /** @type {{ items: { site: string }[] }} */ (await answer.json());
            const json = {
                items: items.map((failover) =>
                    failover.site === OTHER_SITE
                        ? { ...failover, phase, term: 1, takenBy: { demo: 100 }, paused: false, rate: 50 }
                        : failover,
                ),
            };
            return route.fulfill({ response: answer, json });
        });
        await page.reload();
        await page.getByRole('row', { name: new RegExp(`^${OTHER_SITE} ${phase} 0 demo`) }).waitFor();
        await page.getByRole('button', { name: `Bring users home: site ${OTHER_SITE}` }).click();
        await page.getByLabel('Users of a hundred, 0 to 100').waitFor();
        await visit.look(`failover-${phase}`);
        await button('Cancel').click();
        await closed();
        await page.unroute('**/api/v1/site-failovers');
    }
    await page.reload();
    await page.getByRole('row', { name: new RegExp(`^${OTHER_SITE} declared`) }).waitFor();
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
    await page.getByRole('img', { name: /^By load: .* groups on/ }).waitFor();
    await visit.look('groups-map');
    await page.getByLabel('Coloured by').selectOption('state');
    await page.getByRole('img', { name: /^By state: / }).waitFor();
    await page.getByRole('radio', { name: 'List' }).click();
    await page
        .getByRole('link', { name: /^default-/ })
        .first()
        .click();
    await page.getByText('Where it is, and why').waitFor();
    await visit.look('group');
    await open('Moves');
    await visit.look('moves');
    await open('Sites & tags');
    await page.getByRole('button', { name: 'Edit: site demo' }).waitFor();
    await visit.look('sites');
    await page.getByRole('button', { name: 'Evacuate: site demo' }).click();
    await page.getByRole('dialog').waitFor();
    await visit.look('site-evacuate');
    await button('Cancel').click();
    await closed();
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
        balance,
        planBackends,
        byKeyboard,
        countUsers,
        planNumberOfGroups,
        forceMove,
        failOver,
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
