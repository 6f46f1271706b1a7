package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.pombal.commands.CommandCatalog;

/** Sends a case's call to a node: as a shell would, or as a program that speaks HTTP. */
final class CommandSender {

    private static final int PATIENCE_SECONDS = 60;
    private static final String USER_FILE = "userFile";

    /** What a program printed. */
    record Printed(int exitCode, String out, String err) {}

    private final CommandReference reference;
    private final Path folder;

    /** @param folder for files of users */
    CommandSender(CommandReference reference, Path folder) {
        this.reference = reference;
        this.folder = folder;
    }

    CommandAnswer byLauncher(Path socket, CommandCase call, CommandWorld world) {
        Printed printed = launch(socket, call, world);
        return CommandAnswer.printed(printed.exitCode(), printed.out(), printed.err());
    }

    Printed launch(Path socket, CommandCase call, CommandWorld world) {
        List<String> command = new ArrayList<>(Product.command());
        command.addAll(List.of("-f", "json"));
        command.addAll(words(call, world));
        command.addAll(List.of("--socket", socket.toString()));
        return run(command);
    }

    private List<String> words(CommandCase call, CommandWorld world) {
        List<String> words = new ArrayList<>(List.of(call.command().split(" ", -1)));
        List<String> positional = new ArrayList<>();
        List<CommandReference.Entry> known = reference.parameters(call.command());
        known.stream()
                .filter(CommandReference.Entry::positional)
                .map(entry -> call.parameters().get(entry.httpName()))
                .filter(value -> value != null)
                .forEach(value -> positional.add(world.fill(value)));
        call.parameters().forEach((name, value) -> {
            CommandReference.Entry entry = known.stream()
                    .filter(other -> other.httpName().equals(name))
                    .findFirst()
                    .orElse(new CommandReference.Entry("--" + name, name, "text", false));
            if (!entry.positional()) {
                words.add(entry.flag());
                if (!entry.type().equals("flag")) {
                    words.add(name.equals(USER_FILE) ? fileOf(world.fill(value)) : world.fill(value));
                }
            }
        });
        words.addAll(positional);
        return words;
    }

    private String fileOf(String users) {
        try {
            return Files.writeString(Files.createTempFile(folder, "users", ""), users)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a file of users", e);
        }
    }

    CommandAnswer byHttp(Path socket, CommandCase call, CommandWorld world) {
        return CommandAnswer.sent(post(socket, json(call, world)));
    }

    /** The body of the answer to a request of doveadm's API. */
    static String post(Path socket, String request) {
        return run(List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--unix-socket",
                        socket.toString(),
                        "--data-binary",
                        request,
                        "http://localhost/doveadm/v1"))
                .out();
    }

    private String json(CommandCase call, CommandWorld world) {
        String name = CommandCatalog.find(call.command())
                .map(command -> command.httpName())
                .orElse(call.command());
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            json.writeStartArray();
            json.writeString(name);
            json.writeStartObject();
            for (var parameter : call.parameters().entrySet()) {
                json.writeFieldName(parameter.getKey());
                String value = world.fill(parameter.getValue());
                if (typeOf(call, parameter.getKey()).equals("flag")) {
                    json.writeBoolean(true);
                } else if (value.matches("[0-9]+")) {
                    json.writeNumber(value);
                } else {
                    json.writeString(value);
                }
            }
            json.writeEndObject();
            json.writeString("tag");
            json.writeEndArray();
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private String typeOf(CommandCase call, String parameter) {
        return reference.parameters(call.command()).stream()
                .filter(entry -> entry.httpName().equals(parameter))
                .map(CommandReference.Entry::type)
                .findFirst()
                .orElse("text");
    }

    static Printed run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> {
                try {
                    return process.getErrorStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            CompletableFuture<Process> late = process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((ended, failure) -> {
                        if (failure != null) {
                            process.destroyForcibly();
                        }
                    });
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            late.join();
            return new Printed(process.exitValue(), out, new String(err.join(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }
}
