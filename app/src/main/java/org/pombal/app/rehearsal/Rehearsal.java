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
     * @param arguments the kind of start, {@code node} or {@code controller}, and an empty folder, which is left as it is then
     */
    public static void main(String[] arguments) throws IOException {
        String kind = arguments.length == 2 ? arguments[0] : "";
        switch (kind) {
            case "node" -> new NodeRehearsal(Path.of(arguments[1])).run();
            case "controller" -> new ControllerRehearsal(Path.of(arguments[1])).run();
            default ->
                throw new IllegalArgumentException(
                        "expected 'node' or 'controller' and a folder, not " + String.join(" ", arguments));
        }
    }
}
