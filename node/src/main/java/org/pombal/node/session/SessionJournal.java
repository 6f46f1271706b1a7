package org.pombal.node.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is being served, in a file, for the next process of this node: it must know whose the processes are that live on. Each line is
 * written before what it says comes true, or after it has ended. Written to the kernel, not to the disk: the machine's end is the end of
 * all processes too.
 */
public final class SessionJournal {

    private static final Logger log = LoggerFactory.getLogger(SessionJournal.class);
    private static final String MAGIC = "pombal-sessions 1 ";
    private static final String NONE = "-";

    /** A file with so many lines more than it needs is written anew. */
    private static final int SURPLUS_LINES = 20_000;

    /**
     * A process and a user that it serves.
     *
     * @param user empty if nobody knows
     * @param group empty if the user is pinned, or not known
     */
    public record Entry(ProcessId process, Optional<UserKey> user, Optional<GroupId> group) {
        public Entry {
            requireNonNull(process, "process is null");
            requireNonNull(user, "user is null");
            requireNonNull(group, "group is null");
        }

        private String line() {
            return String.join(
                            "\t",
                            user.isPresent() ? "+" : "?",
                            String.valueOf(process.pid()),
                            String.valueOf(process.startTicks()),
                            user.map(UserKey::value).orElse(NONE),
                            group.map(its -> its.site().value().toString()).orElse(NONE),
                            group.map(its -> URLEncoder.encode(its.name(), UTF_8))
                                    .orElse(NONE))
                    + '\n';
        }

        private static Entry parse(String[] fields) {
            ProcessId process = new ProcessId(Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
            if (fields[0].equals("?")) {
                return new Entry(process, Optional.empty(), Optional.empty());
            }
            Optional<GroupId> group = fields[4].equals(NONE)
                    ? Optional.empty()
                    : Optional.of(new GroupId(SiteId.parse(fields[4]), URLDecoder.decode(fields[5], UTF_8)));
            return new Entry(process, Optional.of(new UserKey(fields[3])), group);
        }
    }

    private final Path file;
    private final String header;
    private final Map<ProcessId, List<Entry>> live = new LinkedHashMap<>();
    private @Nullable OutputStream output;
    private int lines;

    /** @param bootId the machine's; a file from another boot says nothing */
    public SessionJournal(Path file, String bootId) {
        this.file = requireNonNull(file, "file is null");
        this.header = MAGIC + requireNonNull(bootId, "bootId is null");
    }

    /**
     * Reads what was written in this boot, and opens the file for more.
     *
     * @return empty if nothing was, or it cannot be relied on: nobody knows then whose processes live
     * @throws IOException if the file cannot be written
     */
    public Optional<List<Entry>> open() throws IOException {
        boolean complete = read();
        if (!complete) {
            live.clear();
        }
        rewrite();
        return complete
                ? Optional.of(live.values().stream().flatMap(List::stream).toList())
                : Optional.empty();
    }

    private boolean read() {
        String text;
        try {
            text = Files.readString(file, UTF_8);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            log.warn("cannot read {}: nobody knows whose the processes are that serve users: {}", file, e.toString());
            return false;
        }
        String[] all = text.split("\n", -1);
        if (!all[0].equals(header)) {
            return false;
        }
        try {
            // The last one is empty, or was cut off: what it says had not come true yet.
            for (int i = 1; i < all.length - 1; i++) {
                apply(all[i].split("\t", -1));
            }
            return true;
        } catch (RuntimeException e) {
            log.warn("{} is damaged: nobody knows whose the processes are that serve users: {}", file, e.toString());
            return false;
        }
    }

    private void apply(String[] fields) {
        if (fields[0].equals("-")) {
            live.remove(new ProcessId(Integer.parseInt(fields[1]), Long.parseLong(fields[2])));
        } else {
            keep(Entry.parse(fields));
        }
    }

    private void keep(Entry entry) {
        live.computeIfAbsent(entry.process(), none -> new ArrayList<>(1)).add(entry);
    }

    void begin(ProcessId process, UserKey user, Optional<GroupId> group) throws IOException {
        add(new Entry(process, Optional.of(user), group));
    }

    void older(ProcessId process) throws IOException {
        add(new Entry(process, Optional.empty(), Optional.empty()));
    }

    private void add(Entry entry) throws IOException {
        write(entry.line());
        keep(entry);
    }

    void gone(ProcessId process) {
        if (live.remove(process) == null) {
            return;
        }
        try {
            write("-\t" + process.pid() + '\t' + process.startTicks() + '\n');
        } catch (IOException e) {
            // The next process of this node finds it gone by itself.
            log.debug("cannot write to {}", file, e);
        }
    }

    private void write(String line) throws IOException {
        if (lines > live.size() + SURPLUS_LINES) {
            rewrite();
        }
        try {
            requireNonNull(output, "the journal is not open").write(line.getBytes(UTF_8));
            lines++;
        } catch (IOException e) {
            // Half a line may stand there now; the next one must not be written behind it.
            lines = Integer.MAX_VALUE;
            throw e;
        }
    }

    private void rewrite() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        StringBuilder text = new StringBuilder(header).append('\n');
        live.values().forEach(entries -> entries.forEach(entry -> text.append(entry.line())));
        Files.writeString(next, text, UTF_8);
        OutputStream opened = Files.newOutputStream(next, StandardOpenOption.APPEND);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        close();
        output = opened;
        lines = live.values().stream().mapToInt(List::size).sum();
    }

    public void close() {
        OutputStream current = output;
        output = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                log.debug("closing {}", file, e);
            }
        }
    }
}
