package org.pombal.app.rehearsal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What {@code class-archives} runs under {@code -XX:DumpLoadedClassList}: one start of the program up to its first answer,
 * with nothing real around it. The classes that it loads go into the archive for such starts.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /**
     * Rehearses, and ends the virtual machine: 0 if all went as it does for real.
     *
     * @param arguments the kind of start, which is {@code node}, and an empty folder, which is left as it is then
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !arguments[0].equals("node")) {
            throw new IllegalArgumentException("expected 'node' and a folder, not " + String.join(" ", arguments));
        }
        new NodeRehearsal(Path.of(arguments[1])).run();
    }
}
