package org.pombal.controller.autoscaling;

import static org.pombal.controller.autoscaling.Answers.SITE;
import static org.pombal.controller.autoscaling.Answers.isOfNoUse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.model.scale.ScalerAnswer;

/** Classes of operators that are not as they should be, loaded from a jar as in operation. */
class BadClassesTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private ScalerAnswer answer(Path jar, String name, Duration limit) throws InterruptedException {
        return new TimedScaler("mine", new ClassScaler(jar, "org.example." + name), limit).ask(SITE);
    }

    /** @param member of the class, besides what is a scaler's */
    private ScalerAnswer answer(String member, String body, Duration limit) throws Exception {
        Path jar = ScalerJar.of(folder, "Bad", """
                package org.example;
                import org.pombal.controller.autoscaling.*;
                public class Bad implements Autoscaler {
                    %s
                    public int desiredNumberOfBackends(ScaledSite site) {
                        %s
                    }
                }
                class Other {}
                """.formatted(member, body));
        return answer(jar, "Bad", limit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    return -1;                                     | mine wants -1 backends; a site has 0 to 1000
                    return 1_000_000;                              | mine wants 1000000 backends; a site has 0 to 1000
                    return Integer.MIN_VALUE;                      | mine wants -2147483648 backends
                    throw new IllegalStateException("no idea");    | mine fails: IllegalStateException: no idea
                    throw new IllegalStateException();             | mine fails: java.lang.IllegalStateException
                    throw new OutOfMemoryError("not really");      | mine fails: OutOfMemoryError: not really
                    return desiredNumberOfBackends(site);          | mine fails: java.lang.StackOverflowError
                    return new Other().hashCode();                 | mine fails: NoClassDefFoundError: org/example/Other
                    throw new Error("x".repeat(1_000_000));        | xxx...
                    """)
    void whatItAnswersIsOfNoUse(String body, String problem) throws Exception {
        isOfNoUse(answer("", body, LIMIT), problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    public Bad(int number) {}                     | is no public class with a public constructor without parameters
                    private Bad() {}                              | is no public class with a public constructor without parameters
                    public Bad() { throw new Error("no licence"); } | cannot be made, its constructor throws java.lang.Error: no licence
                    static int x = 1 / Integer.parseInt("0");     | cannot be loaded: java.lang.ExceptionInInitializerError
                    """)
    void itCannotBeMade(String member, String problem) throws Exception {
        isOfNoUse(answer(member, "return 3;", LIMIT), "class org.example.Bad (AUTOSCALER_CLASS)", problem);
    }

    @Test
    void itIsNotThere() throws Exception {
        Path jar = ScalerJar.of(folder, "Good", "package org.example; public class Good {}");
        isOfNoUse(answer(jar, "Bad", LIMIT), "class org.example.Bad (AUTOSCALER_CLASS) is not in " + jar);
        isOfNoUse(answer(jar, "Good", LIMIT), "does not implement " + Autoscaler.class.getName());
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar at all");
        isOfNoUse(answer(text, "Bad", LIMIT), "is not in " + text);
        isOfNoUse(answer(folder.resolve("none.jar"), "Bad", LIMIT), "none.jar (AUTOSCALER_JAR) cannot be read");
    }

    @Test
    void itHangsWhileItIsMade() throws IOException, InterruptedException {
        Path jar = ScalerJar.of(folder, "Bad", """
                package org.example;
                public class Bad {
                    public Bad() throws InterruptedException { Thread.sleep(60_000); }
                }
                """);
        isOfNoUse(answer(jar, "Bad", SHORT), "mine has not answered for 300 ms");
    }

    @Test
    void itsFailureCannotEvenBeRead() throws Exception {
        Path jar = ScalerJar.of(folder, "Bad", """
                package org.example;
                import org.pombal.controller.autoscaling.*;
                public class Bad extends RuntimeException implements Autoscaler {
                    public int desiredNumberOfBackends(ScaledSite site) { throw this; }
                    @Override
                    public String getMessage() { throw new IllegalStateException(); }
                }
                """);
        isOfNoUse(answer(jar, "Bad", LIMIT), "mine fails: org.example.Bad");
    }
}
