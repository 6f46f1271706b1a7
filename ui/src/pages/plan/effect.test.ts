import { expect, it } from 'vitest';
import { backend, group, groupMove, moving } from '../../testing/facts';
import { effects, userFlow } from './effect';

const B1 = 'b1.example.org';
const B2 = 'b2.example.org';
const BACKENDS = [backend(B1), backend(B2)];
const LOADS = new Map([
    ['default-1', { sessions: 6, load: 8 }],
    ['default-2', { sessions: 1, load: 2 }],
]);

it('counts groups and their load where they are, and where they would be', () => {
    const found = effects(BACKENDS, [group('default-1'), group('default-2')], LOADS, [groupMove('default-1', B1, B2)]);
    expect(found).toEqual([
        { host: B1, share: 50, groups: { before: 2, after: 1 }, load: { before: 10, after: 2 } },
        { host: B2, share: 50, groups: { before: 0, after: 1 }, load: { before: 0, after: 8 } },
    ]);
});

it('shows what was done as before and after, and leaves out what was refused or undone', () => {
    const found = effects(
        BACKENDS,
        [
            moving('default-1', 'handover', new Date().toISOString()),
            group('default-2'),
            group('default-3', { backend: B1 }),
        ],
        LOADS,
        [
            groupMove('default-1', B1, B2, 'done'),
            groupMove('default-2', B1, B2, 'somebody else changed it'),
            groupMove('default-3', B1, B2, 'done'),
        ],
    );
    expect(found.map((each) => [each.groups.before, each.groups.after])).toEqual([
        [3, 2],
        [0, 1],
    ]);
});

it('sums users by the groups that they leave and come to', () => {
    const step = (to: string) => ({
        action: 'user.move',
        target: 'user ann',
        from: 'lisbon/default-1',
        to,
        reason: 'r',
        outcome: 'planned',
    });
    expect(userFlow([step('lisbon/default-2'), step('lisbon/default-3')])).toEqual([
        ['lisbon/default-1', -2],
        ['lisbon/default-2', 1],
        ['lisbon/default-3', 1],
    ]);
});
