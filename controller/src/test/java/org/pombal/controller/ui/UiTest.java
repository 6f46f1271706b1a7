package org.pombal.controller.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestController.Answer;

/** The web interface, as the controller gives it to browsers. */
@Timeout(60)
class UiTest {

    private static final TestController CONTROLLER = TestController.fresh();
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/ui/assets/[^\"]+)\"");

    @AfterAll
    static void stop() {
        CONTROLLER.close();
    }

    private static Answer get(String path) {
        return CONTROLLER.ask("", "GET", path, "");
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    @Test
    void whoComesToTheRootIsSentToThePage() {
        Answer answer = get("/");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("/ui/");
    }

    @Test
    void everyAddressBelowIsThePageWhichHasNothingThatItsPolicyForbids() {
        for (String path : List.of("/ui", "/ui/", "/ui/backends/b1.example.org?tab=x", "/ui/users/ann%40example.org")) {
            Answer page = get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(header(page, "Content-Type")).startsWith("text/html");
            assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
            assertThat(header(page, "Content-Security-Policy"))
                    .contains("style-src 'self';")
                    .doesNotContain("unsafe");
            assertThat(page.response().body())
                    .contains("<div id=\"root\">")
                    .doesNotContain("<style")
                    .doesNotContain("<script>");
        }
    }

    @Test
    void aBrowserThatAsksForAPictureIsNotToldOfAFault() {
        assertThat(get("/favicon.ico").status()).isEqualTo(204);
    }

    @Test
    void whatThePageNamesIsThereForEver() {
        Matcher assets = ASSET.matcher(get("/ui/").response().body());
        int seen = 0;
        while (assets.find()) {
            Answer asset = get(assets.group(1));
            assertThat(asset.status()).as(assets.group(1)).isEqualTo(200);
            assertThat(header(asset, "Cache-Control")).contains("immutable");
            assertThat(header(asset, "X-Content-Type-Options")).isEqualTo("nosniff");
            seen++;
        }
        assertThat(seen).isGreaterThanOrEqualTo(3);
    }

    @Test
    void nothingElseOfTheJarIsGiven() {
        for (String path : List.of(
                "/ui/assets/none.js",
                "/ui/assets/..%2Findex.html",
                "/ui/assets/..%2f..%2fcontroller%2fbuild.properties",
                "/ui/assets/%2e%2e%2findex.html")) {
            Answer answer = get(path);
            assertThat(answer.response().body()).as(path).doesNotContain("swagger");
            assertThat(answer.status() == 404 || header(answer, "Content-Type").startsWith("text/html"))
                    .as(path)
                    .isTrue();
        }
    }

    @Test
    void whatIsMissingFromTheApiIsStillMissing() {
        Answer answer = get("/api/v1/none");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isNotEmpty();
    }
}
