import { TextEntry } from './fields';

/** 0 to 100; undefined if it is none. */
export function percentageOf(text: string): number | undefined {
    return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined;
}

export function Percentage({
    value,
    onChange,
    hint,
}: {
    value: string;
    onChange: (value: string) => void;
    hint: string;
}) {
    return (
        <TextEntry label="Users of a hundred, 0 to 100" type="number" value={value} onChange={onChange} hint={hint} />
    );
}
