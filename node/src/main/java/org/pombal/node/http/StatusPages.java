package org.pombal.node.http;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics} (OpenMetrics), {@code /healthz} (the process works), {@code /readyz} (it can do its job now). */
@Sharable
final class StatusPages extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(StatusPages.class);
    private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

    private final PrometheusRegistry registry;
    private final Readiness readiness;
    private final OpenMetricsTextFormatWriter metricsWriter = OpenMetricsTextFormatWriter.create();

    StatusPages(PrometheusRegistry registry, Readiness readiness) {
        this.registry = requireNonNull(registry, "registry is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
        FullHttpResponse response = respond(request);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        response.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        ChannelPromise written = context.newPromise();
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        context.writeAndFlush(response, written);
    }

    private FullHttpResponse respond(FullHttpRequest request) throws IOException {
        if (!request.decoderResult().isSuccess()) {
            return text(HttpResponseStatus.BAD_REQUEST, "not a valid HTTP request\n");
        }
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (!request.method().equals(HttpMethod.GET) && !head) {
            FullHttpResponse response = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "use GET\n");
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            return response;
        }
        return switch (new QueryStringDecoder(request.uri()).path()) {
            case "/metrics" -> metrics();
            case "/healthz" -> text(HttpResponseStatus.OK, "ok\n");
            case "/readyz" -> ready();
            default -> text(HttpResponseStatus.NOT_FOUND, "there are /metrics, /healthz and /readyz\n");
        };
    }

    private FullHttpResponse ready() {
        return readiness
                .obstacle()
                .map(obstacle -> text(HttpResponseStatus.SERVICE_UNAVAILABLE, obstacle + "\n"))
                .orElseGet(() -> text(HttpResponseStatus.OK, "ready\n"));
    }

    private FullHttpResponse metrics() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        metricsWriter.write(body, registry.scrape());
        return response(HttpResponseStatus.OK, OpenMetricsTextFormatWriter.CONTENT_TYPE, body.toByteArray());
    }

    private static FullHttpResponse text(HttpResponseStatus status, String body) {
        return response(status, PLAIN_TEXT, body.getBytes(StandardCharsets.UTF_8));
    }

    private static FullHttpResponse response(HttpResponseStatus status, String contentType, byte[] body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("closing an HTTP connection from {}: {}", context.channel().remoteAddress(), cause.toString());
        context.close();
    }
}
