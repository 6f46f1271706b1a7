import { expect, it } from 'vitest';
import { backend } from '../testing/facts';
import { balance } from './balance';

const load = (share: number, groups: number) => ({ share, groups, movingOut: 0, movingIn: 0 });

it('is even when each backend has its share', () => {
    const even = balance([backend('b1', { load: load(80, 80) }), backend('b2', { load: load(20, 20) })]);
    expect(even.maxOverMean).toBeCloseTo(1);
});

it('is uneven by the fullest of those that are to have groups, drained backends left out', () => {
    const uneven = balance([
        backend('b1', { load: load(50, 30) }),
        backend('b2', { load: load(50, 10) }),
        backend('b3', { load: load(0, 4) }),
    ]);
    expect(uneven.maxOverMean).toBeCloseTo(30 / 22);
});

it('says nothing of a site without groups', () => {
    expect(balance([backend('b1', { load: load(100, 0) })]).maxOverMean).toBeUndefined();
});
