package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/** Turns away, before a body is read, who does not have the key. Who has it may keep the connection. */
final class PeerEntrance extends ChannelInboundHandlerAdapter {

    /** How long a stranger may take over the head of a request. */
    static final int SECONDS_FOR_STRANGERS = 5;

    /** How long a connection of a peer may be silent; longer than any answer takes. */
    private static final int SECONDS_FOR_PEERS = 300;

    private static final RateLimitedLog strangers = new RateLimitedLog(LoggerFactory.getLogger(PeerEntrance.class));

    private final PeerKey key;
    private final Replies replies;
    private boolean known;
    private boolean turnedAway;

    PeerEntrance(PeerKey key, Replies replies) {
        this.key = requireNonNull(key, "key is null");
        this.replies = requireNonNull(replies, "replies is null");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !turnedAway) {
            turnedAway = !admits(context, request);
        }
        if (turnedAway) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean admits(ChannelHandlerContext context, HttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return refuse(context, HttpResponseStatus.BAD_REQUEST, "not a valid HTTP request");
        }
        if (!key.allows(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            strangers.warn(
                    "{} has not the key of this site's nodes (cluster_peer_key); turned away",
                    context.channel().remoteAddress());
            return refuse(context, HttpResponseStatus.UNAUTHORIZED, "the key (cluster_peer_key) is another one here");
        }
        if (!known) {
            known = true;
            context.pipeline().replace(ReadTimeoutHandler.class, null, new ReadTimeoutHandler(SECONDS_FOR_PEERS));
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "use POST");
        }
        if (HttpUtil.getContentLength(request, 0L) > Message.MAX_BYTES) {
            return refuse(
                    context,
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "a message has at most " + Message.MAX_BYTES + " bytes");
        }
        return true;
    }

    private boolean refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
        replies.refuse(context, status, why);
        return false;
    }
}
