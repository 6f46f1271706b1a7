import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import type { Schemas } from '../../api/client';
import { useBackends } from '../../api/queries';
import { useMay } from '../../session/caller';
import { ForceMove } from '../forcedmoves/ForceMove';
import { RemoveBackend, SetLoadFactor, SetStatus } from './dialogs';
import { Evacuate } from './Evacuate';

type What = 'status' | 'factor' | 'drain' | 'evacuate' | 'force-move' | 'remove';

function ForceMoveBackend({ backend, onClose }: { backend: Schemas['Backend']; onClose: () => void }) {
    const others = (useBackends().data ?? []).filter(
        (each) => each.site === backend.site && each.host !== backend.host && (each.load?.share ?? 0) > 0,
    );
    return (
        <ForceMove
            kind="backend"
            name={backend.host}
            destinations={others.map((each) => each.host)}
            onClose={onClose}
        />
    );
}

/** What can be done with a backend. */
export function BackendActions({ backend, small = false }: { backend: Schemas['Backend']; small?: boolean }) {
    const [what, setWhat] = useState<What>();
    const close = () => setWhat(undefined);
    if (!useMay('operator')) {
        return null;
    }
    return (
        <>
            <MenuTrigger>
                <Button className={small ? 'plain small' : 'button'} aria-label={`Actions on ${backend.host}`}>
                    {small ? '⋯' : 'Actions ▾'}
                </Button>
                <Popover className="popover" placement="bottom end">
                    <Menu onAction={(key) => setWhat(key as What)} aria-label={`Actions on ${backend.host}`}>
                        <MenuItem id="status">Set status…</MenuItem>
                        <MenuItem id="factor">Set load factor…</MenuItem>
                        <MenuItem id="drain">Drain (load factor 0)…</MenuItem>
                        <Separator />
                        <MenuItem id="evacuate">Evacuate…</MenuItem>
                        <MenuItem id="force-move">Force-move…</MenuItem>
                        <MenuItem id="remove">Remove…</MenuItem>
                    </Menu>
                </Popover>
            </MenuTrigger>
            {what === 'status' ? <SetStatus backend={backend} onClose={close} /> : null}
            {what === 'factor' ? <SetLoadFactor backend={backend} onClose={close} /> : null}
            {what === 'drain' ? <SetLoadFactor backend={backend} drain onClose={close} /> : null}
            {what === 'evacuate' ? <Evacuate host={backend.host} onClose={close} /> : null}
            {what === 'force-move' ? <ForceMoveBackend backend={backend} onClose={close} /> : null}
            {what === 'remove' ? <RemoveBackend backend={backend} onClose={close} /> : null}
        </>
    );
}
