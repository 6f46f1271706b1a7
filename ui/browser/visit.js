import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

/**
 * What a browser logs of answers that are no surprise: nobody is logged in yet, a move has just ended, a site was just removed, the number of
 * groups never changed.
 */
const EXPECTED = [
    /\/api\/v1\/me$/,
    /\/groups\/[^/]+\/move$/,
    /\/sites\/[^/]+\/force-move$/,
    /\/api\/v1\/group-number$/,
];

const SERIOUS = ['serious', 'critical'];

/** A browser before the pages, which notices what should not be. */
export class Visit {
    /** @type {string[]} */
    problems = [];

    /**
     * @param {import('playwright-core').Browser} browser
     * @param {import('playwright-core').Page} page
     * @param {string} pictures folder for screenshots
     */
    constructor(browser, page, pictures) {
        this.browser = browser;
        this.page = page;
        this.pictures = pictures;
        page.on('console', (message) => {
            const where = message.location().url;
            if (message.type() === 'error' && !EXPECTED.some((each) => each.test(where))) {
                this.problems.push(`console on ${page.url()}: ${message.text()} (${where})`);
            }
        });
        page.on('pageerror', (error) => this.problems.push(`error on ${page.url()}: ${error.stack ?? error.message}`));
    }

    /**
     * @param {string} executable Chromium
     * @param {string} pictures
     */
    static async begin(executable, pictures) {
        mkdirSync(pictures, { recursive: true });
        const browser = await chromium.launch({
            executablePath: executable,
            // Chromium's sandbox does not work for root; it opens nothing here but the pages under test.
            args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
        });
        const context = await browser.newContext({
            viewport: { width: 1440, height: 900 },
            timezoneId: 'Europe/Helsinki',
            reducedMotion: 'reduce',
        });
        context.setDefaultTimeout(30_000);
        const page = await context.newPage();
        return new Visit(browser, page, pictures);
    }

    /**
     * Looks at what is shown: pictures in both colours, and what axe objects to in them.
     *
     * @param {string} name
     */
    async look(name) {
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
            await this.page.emulateMedia({ colorScheme });
            await this.page.screenshot({ path: join(this.pictures, `${name}-${colorScheme}.png`) });
            // The policy of the pages forbids scripts in them; this is not one of theirs.
            await this.page.evaluate(`${axe.source}; void 0`);
            const { violations } = /** @type {import('axe-core').AxeResults} */ (
                await this.page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
            );
            for (const { id, impact, nodes } of violations) {
                const text = `axe on ${name}, ${colorScheme}: ${impact ?? ''} ${id}: ${nodes
                    .slice(0, 3)
                    .map((node) => `${node.html} ${node.failureSummary ?? ''}`)
                    .join(' | ')}`;
                if (SERIOUS.includes(impact ?? '')) {
                    this.problems.push(text);
                } else {
                    console.log(text);
                }
            }
        }
        await this.page.emulateMedia({ colorScheme: 'light' });
    }

    /**
     * @param {string} what
     * @param {() => boolean | Promise<boolean>} condition
     * @param {number} [seconds]
     */
    async until(what, condition, seconds = 60) {
        const end = Date.now() + seconds * 1000;
        while (!(await condition())) {
            if (Date.now() > end) {
                throw new Error(`not within ${seconds} s: ${what}`);
            }
            await this.page.waitForTimeout(200);
        }
    }

    async end() {
        await this.browser.close();
    }
}
