package org.pombal.controller.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.model.backend.HostName;

/** A Kubernetes API that is not as it should be. */
@EnableKubernetesMockClient
class BadKubernetesTest {

    private static final String PATH = "/apis/apps/v1/namespaces/mail/statefulsets/dovecot/scale";
    private static final HostName THIRD = new HostName("dovecot-2.dovecot.mail.svc");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(600);

    /** Set by the extension. */
    @SuppressWarnings("NullAway.Init")
    private KubernetesClient client;

    /** Set by the extension. */
    @SuppressWarnings("NullAway.Init")
    private KubernetesMockServer server;

    private KubernetesActuator actuator(Duration limit) {
        return new KubernetesActuator("mail", "dovecot", () -> Actuators.client(client.getConfiguration(), limit));
    }

    private static Scale scale() {
        return new ScaleBuilder()
                .withNewMetadata()
                .withName("dovecot")
                .withNamespace("mail")
                .withResourceVersion("7")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .endSpec()
                .build();
    }

    private static Object status(int code, String message) {
        return new StatusBuilder().withCode(code).withMessage(message).build();
    }

    @ParameterizedTest
    @CsvSource({"401,Unauthorized", "403,pombal may not", "404,not found", "500,broken", "503,overloaded"})
    void howManyThereAreCannotBeRead(int code, String message) {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(code, status(code, message))
                .always();
        assertThatThrownBy(() -> actuator(LIMIT).start(THIRD, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("StatefulSet dovecot in namespace mail");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"403,pombal may not", "404,not found", "409,it has been changed", "422,no such number", "500,broken"})
    void itCannotBeScaled(int code, String message) {
        server.expect().get().withPath(PATH).andReturn(200, scale()).always();
        server.expect()
                .put()
                .withPath(PATH)
                .andReturn(code, status(code, message))
                .always();
        assertThatThrownBy(() -> actuator(LIMIT).start(THIRD, 3))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Kubernetes does not let us scale StatefulSet dovecot in namespace mail to 3: ")
                .hasMessageContaining(message);
    }

    @Test
    void itAnswersSomethingElse() {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(200, "<html>a proxy's page</html>")
                .always();
        assertThatThrownBy(() -> actuator(LIMIT).stop(THIRD, 2))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Kubernetes does not let us read how many replicas");
    }

    @Test
    void itHangs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Config config = new ConfigBuilder(client.getConfiguration())
                    .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort() + "/")
                    .build();
            KubernetesActuator actuator =
                    new KubernetesActuator("mail", "dovecot", () -> Actuators.client(config, SHORT));
            long began = System.nanoTime();
            assertThatThrownBy(() -> actuator.stop(THIRD, 2))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Kubernetes does not let us read how many replicas");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
