// What a browser loads before it shows anything may have this size at most, compressed. The build fails beyond it.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BAR = 250 * 1024;
const folder = new URL('./target/classes/org/pombal/ui/assets/', import.meta.url);

// Each library at run time is one more to keep up to date, and to trust.
const MOST_LIBRARIES = 14;
const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const libraries = Object.keys(dependencies).length;
if (libraries > MOST_LIBRARIES) {
    console.error(`the pages use ${libraries} libraries at run time; ${MOST_LIBRARIES} are allowed`);
    process.exit(1);
}

const sizes = readdirSync(folder).map((name) => ({
    name,
    bytes: gzipSync(readFileSync(new URL(name, folder))).length,
}));
const sum = sizes.reduce((before, file) => before + file.bytes, 0);
const text = `${(sum / 1024).toFixed(1)} kB compressed (${sizes.map((file) => `${file.name} ${file.bytes}`).join(', ')})`;
if (sum > BAR) {
    console.error(`the pages have ${text}; ${BAR / 1024} kB are allowed`);
    process.exit(1);
}
console.log(`the pages have ${text}`);
