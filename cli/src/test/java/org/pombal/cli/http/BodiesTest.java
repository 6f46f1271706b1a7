package org.pombal.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {

    private static HttpResponse response(String all) throws IOException {
        InputStream input = new ByteArrayInputStream(all.getBytes(ISO_8859_1));
        return new ResponseHead(input).read(new Connection() {
            @Override
            public InputStream input() {
                return input;
            }

            @Override
            public OutputStream output() {
                return OutputStream.nullOutputStream();
            }

            @Override
            public void close() {}
        });
    }

    private static String body(String all) throws IOException {
        return new String(response(all).body().readAllBytes(), ISO_8859_1);
    }

    @Test
    void a_body_has_the_length_that_is_given() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\ncontent-length:  3\r\n\r\nabcdef")).isEqualTo("abc");
        assertThat(body("HTTP/1.0 200\nContent-Length: 0\n\nabc")).isEmpty();
    }

    @Test
    void a_body_without_length_goes_on_to_the_end() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\n\r\nabc")).isEqualTo("abc");
    }

    @Test
    void chunks_are_put_together_and_extensions_and_trailers_passed_over() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\nA;x=y\r\ndefghijklm\r\n0\r\nTrailer: x\r\n\r\nrest"))
                .isEqualTo("abcdefghijklm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\r\nab", "3\r\nabc", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n"})
    void a_chunked_body_that_is_cut_off_is_noticed(String chunks) {
        assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-1\r\n", "\r\n", "fffffffffffffffff\r\n", "3\r\nabcd\r\n0\r\n\r\n"})
    void a_chunk_that_is_none_is_refused(String chunks) {
        assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
                .isInstanceOf(HttpException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"})
    void a_head_that_is_none_is_refused(String head) {
        assertThatThrownBy(() -> response(head)).isInstanceOf(HttpException.class);
    }

    @Test
    void a_head_without_end_is_not_read_for_ever() {
        assertThatThrownBy(() -> response("HTTP/1.1 200 " + "x".repeat(10_000))).isInstanceOf(HttpException.class);
        assertThatThrownBy(() -> response("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(200)))
                .isInstanceOf(HttpException.class);
    }
}
