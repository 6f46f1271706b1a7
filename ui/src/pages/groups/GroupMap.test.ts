import { expect, it } from 'vitest';
import { group } from '../../testing/facts';
import { heaviness, plan } from './GroupMap';

it('draws a block of cells for each backend, in the order of the numbers', () => {
    const drawn = plan(
        [group('default-10', { backend: 'b2' }), group('default-2', { backend: 'b2' }), group('default-1')],
        400,
    );
    expect(drawn.labels.map((label) => [label.text, label.count])).toEqual([
        ['b1.example.org', 1],
        ['b2', 2],
    ]);
    expect(drawn.cells.map((cell) => cell.group.name)).toEqual(['default-1', 'default-2', 'default-10']);
});

it('says how heavy a group is by the mean of all', () => {
    expect([undefined, 0, 4, 8, 16, 40].map((load) => heaviness(load, 8))).toEqual([
        'load-none',
        'load-0',
        'load-1',
        'load-2',
        'load-3',
        'load-4',
    ]);
    expect(heaviness(0, 0)).toBe('load-0');
});
