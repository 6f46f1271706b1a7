// How the pages do with a large site: node browser/scale.js URL TOKEN
// A running controller answers, but what it says of backends and groups is replaced by 1,000 and 100,000 of them.
import { Visit } from './visit.js';

const [url = '', token = ''] = process.argv.slice(2);
const BACKENDS = 1_000;
const GROUPS = 100_000;
const PART = 1_000;
const FRAMES = 100;
/** As many as the controller lists. */
const STEPS = 500;

const visit = await Visit.begin(process.env['CHROMIUM'] ?? '/usr/bin/chromium', 'target/pictures');
const { page } = visit;

const backends = Array.from({ length: BACKENDS }, (_, index) => ({
    id: `id-${index}`,
    site: 'demo',
    host: `backend${index}.example.org`,
    status: index % 97 === 0 ? 'standby' : 'online',
    loadFactor: 100,
    load: { share: 0.1, groups: GROUPS / BACKENDS, movingOut: 0, movingIn: 0, lease: 'held', incarnation: 1 },
    version: 1,
}));

/** @param {number} index */
const group = (index) => ({
    site: 'demo',
    name: `default-${index + 1}`,
    backend: `backend${index % BACKENDS}.example.org`,
    alternative: `backend${(index + 1) % BACKENDS}.example.org`,
    claimed: true,
    stickyBackend: index % 500 === 0,
    stickyUsers: false,
    leaving: 0,
    why: `backend${index % BACKENDS}.example.org has claimed it in its incarnation 1 (epoch 2)`,
    version: 2,
});

await page.route('**/api/v1/backends?load=true', (route) => route.fulfill({ json: { items: backends } }));
await page.route(/\/groups\?/, (route) => {
    const query = new URL(route.request().url()).searchParams;
    if (query.has('moving')) {
        return route.fulfill({ json: { items: [] } });
    }
    const from = Number(query.get('cursor') ?? 0);
    const next = from + PART;
    return route.fulfill({
        json: {
            items: Array.from({ length: PART }, (_, index) => group(from + index)),
            ...(next < GROUPS ? { next: String(next) } : {}),
        },
    });
});

await page.route('**/backend-loads', (route) =>
    route.fulfill({
        json: {
            items: backends.map(({ host }, index) => ({
                backend: host,
                at: new Date().toISOString(),
                measuredSeconds: 86_400,
                metrics: { cpu: 0.4, memused: 0.5, sessions: 600, cache: 0 },
                scores: { cpu: (index % 7) - 3, memused: 0.5, sessions: -0.5, cache: 0 },
                groups: 100,
                sessions: 600,
                logins: 2,
                deliveries: 1,
                load: 630,
            })),
        },
    }),
);
await page.route('**/group-loads', (route) =>
    route.fulfill({
        json: {
            items: backends.map(({ host }, backend) => ({
                backend: host,
                at: new Date().toISOString(),
                groups: Object.fromEntries(
                    Array.from({ length: GROUPS / BACKENDS }, (_, index) => [
                        group(index * BACKENDS + backend).name,
                        { sessions: index % 13, load: (index % 13) * 1.1 },
                    ]),
                ),
            })),
        },
    }),
);
await page.route('**/plans/load-balancing/simulation', (route) =>
    route.fulfill({
        json: {
            name: 'load-balancing',
            at: new Date().toISOString(),
            mode: 'dryrun',
            summary: 'planner: loads differ by 40 % of the mean, more than 10 %',
            steps: Array.from({ length: STEPS }, (_, index) => ({
                action: 'group.move',
                target: `group default-${index + 1}`,
                from: `backend${index}.example.org`,
                to: `backend${index + STEPS}.example.org`,
                reason: `backend${index}.example.org carries 120 % of its share`,
                outcome: 'planned',
            })),
            more: 400,
            notes: [],
            figures: { 'highest load over mean, before': 1.2, 'highest load over mean, after': 1.02 },
        },
    }),
);

/**
 * @param {string} what
 * @param {() => Promise<unknown>} action
 */
async function measured(what, action) {
    const began = Date.now();
    await action();
    console.log(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

try {
    await page.goto(`${url}/`);
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await measured('overview', () => page.getByText('backend97.example.org').first().waitFor());
    await page.getByRole('link', { name: 'Backends', exact: true }).click();
    await measured(`${BACKENDS} backends`, () => page.getByText(`${BACKENDS} backends`).waitFor());
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await measured(`${GROUPS} groups read and listed`, () => page.getByText(`${GROUPS} groups`).waitFor());
    await measured('filter', async () => {
        await page.getByRole('searchbox', { name: 'Group' }).fill('default-777');
        await page.getByText('111 groups').waitFor();
    });
    await measured('filter taken away', async () => {
        await page.getByRole('searchbox', { name: 'Group' }).fill('');
        await page.getByText(`${GROUPS} groups`).waitFor();
    });
    await measured('sort', async () => {
        await page.getByRole('button', { name: 'Owner' }).click();
        await page.getByRole('columnheader', { name: 'Owner' }).and(page.locator('[aria-sort]')).waitFor();
    });
    await measured('scroll to the end', async () => {
        await page.getByRole('region', { name: 'Groups of site demo' }).evaluate((element) => {
            element.scrollTop = element.scrollHeight;
        });
        await page.getByRole('link', { name: 'backend999.example.org' }).first().waitFor();
    });
    await page.getByRole('region', { name: 'Groups of site demo' }).evaluate((element) => {
        element.scrollTop = 0;
    });
    await page.getByRole('link', { name: 'backend0.example.org' }).first().waitFor();
    const frames = await page.getByRole('region', { name: 'Groups of site demo' }).evaluate(async (element, count) => {
        const lengths = [];
        let before = performance.now();
        for (let frame = 0; frame < count; frame++) {
            element.scrollTop += 900;
            const now = await new Promise((resolve) => requestAnimationFrame(resolve));
            lengths.push(now - before);
            before = now;
        }
        return lengths.sort((one, other) => one - other);
    }, FRAMES);
    console.log(
        `scrolling by a page in each of ${FRAMES} frames: ${Math.round(frames[FRAMES / 2] ?? 0)} ms a frame in the middle, ${Math.round(frames.at(-1) ?? 0)} ms at most`,
    );
    await measured('map', async () => {
        await page.getByRole('radio', { name: 'Map' }).click();
        await page.getByRole('img', { name: `By load: ${GROUPS} groups on ${BACKENDS} backends` }).waitFor();
    });
    await page.screenshot({ path: 'target/pictures/scale-map.png' });
    await page.getByRole('link', { name: 'Plan', exact: true }).click();
    await measured(`plan of ${STEPS} steps`, () =>
        page.getByRole('region', { name: 'Before and after' }).getByText('(−1)').first().waitFor(),
    );
    const rows = await page.locator('tr').count();
    console.log(`rows in the page: ${rows}`);
} catch (failure) {
    await page.screenshot({ path: 'target/pictures/scale-failed.png' });
    visit.problems.push(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
} finally {
    await visit.end();
}
visit.problems.forEach((problem) => console.error(problem));
process.exit(visit.problems.length === 0 ? 0 : 1);
