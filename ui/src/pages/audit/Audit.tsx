import { useCallback } from 'react';
import type { Schemas } from '../../api/client';
import { Choice, Filter } from '../../components/fields';
import { NotThere } from '../../components/Note';
import { Page } from '../../components/Page';
import { useAddress } from '../../components/useAddress';
import { useMay } from '../../session/caller';
import { AuditTable } from './AuditTable';

/** Who changed what, and why. */
export function Audit() {
    const [text, setText] = useAddress('q');
    const [result, setResult] = useAddress('result');
    const fits = useCallback(
        (entry: Schemas['AuditEntry']) =>
            (result === '' || entry.result === result) &&
            [entry.who, entry.from, entry.action, entry.target, entry.why ?? ''].some((each) =>
                each.toLowerCase().includes(text.toLowerCase()),
            ),
        [text, result],
    );
    return (
        <Page title="Audit" about="every change that was asked for over the API, in all sites">
            {useMay('admin') ? (
                <>
                    <div className="filters">
                        <Filter label="Who, action, target, reason" value={text} onChange={setText} />
                        <Choice
                            inline
                            label="Result"
                            value={result}
                            onChange={setResult}
                            options={[
                                ['', 'any'],
                                ['done', 'done'],
                                ['refused', 'refused'],
                                ['failed', 'failed'],
                                ['started', 'started: how it ended is not known'],
                            ]}
                        />
                        <span className="quiet">The filter looks at what has been read; look further back below.</span>
                    </div>
                    <AuditTable filter={fits} empty="Nothing that fits, in what has been read so far." tall />
                </>
            ) : (
                <NotThere title="Admins only">The audit log is for admins. Your role is not; ask one of them.</NotThere>
            )}
        </Page>
    );
}
