package org.pombal.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/** How the processes of the load are talked to by the one that started them. */
final class StandardStreams {

    private static final PrintStream OUT = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

    private StandardStreams() {}

    static void say(String line) {
        OUT.println(line);
    }

    static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8));
    }

    /** Returns when whoever started this process is gone. */
    static void awaitEnd() throws IOException {
        BufferedReader input = input();
        while (input.readLine() != null) {
            // Nothing is expected here but the end.
        }
    }
}
