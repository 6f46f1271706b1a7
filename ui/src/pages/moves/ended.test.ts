import { expect, it } from 'vitest';
import { moving } from '../../testing/facts';
import { notice } from './ended';

it('notices a move that is gone, once, with how long it took', () => {
    const started = new Date(1_000).toISOString();
    expect(notice([moving('default-1', 'proposed', started), moving('default-2', 'proposed', started)], 2_000)).toEqual(
        [],
    );
    notice([moving('default-2', 'handover', started)], 5_000);
    const ended = notice([moving('default-2', 'handover', started)], 7_000);
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({ group: 'default-1', to: 'b2.example.org', seenAt: 5_000 });
});
