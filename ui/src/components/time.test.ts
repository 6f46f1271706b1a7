import { expect, it } from 'vitest';
import { duration, times } from './time';

it('says durations so that two digits are enough', () => {
    expect([0, 3_400, 99_000, 240_000, 7_500_000, 3 * 86_400_000].map(duration)).toEqual([
        '0 s',
        '3 s',
        '99 s',
        '4 min',
        '2 h 05 min',
        '3 d',
    ]);
});

it('says the date of another day', () => {
    const now = new Date('2026-11-28T12:00:00Z');
    expect(times(new Date('2026-11-28T03:04:05Z'), now).utc).toBe('03:04:05');
    expect(times(new Date('2026-11-27T03:04:05Z'), now).utc).toBe('2026-11-27 03:04:05');
});
