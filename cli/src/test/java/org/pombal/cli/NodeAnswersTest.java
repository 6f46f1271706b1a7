package org.pombal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers that are no rows, and of no answer. */
@Timeout(60)
class NodeAnswersTest extends NodeInATest {

    @ParameterizedTest
    @CsvSource({"64", "65", "67", "68", "75", "77", "78"})
    void ends_with_the_exit_code_that_the_node_gives_and_its_message(int code) throws IOException {
        StubNode stub = node(StubNode.json(
                "[[\"error\",{\"type\":\"exitCode\",\"exitCode\":" + code + ",\"message\":\"so it is\"},\"pombal\"]]"));
        assertThat(run(stub, "cluster", "kick", "alice")).isEqualTo(new Ran(code, "", "doveadm: so it is\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "unknownMethod, 64, does not know 'cluster kick'",
        "invalidRequest, 64, answered invalidRequest without saying why",
        "unAuthorized, 77, answered unAuthorized",
        "internalError, 75, answered internalError"
    })
    void knows_the_error_types_of_doveadm(String type, int code, String message) throws IOException {
        StubNode stub = node(StubNode.json("[[\"error\",{\"type\":\"" + type + "\", \"exitCode\":0},\"pombal\"]]"));
        Ran ran = run(stub, "cluster", "kick", "alice");
        assertThat(ran.exitCode()).isEqualTo(code);
        assertThat(ran.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "401 Unauthorized, 77, answered 401 Unauthorized: told why; the key is given with --api-key-file",
        "403 Forbidden, 77, answered 403",
        "400 Bad Request, 64, answered 400 Bad Request: told why",
        "404 Not Found, 76, answered 404",
        "503 Service Unavailable, 75, try again",
        "500 Oops, 76, answered 500",
    })
    void says_what_another_http_status_means(String status, int code, String message) throws IOException {
        Ran ran = run(node(StubNode.status(status, "told why\n")), "cluster", "kick", "alice");
        assertThat(ran.exitCode()).isEqualTo(code);
        assertThat(ran.err()).contains(message);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void says_what_to_do_when_no_node_is_running() {
        Ran ran = Ran.with(
                "cluster", "site", "list", "--socket", folder.resolve("nobody").toString());
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains("no node answers at " + folder.resolve("nobody"), "Is the node running");
        assertThat(ran.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ended the connection",
                "'HTTP/1.1 200 OK\r\n\r\n[[\"doveadmResponse\",[' | the answer was cut off",
                "'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[[\"doveadmResponse\",[' | cut off",
                "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n[[\"do' | cut off within a chunk",
            })
    void an_answer_that_is_cut_off_leaves_the_outcome_unknown(String answer, String message) throws IOException {
        Ran ran = run(node(StubNode.bytes(answer)), "cluster", "kick", "alice");
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains(message, "not known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSH-2.0-OpenSSH",
                "'HTTP/1.1 200 OK\r\n\r\n<html>'",
                "'HTTP/1.1 200 OK\r\n\r\n[]'",
                "'HTTP/1.1 200 OK\r\n\r\n[[\"doveadmResponse\",[{\"user\":[]}],\"pombal\"]]'",
            })
    void what_is_no_answer_of_doveadm_is_a_protocol_error(String answer) throws IOException {
        Ran ran = run(node(StubNode.bytes(answer + "\r\n")), "cluster", "kick", "alice");
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(76);
        assertThat(ran.err()).contains("is not doveadm's");
    }

    @Test
    void a_silent_node_is_not_waited_for_for_ever() throws Exception {
        StubNode stub = node((request, output) -> {
            try {
                Thread.currentThread().join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Ran ran = run(stub, "cluster", "site", "list", "--timeout", "1");
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains("is silent", "1 s");
    }

    @Test
    void a_failure_of_one_of_many_is_told_and_the_others_are_printed() throws IOException {
        StubNode stub = node(
                "{\"user\":\"alice\",\"backend\":\"b1\"}",
                "{\"error\":\"there is no user bob\",\"exitCode\":67}",
                "{\"user\":\"carol\",\"backend\":\"b2\"}");
        Ran ran = run(stub, "-f", "tab", "cluster", "user", "access", "-A");
        assertThat(ran)
                .isEqualTo(new Ran(67, "user\tbackend\nalice\tb1\ncarol\tb2\n", "doveadm: there is no user bob\n"));
    }
}
