import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering } from '../../testing/api';
import { backend, failover } from '../../testing/facts';
import { show } from '../../testing/show';
import { EvacuateSite } from './EvacuateSite';
import { Failovers } from './Failovers';
import { Matrix } from './Matrix';

const LISBON = { id: '1', name: 'lisbon', status: 'online', loadBalancer: 'lb.lisbon', version: 1 } as const;
const PORTO = { id: '2', name: 'porto', status: 'online', loadBalancer: 'lb.porto', version: 3 } as const;
const SITES = {
    'GET /api/v1/sites': { items: [LISBON, PORTO] },
    'GET /api/v1/backends?load=true': { items: [backend('b1'), backend('b9', { site: 'porto' })] },
};

it('shows how far a failover is, and pauses and resumes it', async () => {
    const asked = answering({
        ...SITES,
        'GET /api/v1/site-failovers': {
            items: [failover('lisbon'), failover('porto', { phase: 'active', term: 1, takenBy: { lisbon: 100 } })],
        },
        'GET /api/v1/sites/porto/failover/users': { users: 1234, more: false },
        'PATCH /api/v1/sites/porto/failover': { result: failover('porto'), warnings: [] },
    });
    show(<Failovers />);
    const row = await screen.findByRole('row', { name: /^porto/ });
    await waitFor(() => expect(row).toHaveTextContent('1234'));
    expect(row).toHaveTextContent('lisbon (share 100)');
    await userEvent.click(within(row).getByRole('button', { name: 'Pause or pace: site porto' }));
    expect(await screen.findByText('doveadm cluster site failover update --pause yes porto')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(asked.find((each) => each.method === 'PATCH')?.body).toEqual({ paused: true }));
    expect(asked.some((each) => each.path === '/api/v1/sites/lisbon/failover/users')).toBe(false);
});

it('fails a site over after its name is typed, showing who takes its users', async () => {
    const asked = answering({
        ...SITES,
        'GET /api/v1/site-failovers': { items: [failover('porto')] },
        'POST /api/v1/sites/porto/failover': { result: failover('porto', { phase: 'declared' }), warnings: [] },
    });
    show(<Failovers />);
    await userEvent.click(await screen.findByRole('button', { name: 'Fail over: site porto' }));
    expect(await screen.findByRole('row', { name: 'lisbon 100 %' })).toBeVisible();
    const go = screen.getByRole('button', { name: 'Fail over' });
    expect(go).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Type porto/), 'porto');
    await userEvent.click(go);
    await waitFor(() => expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ rate: 50 }));
});

it('brings users home, or withdraws what has not begun', async () => {
    const asked = answering({
        ...SITES,
        'GET /api/v1/site-failovers': {
            items: [failover('lisbon', { phase: 'active' }), failover('porto', { phase: 'declared' })],
        },
        'DELETE /api/v1/sites/porto/failover': { result: failover('porto'), warnings: [] },
    });
    show(<Failovers />);
    expect(await screen.findByRole('button', { name: 'Bring users home: site lisbon' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw: site porto' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
});

it('brings a share of the users home, and the rest later', async () => {
    const recovering = failover('porto', { phase: 'recovering', recovering: 10, takenBy: { lisbon: 100 } });
    const asked = answering({
        ...SITES,
        'GET /api/v1/site-failovers': { items: [recovering] },
        'PUT /api/v1/sites/porto/failover/recovery': { result: recovering, warnings: [] },
        'DELETE /api/v1/sites/porto/failover': { result: recovering, warnings: [] },
    });
    show(<Failovers />);
    expect(await screen.findByRole('row', { name: /^porto recovering 10 % of them/ })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Bring users home: site porto' }));
    const entry = screen.getByLabelText(/Users of a hundred/);
    await userEvent.clear(entry);
    await userEvent.type(entry, '30');
    expect(screen.getByText('doveadm cluster site recover porto 30')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Bring them home' }));
    await waitFor(() => expect(asked.find((each) => each.method === 'PUT')?.body).toEqual({ percentage: 30 }));
    await userEvent.click(await screen.findByRole('button', { name: 'Bring users home: site porto' }));
    await userEvent.click(screen.getByRole('button', { name: 'Bring them home' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
});

it('lets a viewer look', async () => {
    answering({ ...SITES, 'GET /api/v1/site-failovers': { items: [failover('porto')] } });
    show(<Failovers />, { role: 'viewer' });
    expect(await screen.findByRole('row', { name: /^porto none/ })).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
});

it('says which site reaches which, and why not', async () => {
    const way = { source: 'lisbon', destination: 'porto', reachable: 'no', reaching: 1, failing: 2 };
    answering({
        'GET /api/v1/reachability': { items: [{ ...way, lastsSeconds: 40, ageSeconds: 1, why: 'connection refused' }] },
    });
    show(<Matrix sites={[LISBON, PORTO]} />);
    const row = await screen.findByRole('row', { name: /^lisbon/ });
    expect(row).toHaveTextContent('no 1 of 3 proxies, for 40 s: connection refused');
    expect(screen.getByRole('row', { name: /^porto/ })).toHaveTextContent('not looked at');
});

it('evacuates a site after saying how many users that are', async () => {
    const asked = answering({
        ...SITES,
        'GET /api/v1/users?site=porto&limit=1000': { items: [{ user: 'ann' }, { user: 'bob' }] },
        'PATCH /api/v1/sites/porto': { result: PORTO, warnings: [] },
    });
    show(<EvacuateSite site={PORTO} onClose={() => undefined} />);
    expect(await screen.findByText('2')).toBeVisible();
    await userEvent.type(screen.getByLabelText(/Type porto/), 'porto');
    await userEvent.click(screen.getByRole('button', { name: 'Evacuate' }));
    await waitFor(() => expect(asked.find((each) => each.method === 'PATCH')?.body).toEqual({ status: 'evacuate' }));
    expect(asked.find((each) => each.method === 'PATCH')?.headers.get('If-Match')).toBe('"3"');
});
