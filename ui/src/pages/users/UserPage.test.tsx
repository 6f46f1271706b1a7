import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering, Refusal } from '../../testing/api';
import { show } from '../../testing/show';
import { UserPage } from './UserPage';

const ANA = {
    user: 'ana@example.org',
    site: 'lisbon',
    group: 'default-7',
    backend: 'b1.example.org',
    moving: false,
    why: 'home is group default-7 of site lisbon',
    version: 1,
};
const PATH = '/api/v1/users/ana%40example.org';
const ANSWERS = {
    [`GET ${PATH}`]: ANA,
    [`GET ${PATH}/sessions`]: {
        backend: 'b1.example.org',
        sessions: [{ service: 'imap', connections: 2, from: ['10.0.0.7', 'fd00::7'] }],
    },
    'GET /api/v1/audit?target=user%20ana%40example.org&limit=200': {
        items: [
            {
                id: 'one',
                at: new Date().toISOString(),
                who: 'rui',
                from: '10.0.0.1',
                action: 'user.move',
                target: 'user ana@example.org',
                why: 'her mailbox is large',
                result: 'done',
            },
        ],
    },
    'GET /api/v1/automation-steps?limit=200': {
        items: [
            {
                at: new Date().toISOString(),
                part: 'group-sizes',
                action: 'user.move',
                target: 'user ana@example.org',
                from: '"default-3"',
                to: '"default-7"',
                why: 'default-3 is too large',
                result: 'done',
            },
            {
                at: new Date().toISOString(),
                part: 'group-sizes',
                action: 'user.move',
                target: 'user rui@example.org',
                why: 'of another user',
                result: 'done',
            },
        ],
    },
};
const AT = { address: '/users/ana@example.org', route: '/users/:user' };

it('shows where a user is, why, and the sessions there, and ends them', async () => {
    const asked = answering({
        ...ANSWERS,
        [`DELETE ${PATH}/sessions`]: { result: { ended: 2 }, warnings: [] },
    });
    show(<UserPage />, AT);
    expect(await screen.findByText('home is group default-7 of site lisbon')).toBeVisible();
    expect(await screen.findByRole('row', { name: 'imap 2 10.0.0.7, fd00::7 b1.example.org' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'End all…' }));
    expect(await screen.findByText('doveadm cluster kick ana@example.org')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'End them' }));
    expect(await screen.findByText('2 were ended, as doveadm counts them.')).toBeVisible();
    expect(asked.some((each) => each.method === 'DELETE')).toBe(true);
});

it('shows who moved the user and why, and what the automation did with the user', async () => {
    answering(ANSWERS);
    show(<UserPage />, AT);
    expect(await screen.findByText('her mailbox is large')).toBeVisible();
    expect(await screen.findByText('default-3 is too large')).toBeVisible();
    expect(screen.queryByText('of another user')).toBeNull();
});

it('says why the sessions are not known, and shows the rest all the same', async () => {
    answering({ ...ANSWERS, [`GET ${PATH}/sessions`]: new Refusal(409, 'set cluster_backend_doveadm_key') });
    show(<UserPage />, { ...AT, role: 'viewer' });
    expect(await screen.findByText('set cluster_backend_doveadm_key')).toBeVisible();
    expect(screen.getByRole('link', { name: 'default-7' })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('button')).toBeNull());
});
