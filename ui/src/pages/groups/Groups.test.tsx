import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering, type Asked } from '../../testing/api';
import { backend, group } from '../../testing/facts';
import { show } from '../../testing/show';
import { Groups } from './Groups';

const SITE = { id: '1', name: 'lisbon', status: 'online', groupCount: 100_000, version: 1 } as const;
const GROUPS = '/api/v1/sites/lisbon/groups?limit=1000';

const ANSWERS = {
    'GET /api/v1/sites': { items: [SITE] },
    'GET /api/v1/backends?load=true': { items: [backend('b1.example.org'), backend('b2.example.org')] },
    'GET /api/v1/sites/lisbon/group-loads': { items: [] },
    'GET /api/v1/sites/lisbon/user-counts': { backends: {}, groups: {} },
};

/** The groups of a large site, in pages as the controller gives them. */
function pages(count: number): Record<string, unknown> {
    const page = (asked: Asked) => {
        const from = Number(new URL(asked.path, 'http://host').searchParams.get('cursor') ?? 0);
        const items = Array.from({ length: 1000 }, (_, index) => group(`default-${from + index + 1}`));
        return from + 1000 < count ? { items, next: String(from + 1000) } : { items };
    };
    return Object.fromEntries(
        Array.from({ length: count / 1000 }, (_, index) => [
            `GET ${GROUPS}${index === 0 ? '' : `&cursor=${index * 1000}`}`,
            page,
        ]),
    );
}

it('shows a hundred thousand groups by those that can be seen, and finds one', async () => {
    answering({ ...ANSWERS, ...pages(100_000) });
    show(<Groups />);
    expect(await screen.findByText('100000 groups', undefined, { timeout: 20_000 })).toBeVisible();
    expect(screen.getAllByRole('row').length).toBeLessThan(100);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '100001');
    const filter = screen.getByRole('searchbox', { name: 'Group' });
    await userEvent.click(filter);
    await userEvent.paste('default-77777');
    expect(await screen.findByText('1 groups')).toBeVisible();
    expect(screen.getByRole('link', { name: 'default-77777' })).toBeVisible();
});

it('shows how many users a group had when they were counted', async () => {
    answering({
        ...ANSWERS,
        [`GET ${GROUPS}`]: { items: [group('default-1'), group('default-2')] },
        'GET /api/v1/sites/lisbon/user-counts': {
            at: new Date().toISOString(),
            backends: {},
            groups: { 'default-1': 321 },
        },
    });
    show(<Groups />);
    const users = await screen.findByRole('link', { name: '321' });
    expect(users).toHaveAttribute('href', '/users?group=default-1');
    await waitFor(() => expect(screen.getByText(/Users were counted/)).toBeVisible());
});
