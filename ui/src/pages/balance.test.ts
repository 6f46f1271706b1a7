import { expect, it } from 'vitest';
import { backend } from '../testing/facts';
import { balance } from './balance';

const load = (share: number, groups: number) => ({ share, groups, movingOut: 0, movingIn: 0 });

it('is even when each backend has its share', () => {
    const even = balance([backend('b1', { load: load(80, 80) }), backend('b2', { load: load(20, 20) })]);
    expect(even.maxOverMean).toBeCloseTo(1);
    expect(even.misplaced).toBe(0);
});

it('counts the groups that are too many, drained backends among them', () => {
    const uneven = balance([
        backend('b1', { load: load(50, 30) }),
        backend('b2', { load: load(50, 10) }),
        backend('b3', { load: load(0, 4) }),
    ]);
    expect(uneven.maxOverMean).toBeCloseTo(30 / 22);
    expect(uneven.misplaced).toBe(12);
});

it('says nothing of a site without groups', () => {
    expect(balance([backend('b1', { load: load(100, 0) })]).maxOverMean).toBeUndefined();
});
