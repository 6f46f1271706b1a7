package org.pombal.controller.task.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.controller.settings.Authorities;
import org.pombal.controller.settings.BrokerOptions;
import org.pombal.controller.settings.BrokerUrl;
import org.pombal.controller.task.TaskStore;
import org.pombal.controller.task.TasksAwayException;
import org.pombal.model.task.TaskQueue;

/** A real Redis that wants TLS and a password; its certificate is for localhost, and signed by nobody that Java trusts. */
@Timeout(60)
class RedisTlsTest {

    private static final String PASSWORD = "of-redis-71bc";

    @TempDir
    private static Path folder;

    private static Path certificate;
    private static int port;
    private static RedisServer redis;

    @BeforeAll
    static void start() throws Exception {
        certificate = folder.resolve("redis.pem");
        Path key = folder.resolve("redis.key");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=redis",
                        "-addext",
                        "subjectAltName=DNS:localhost",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.out").toFile())
                .start();
        assertThat(openssl.waitFor(30, SECONDS) ? openssl.exitValue() : -1)
                .as(Files.readString(folder.resolve("openssl.out")))
                .isZero();
        port = RedisServer.freePort();
        redis = RedisServer.withTls(port, certificate, key, PASSWORD);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static Optional<TrustManagerFactory> itsAuthority() throws IOException {
        return Optional.of(Authorities.in(certificate, "CONTROLLER_REDIS_CA_FILE"));
    }

    private static TaskStore tasks(String url, Optional<TrustManagerFactory> authorities) {
        return new RedisTaskStore(
                RedisAddress.of(BrokerUrl.TYPE.parse(url), BrokerOptions.NONE),
                authorities,
                "lisbon",
                10,
                Duration.ofSeconds(5),
                InstantSource.system());
    }

    private static String secured(String host) {
        return "rediss://:" + PASSWORD + "@" + host + ":" + port;
    }

    private static void isAway(TaskStore tasks, String why) {
        assertThatThrownBy(() -> tasks.figures(TaskQueue.HIGH))
                .isInstanceOf(TasksAwayException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void itIsAskedIfItsAuthorityIsNamed() throws Exception {
        try (TaskStore tasks = tasks(secured("localhost"), itsAuthority())) {
            assertThat(tasks.figures(TaskQueue.HIGH).waiting()).isZero();
        }
    }

    @Test
    void itIsAsGoodAsAwayIfNobodyThatIsTrustedHasSigned() {
        try (TaskStore tasks = tasks(secured("localhost"), Optional.empty())) {
            isAway(tasks, "unable to find valid certification path");
        }
    }

    @Test
    void itIsAsGoodAsAwayUnderANameThatItsCertificateDoesNotHave() throws Exception {
        try (TaskStore tasks = tasks(secured("127.0.0.1"), itsAuthority())) {
            isAway(tasks, "No subject alternative names matching IP address 127.0.0.1");
        }
    }

    @Test
    void withoutTlsItIsAsGoodAsAway() {
        try (TaskStore tasks = tasks("redis://:" + PASSWORD + "@localhost:" + port, Optional.empty())) {
            isAway(tasks, "does not answer");
        }
    }
}
