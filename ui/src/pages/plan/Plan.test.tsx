import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering } from '../../testing/api';
import { backend, group, groupMove, plan } from '../../testing/facts';
import { show } from '../../testing/show';
import { Plan } from './Plan';

const B1 = 'b1.example.org';
const B2 = 'b2.example.org';

function answers(state: 'off' | 'dryrun' | 'on') {
    return {
        'GET /api/v1/plans': {
            items: [plan('group-sizes', { summary: 'groups of a backend differ in size: 1 users, 0 of them later' })],
        },
        'GET /api/v1/plans/load-balancing/simulation': plan('load-balancing', {
            summary: 'planner: b1 carries 133 % of its share',
            steps: [groupMove('default-1', B1, B2)],
            figures: { 'highest load over mean, before': 1.333, 'fewest moves possible': 1 },
            notes: ['one group rests'],
        }),
        'GET /api/v1/sites/lisbon/features': {
            items: [
                { feature: 'load-balancing', state, version: 4 },
                { feature: 'error-mitigation', state: 'off', version: 0 },
            ],
        },
        'GET /api/v1/backends?load=true': { items: [backend(B1), backend(B2)] },
        'GET /api/v1/sites/lisbon/groups?limit=1000': { items: [group('default-1'), group('default-2')] },
        'GET /api/v1/sites/lisbon/group-loads': {
            items: [{ backend: B1, at: new Date().toISOString(), groups: { 'default-1': { sessions: 6, load: 8 } } }],
        },
    };
}

it('shows what would be done now, why, and what each backend has before and after', async () => {
    answering(answers('dryrun'));
    show(<Plan />);
    expect(await screen.findByRole('heading', { name: 'planner: b1 carries 133 % of its share' })).toBeVisible();
    expect(screen.getByText('one group rests')).toBeVisible();
    const step = screen.getByRole('row', { name: /group.move group default-1/ });
    expect(step).toHaveTextContent('b1.example.org carries too much');
    const table = await screen.findByRole('region', { name: 'Before and after' });
    await waitFor(() =>
        expect(within(table).getByRole('row', { name: /^b2/ })).toHaveTextContent('01 (+1)0.08.0 (+8.0)'),
    );
});

it('applies once by a task, and says that it decides anew', async () => {
    const asked = answering({
        ...answers('off'),
        'POST /api/v1/tasks': { result: { id: 'load-balancing-extra@1' }, warnings: [] },
    });
    show(<Plan />);
    await screen.findByText('one group rests');
    expect(screen.queryByRole('button', { name: /Decide/ })).toBeNull();
    await userEvent.click(await screen.findByRole('button', { name: 'Apply once…' }));
    expect(await screen.findByText(/it takes 1 steps/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Do it now' }));
    expect(await screen.findByText('load-balancing-extra@1')).toBeVisible();
    expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ name: 'load-balancing-extra' });
});

it('is held by setting its feature to dryrun', async () => {
    const asked = answering({
        ...answers('on'),
        'PUT /api/v1/sites/lisbon/features/load-balancing': {
            result: { feature: 'load-balancing', state: 'dryrun', version: 5 },
            warnings: [],
        },
    });
    show(<Plan />);
    await userEvent.click(await screen.findByRole('button', { name: 'Hold…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Set to dryrun' }));
    await waitFor(() => expect(asked.find((each) => each.method === 'PUT')?.body).toEqual({ state: 'dryrun' }));
});

it('shows the plan of the day of parts that count users, and of others that they have not decided', async () => {
    answering(answers('on'));
    const { unmount } = show(<Plan />, { address: '/plan?part=group-sizes' });
    expect(await screen.findByText(/groups of a backend differ in size/)).toBeVisible();
    expect(screen.queryByRole('radio', { name: 'Would be decided now' })).toBeNull();
    unmount();
    answering(answers('on'));
    show(<Plan />, { address: '/plan?part=users-between-sites' });
    expect(await screen.findByText('It has not decided anything yet')).toBeVisible();
});

it('lets a viewer look', async () => {
    answering(answers('on'));
    show(<Plan />, { role: 'viewer' });
    await screen.findByText('one group rests');
    expect(screen.queryByRole('button', { name: /Apply|Hold|Decide/ })).toBeNull();
});
