import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answering } from '../../testing/api';
import { show } from '../../testing/show';
import { ForcedMoveState } from './ForcedMoveState';
import { ForceMove } from './ForceMove';

const SITE = '/api/v1/sites/lisbon/force-move';
const BACKEND = '/api/v1/backends/b1/force-move';
const close = () => undefined;

it('begins with a percentage and a destination', async () => {
    const asked = answering({
        [`GET ${SITE}`]: { from: 'lisbon', destinations: [] },
        [`POST ${SITE}`]: { result: { from: 'lisbon', destinations: ['faro'] }, warnings: [] },
    });
    show(<ForceMove kind="site" name="lisbon" destinations={['porto', 'faro']} onClose={close} />);
    const start = await screen.findByRole('button', { name: 'Start' });
    expect(start).toBeDisabled();
    await userEvent.click(screen.getByLabelText('faro'));
    expect(screen.getByText('doveadm cluster site force-move start lisbon 10 faro')).toBeVisible();
    await userEvent.click(start);
    await waitFor(() =>
        expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ percentage: 10, destinations: ['faro'] }),
    );
});

const UNDER_WAY = { [`GET ${BACKEND}`]: { from: 'b1', id: 'x', percentage: 10, destinations: ['b2'] } };

it('is changed', async () => {
    const asked = answering({
        ...UNDER_WAY,
        [`PATCH ${BACKEND}`]: { result: { from: 'b1', destinations: ['b2'] }, warnings: [] },
    });
    show(<ForceMove kind="backend" name="b1" destinations={['b2']} onClose={close} />);
    const entry = await screen.findByLabelText(/Users of a hundred/);
    await userEvent.clear(entry);
    await userEvent.type(entry, '25');
    await userEvent.click(screen.getByRole('button', { name: 'Change' }));
    await waitFor(() => expect(asked.find((each) => each.method === 'PATCH')?.body).toEqual({ percentage: 25 }));
});

it('is shown, and ended', async () => {
    const asked = answering({
        ...UNDER_WAY,
        [`DELETE ${BACKEND}`]: { result: { from: 'b1', destinations: [] }, warnings: [] },
    });
    show(
        <>
            <ForcedMoveState kind="backend" name="b1" />
            <ForceMove kind="backend" name="b1" destinations={['b2']} onClose={close} />
        </>,
    );
    expect(await screen.findByText('10 % go to b2')).toBeInTheDocument();
    await userEvent.selectOptions(await screen.findByLabelText('What to do'), 'end');
    expect(screen.getByText('doveadm cluster backend force-move stop b1')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'End it' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
});

it('says so when nobody could take them', async () => {
    answering({ [`GET ${BACKEND}`]: { from: 'b1', destinations: [] } });
    show(<ForceMove kind="backend" name="b1" destinations={[]} onClose={close} />);
    expect(await screen.findByText(/No other backend of the site/)).toBeVisible();
});
