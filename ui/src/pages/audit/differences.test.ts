import { expect, it } from 'vitest';
import { differences } from './differences';

it('names what changed before what did not', () => {
    expect(
        differences(
            '{"host":"b1","load":{"groups":3},"status":"online"}',
            '{"host":"b1","load":{"groups":3},"status":"standby"}',
        ),
    ).toEqual([
        { field: 'status', before: 'online', after: 'standby' },
        { field: 'host', before: 'b1', after: 'b1' },
        { field: 'load.groups', before: '3', after: '3' },
    ]);
});

it('shows what was added, and text that is no JSON', () => {
    expect(differences(undefined, '[1,2]')).toEqual([{ field: '2 items', before: '', after: '[1,2]' }]);
    expect(differences('cut off', undefined)).toEqual([{ field: 'text', before: 'cut off', after: '' }]);
});
