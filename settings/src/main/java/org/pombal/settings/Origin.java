package org.pombal.settings;

import java.nio.file.Path;

/** Where a value came from; {@link Object#toString()} is what an operator is shown. */
public sealed interface Origin {

    /** Nothing was given. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** @param line counted from 1 */
    record Line(Path file, int line) implements Origin {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    record Variable(String name) implements Origin {
        @Override
        public String toString() {
            return "environment variable " + name;
        }
    }
}
