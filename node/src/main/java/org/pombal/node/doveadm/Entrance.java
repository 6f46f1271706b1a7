package org.pombal.node.doveadm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.Set;

/** Looks at a request's head and turns away, before the body is read, who has no business here. */
final class Entrance extends ChannelInboundHandlerAdapter {

    static final String API = "/doveadm/v1";

    private static final Set<String> GET_PATHS = Set.of("/", API);

    private final Optional<Credentials> credentials;
    private boolean turnedAway;

    /** @param credentials what is asked for; empty where the socket's file rights decide */
    Entrance(Optional<Credentials> credentials) {
        this.credentials = requireNonNull(credentials, "credentials is null");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !turnedAway) {
            Optional<FullHttpResponse> refusal = refusal(request);
            if (refusal.isPresent()) {
                turnedAway = true;
                context.writeAndFlush(refusal.get()).addListener(ChannelFutureListener.CLOSE);
            }
        }
        if (turnedAway) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private Optional<FullHttpResponse> refusal(HttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return Optional.of(text(HttpResponseStatus.BAD_REQUEST, "not a valid HTTP request"));
        }
        if (!isServed(request.method(), path(request))) {
            return Optional.of(empty(new HttpResponseStatus(404, "Path Not Found")));
        }
        if (credentials.isPresent()
                && !request.method().equals(HttpMethod.OPTIONS)
                && !credentials.get().allow(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            FullHttpResponse response = empty(new HttpResponseStatus(401, "Authentication required"));
            response.headers()
                    .add(HttpHeaderNames.WWW_AUTHENTICATE, credentials.get().challenges());
            return Optional.of(response);
        }
        if (HttpUtil.getContentLength(request, 0L) > DoveadmServer.MAX_REQUEST_BYTES) {
            return Optional.of(text(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "a request has at most " + DoveadmServer.MAX_REQUEST_BYTES + " bytes"));
        }
        return Optional.empty();
    }

    private static boolean isServed(HttpMethod method, String path) {
        return method.equals(HttpMethod.OPTIONS)
                || (method.equals(HttpMethod.GET) && GET_PATHS.contains(path))
                || (method.equals(HttpMethod.POST) && path.equals(API));
    }

    static String path(HttpRequest request) {
        return new QueryStringDecoder(request.uri()).path();
    }

    static FullHttpResponse text(HttpResponseStatus status, String body) {
        return response(status, "text/plain; charset=utf-8", body + "\r\n");
    }

    static FullHttpResponse empty(HttpResponseStatus status) {
        FullHttpResponse response = response(status, "text/plain", "");
        response.headers().remove(HttpHeaderNames.CONTENT_TYPE);
        return response;
    }

    static FullHttpResponse response(HttpResponseStatus status, String contentType, String body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
