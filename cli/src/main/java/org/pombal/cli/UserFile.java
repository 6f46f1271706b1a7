package org.pombal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pombal.commands.ExitCodes;

/** Reads a file of users, one a line, blank lines not counted; a thousand at a time, whatever the file's length. */
final class UserFile implements Closeable {

    private static final int BATCH = 1000;
    /** More than any name that is allowed; the rest of a longer line is passed over. */
    private static final int MAX_LINE = 2048;

    /** A line with something on it; numbers begin with 1. */
    record Line(long number, String user) {}

    private final String name;
    private final BufferedReader reader;
    private long number;
    private boolean atEnd;

    private UserFile(String name, InputStream input) {
        this.name = name;
        this.reader = new BufferedReader(new InputStreamReader(input, UTF_8));
    }

    /** @param name of the file; - is the standard input */
    static UserFile open(String name, InputStream standardInput) throws CallFailedException {
        if (name.equals("-")) {
            return new UserFile("the standard input", standardInput);
        }
        try {
            if (Files.isDirectory(Path.of(name))) {
                throw new CallFailedException(ExitCodes.DATA, "user file " + name + " is a folder");
            }
            return new UserFile(name, Files.newInputStream(Path.of(name)));
        } catch (NoSuchFileException e) {
            throw new CallFailedException(ExitCodes.DATA, "user file " + name + " is not there", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new CallFailedException(
                    ExitCodes.DATA, "user file " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The next users; none at the end. */
    List<Line> next() throws CallFailedException {
        List<Line> batch = new ArrayList<>();
        try {
            while (batch.size() < BATCH && !atEnd) {
                String user = line().strip();
                number++;
                if (!user.isEmpty()) {
                    batch.add(new Line(number, user));
                }
            }
        } catch (IOException e) {
            throw new CallFailedException(
                    ExitCodes.DATA, name + " cannot be read after line " + number + ": " + e.getMessage(), e);
        }
        return batch;
    }

    /** To the line's end or the file's, which is then noted. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        while (c >= 0 && c != '\n') {
            if (line.length() < MAX_LINE) {
                line.append((char) c);
            }
            c = reader.read();
        }
        atEnd = c < 0;
        return line.toString();
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
