import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { answering } from '../../testing/api';
import { autoscaling, plan } from '../../testing/facts';
import { show } from '../../testing/show';
import { Plan } from './Plan';

const AT = { address: '/plan?part=autoscaling' };

function answers(scaling: Schemas['Autoscaling'], plans: Schemas['Plan'][] = []) {
    return {
        'GET /api/v1/plans': { items: plans },
        'GET /api/v1/autoscaling': scaling,
        'GET /api/v1/sites/lisbon/features': {
            items: [{ feature: 'autoscaling', state: scaling.state, version: 1 }],
        },
    };
}

/** A figure, by its name. */
async function figure(name: string) {
    return (await screen.findByText(name)).parentElement;
}

it('shows how many backends there are and should be, why, what is waited for, and the steps', async () => {
    const started: Schemas['PlanStep'] = {
        action: 'backend.start',
        target: 'backend b4.example.org',
        from: '3 backends run',
        to: '4 backends run',
        reason: '4 are needed',
        outcome: 'planned',
    };
    answering(
        answers(autoscaling({ next: 'the pause after the last change: 40 s', notes: ['b9 is not one of them'] }), [
            plan('autoscaling', { summary: '3 backends, 4 desired', steps: [started] }),
        ]),
    );
    show(<Plan />, AT);
    expect(await figure('Are there')).toHaveTextContent('Are there3');
    expect(await figure('Desired')).toHaveTextContent('Desired4 +1');
    expect(await figure('To run on the platform')).toHaveTextContent('To run on the platform3');
    expect(screen.getByText('CPU of 3 backends at 71 %, target 60 %: 4 are needed')).toBeVisible();
    expect(screen.getByText('the pause after the last change: 40 s')).toBeVisible();
    expect(screen.getByText('b9 is not one of them')).toBeVisible();
    expect(screen.getByText('kubernetes')).toBeVisible();
    const steps = screen.getByRole('region', { name: 'Steps of autoscaling' });
    expect(within(steps).getByRole('row', { name: /backend\.start backend b4/ })).toHaveTextContent('4 are needed');
    expect(screen.queryByRole('heading', { name: 'Before and after' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Apply once…' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Let it act…' })).toBeVisible();
});

it('says why a scaler is not followed', async () => {
    answering(answers(autoscaling({ desired: 3, problem: 'the scaler says −1' })));
    show(<Plan />, AT);
    expect(await screen.findByText('the scaler says −1')).toBeVisible();
    expect(await figure('Desired')).toHaveTextContent(/^Desired3$/);
    expect(screen.getByText('nothing is waited for')).toBeVisible();
});

it('claims nothing while it is off', async () => {
    const { decidedAt, platform, ...rest } = autoscaling({
        state: 'off',
        desired: 3,
        actuator: 'none',
        why: 'the feature autoscaling is off',
    });
    expect([decidedAt, platform]).not.toContain(undefined);
    answering(answers(rest));
    show(<Plan />, AT);
    expect(await screen.findByText('the feature autoscaling is off')).toBeVisible();
    expect(await figure('Desired')).toHaveTextContent(/^Desired–$/);
    expect(screen.getByText(/Set its feature to dryrun/)).toBeVisible();
});
