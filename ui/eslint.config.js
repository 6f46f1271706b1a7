import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

export default defineConfig(
    { ignores: ['target', 'node_modules', 'src/api/generated'] },
    ts.configs.strictTypeChecked,
    ts.configs.stylisticTypeChecked,
    a11y.flatConfigs.strict,
    hooks.configs.flat.recommended,
    {
        languageOptions: { parserOptions: { projectService: true } },
        rules: {
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
            '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
            // A dialog's first field has the focus, as ARIA's practices ask; React Aria's components see to it.
            'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
            // TanStack's tables and virtual lists are not for the React Compiler, which is not used here.
            'react-hooks/incompatible-library': 'off',
        },
    },
    { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
);
