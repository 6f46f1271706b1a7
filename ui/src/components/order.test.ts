import { expect, it } from 'vitest';
import { naturally } from './order';

it('orders as people do', () => {
    expect(['default-10', 'default-9', 'b2', 'b10'].sort(naturally)).toEqual(['b2', 'b10', 'default-9', 'default-10']);
    expect([10, 9, -1].sort(naturally)).toEqual([-1, 9, 10]);
});
