package org.pombal.controller.http;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PageRequestTest {

    private static final PageRequest FOLLOWING = PageRequest.of(Optional.of("zzz"), Optional.empty());
    private static final PageRequest FIRST = PageRequest.of(Optional.empty(), Optional.of("7"));

    private static String read(PageRequest page, Function<PageRequest, CompletionStage<String>> list) {
        return page.read(list).toCompletableFuture().join();
    }

    @Test
    void aPartIsReadAsItIsAskedFor() {
        assertThat(read(FIRST, part -> completedFuture(part.limit() + " items")))
                .isEqualTo("7 items");
        assertThat(read(
                        FOLLOWING,
                        part -> completedFuture(part.cursor().orElseThrow().value())))
                .isEqualTo("zzz");
    }

    @Test
    void aCursorOfNoSuchListIsARequestThatIsWrong() {
        assertThatThrownBy(() -> read(FOLLOWING, part -> {
                    throw new IllegalArgumentException("no page token");
                }))
                .hasRootCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("cursor: 'zzz' is no place in this list");
        assertThatThrownBy(() -> read(
                        FOLLOWING,
                        part -> failedFuture(new CompletionException(new IllegalArgumentException("no page token")))))
                .hasRootCauseInstanceOf(ProblemException.class);
    }

    @Test
    void aFaultOfOursStaysOne() {
        assertThatThrownBy(() -> read(FIRST, part -> failedFuture(new IllegalArgumentException("a mistake"))))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(FOLLOWING, part -> failedFuture(new IllegalStateException("a mistake"))))
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }
}
