package org.pombal.settings;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of settings in the manner of Dovecot's: one {@code name = value} on a line, in UTF-8. See {@link SettingsLine}
 * for what a line may be.
 */
public final class SettingsFile {

    private static final long MAX_BYTES = 1024 * 1024;

    private final Optional<Path> path;
    private final List<SettingsLine.Entry> entries;
    private final List<String> problems;

    private SettingsFile(Optional<Path> path, List<SettingsLine.Entry> entries, List<String> problems) {
        this.path = path;
        this.entries = List.copyOf(entries);
        this.problems = List.copyOf(problems);
    }

    /** No file: everything comes from the environment and the defaults. */
    public static SettingsFile none() {
        return new SettingsFile(Optional.empty(), List.of(), List.of());
    }

    /**
     * Reads a file. Whatever is wrong with it, even that it is not there, is kept and reported by
     * {@link SettingsResolver} together with what else is wrong.
     */
    public static SettingsFile read(Path path) {
        requireNonNull(path, "path is null");
        try {
            if (Files.size(path) > MAX_BYTES) {
                return unreadable(path, "has more than " + MAX_BYTES + " bytes; this is not a settings file");
            }
            return parse(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return unreadable(path, "does not exist");
        } catch (AccessDeniedException e) {
            return unreadable(path, "may not be read by user " + System.getProperty("user.name"));
        } catch (IOException e) {
            return unreadable(path, "cannot be read: " + e.getMessage());
        }
    }

    /** Empty if there is no file. */
    public Optional<Path> path() {
        return path;
    }

    List<SettingsLine.Entry> entries() {
        return entries;
    }

    List<String> problems() {
        return problems;
    }

    private static SettingsFile unreadable(Path path, String why) {
        return new SettingsFile(Optional.of(path), List.of(), List.of("settings file " + path + " " + why));
    }

    private static SettingsFile parse(Path path, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer encoded = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(encoded, text, true);
        if (result.isError()) {
            int line = lineOf(bytes, encoded.position());
            return unreadable(path, "is not UTF-8 text: see line " + line);
        }
        List<SettingsLine.Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : withoutByteOrderMark(text.flip().toString()).split("\\r?\\n", -1)) {
            Origin.Line origin = new Origin.Line(path, ++number);
            try {
                SettingsLine.parse(line, origin).ifPresent(entries::add);
            } catch (IllegalArgumentException e) {
                problems.add(origin + ": " + e.getMessage());
            }
        }
        return new SettingsFile(Optional.of(path), entries, problems);
    }

    private static int lineOf(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
