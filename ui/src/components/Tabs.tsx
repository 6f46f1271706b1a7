import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface TabsProps {
    label: string;
    value: string;
    onChange: (value: string) => void;
    tabs: readonly (readonly [value: string, name: string])[];
}

/** Which of several views is shown; the address has it. */
export function Tabs({ label, value, onChange, tabs }: TabsProps) {
    return (
        <ToggleButtonGroup
            className="tabs"
            aria-label={label}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[value]}
            onSelectionChange={(chosen) => {
                const next = tabs.find(([each]) => chosen.has(each));
                if (next !== undefined) {
                    onChange(next[0]);
                }
            }}
        >
            {tabs.map(([each, name]) => (
                <ToggleButton key={each} id={each}>
                    {name}
                </ToggleButton>
            ))}
        </ToggleButtonGroup>
    );
}
