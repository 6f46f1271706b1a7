package org.pombal.demo.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an operator's platform is for the demo: a program that a controller calls to have backends started and stopped ({@code
 * AUTOSCALER_ACTUATOR_COMMAND}). It leaves each order as a file in a folder and waits for the answer beside it; here it is carried out.
 */
public final class Machines implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    private static final String ORDER = ".order";
    private static final String ANSWER = ".answer";

    private final MailSite site;
    private final Path folder;
    private final Consumer<String> said;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(Machines::thread);
    private final ExecutorService working = Executors.newSingleThreadExecutor(Machines::thread);

    private Machines(MailSite site, Path folder, Consumer<String> said) {
        this.site = requireNonNull(site, "site is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.said = requireNonNull(said, "said is null");
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pombal-demo-machines");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes the program and waits for orders.
     *
     * @param folder which nothing else uses
     * @param said is told what is started and stopped
     */
    public static Machines of(MailSite site, Path folder, Consumer<String> said) {
        Machines machines = new Machines(site, folder, said);
        try {
            Files.createDirectories(folder);
            Files.writeString(machines.program(), machines.script());
            Files.setPosixFilePermissions(machines.program(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + machines.program(), e);
        }
        machines.looking.scheduleWithFixedDelay(machines::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return machines;
    }

    /** What the controller calls. */
    public Path program() {
        return folder.resolve("machines");
    }

    private String script() {
        return """
                #!/bin/sh
                # machines start|stop HOST COUNT: has a backend of the demo started or stopped. Answers when that has begun.
                order=%s/$$
                printf '%%s\\n' "$1" "$2" > "$order.new"
                mv "$order.new" "$order%s"
                until [ -e "$order%s" ]; do sleep 0.1; done
                answer=$(cat "$order%s")
                rm -f "$order%s"
                [ "$answer" = done ] || { echo "$answer" >&2; exit 1; }
                """.formatted(folder, ORDER, ANSWER, ANSWER, ANSWER);
    }

    private void look() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path order :
                    files.filter(file -> file.toString().endsWith(ORDER)).toList()) {
                List<String> words = Files.readAllLines(order, UTF_8);
                Files.delete(order);
                String name = order.getFileName().toString();
                Path answer = folder.resolve(name.substring(0, name.length() - ORDER.length()) + ANSWER);
                Path written = folder.resolve(name + ".new");
                Files.writeString(written, begun(words));
                Files.move(written, answer, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | UncheckedIOException e) {
            said.accept("an order for a backend cannot be read: " + e.getMessage());
        }
    }

    private String begun(List<String> words) {
        if (words.size() != 2 || !List.of("start", "stop").contains(words.get(0))) {
            return "not understood: " + words;
        }
        for (int number = site.plan().backends() + 1; number <= 9; number++) {
            if (site.plan().backendHost(number).equals(words.get(1))) {
                begin(words.get(0), number);
                return "done";
            }
        }
        return words.get(1) + " is no backend that can be started or stopped";
    }

    private void begin(String what, int number) {
        said.accept("the controller has " + site.plan().backendHost(number)
                + (what.equals("start") ? " started" : " stopped"));
        working.execute(() -> {
            try {
                if (what.equals("start")) {
                    site.startBackend(number);
                } else {
                    site.stopBackend(number);
                }
            } catch (RuntimeException e) {
                said.accept("it did not " + what + ": " + e.getMessage());
            }
        });
    }

    @Override
    public void close() {
        looking.shutdownNow();
        working.shutdown();
        try {
            if (!working.awaitTermination(1, TimeUnit.MINUTES)) {
                working.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            working.shutdownNow();
        }
    }
}
