import { useId } from 'react';
import { Input, Label, TextField, Text } from 'react-aria-components';

interface TextProps {
    label: string;
    value: string;
    onChange: (value: string) => void;
    hint?: string;
    required?: boolean;
    placeholder?: string;
    type?: 'text' | 'number' | 'password';
    autoFocus?: boolean;
}

export function TextEntry({
    label,
    value,
    onChange,
    hint,
    required = false,
    placeholder,
    type = 'text',
    autoFocus,
}: TextProps) {
    return (
        <TextField
            value={value}
            onChange={onChange}
            isRequired={required}
            type={type}
            autoComplete="off"
            autoFocus={autoFocus ?? false}
        >
            <Label>{label}</Label>
            <Input placeholder={placeholder} spellCheck={false} />
            {hint === undefined ? null : <Text slot="description">{hint}</Text>}
        </TextField>
    );
}

interface ChoiceProps {
    label: string;
    value: string;
    onChange: (value: string) => void;
    options: readonly (readonly [value: string, shown: string])[];
    hint?: string;
    inline?: boolean;
}

/** One of a few: the browser's own list, which every keyboard and screen reader knows. */
export function Choice({ label, value, onChange, options, hint, inline = false }: ChoiceProps) {
    const id = useId();
    return (
        <div className={inline ? 'choice inline' : 'choice'}>
            <label htmlFor={id}>{label}</label>
            <select
                id={id}
                value={value}
                onChange={(event) => onChange(event.target.value)}
                aria-describedby={hint === undefined ? undefined : `${id}-hint`}
            >
                {options.map(([each, shown]) => (
                    <option key={each} value={each}>
                        {shown}
                    </option>
                ))}
            </select>
            {hint === undefined ? null : (
                <span id={`${id}-hint`} className="hint">
                    {hint}
                </span>
            )}
        </div>
    );
}

/** What narrows a list; kept in the address by who uses it. */
export function Filter({
    label,
    value,
    onChange,
}: {
    label: string;
    value: string;
    onChange: (value: string) => void;
}) {
    return (
        <input
            type="search"
            className="filter"
            aria-label={label}
            placeholder={label}
            value={value}
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
        />
    );
}

interface CheckProps {
    label: string;
    isChosen: boolean;
    onChange: (isChosen: boolean) => void;
    /** Some of several are chosen. */
    isPartly?: boolean;
    /** Without its label beside it; readers hear it. */
    bare?: boolean;
}

export function Check({ label, isChosen, onChange, isPartly = false, bare = false }: CheckProps) {
    const box = (
        <input
            type="checkbox"
            checked={isChosen}
            aria-label={bare ? label : undefined}
            ref={(element) => {
                if (element !== null) {
                    element.indeterminate = isPartly;
                }
            }}
            onChange={(event) => onChange(event.target.checked)}
        />
    );
    return bare ? (
        box
    ) : (
        <label className="check">
            {box} {label}
        </label>
    );
}
