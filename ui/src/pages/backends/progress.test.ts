import { expect, it } from 'vitest';
import { beginEmptying, emptyingOf, timeLeft } from './progress';

it('expects what is left to go as fast as what has gone', () => {
    beginEmptying('b1', 40, 1_000);
    const began = emptyingOf('b1');
    expect(began).toEqual({ at: 1_000, groups: 40 });
    expect(timeLeft(began ?? { at: 0, groups: 0 }, 30, 11_000)).toBe(30_000);
});

it('says nothing before something has gone', () => {
    expect(timeLeft({ at: 1_000, groups: 40 }, 40, 11_000)).toBeUndefined();
});
