package org.pombal.node.doveadm;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the one request of a connection. */
final class Api extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger log = LoggerFactory.getLogger(Api.class);

    private static final String PATHS = """
            [
            {"method":"OPTIONS","path":"*"},
            {"method":"GET","path":"/"},
            {"method":"GET","path":"/doveadm/v1"},
            {"method":"POST","path":"/doveadm/v1"}
            ]""";

    private final Execution execution;

    Api(Execution execution) {
        this.execution = requireNonNull(execution, "execution is null");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            reply(context, Entrance.text(HttpResponseStatus.BAD_REQUEST, "not a valid HTTP request"));
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            reply(context, options());
        } else if (request.method().equals(HttpMethod.GET)) {
            String body = Entrance.path(request).equals(Entrance.API) ? CommandListing.text() : PATHS;
            reply(context, Entrance.response(HttpResponseStatus.OK, "application/json; charset=utf-8", body));
        } else {
            execute(context, request);
        }
    }

    private void execute(ChannelHandlerContext context, FullHttpRequest request) {
        List<Call> calls;
        try {
            calls = RequestParser.parse(new ByteBufInputStream(request.content()));
        } catch (BadRequestException e) {
            reply(context, Entrance.text(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
            return;
        }
        // A command may take long, and nothing more is to be read.
        if (context.pipeline().get(ReadTimeoutHandler.class) != null) {
            context.pipeline().remove(ReadTimeoutHandler.class);
        }
        AnswerStream stream = new AnswerStream(context);
        context.pipeline().addLast(stream);
        execution.run(calls, stream, operator(context)).whenComplete((done, failure) -> context.executor()
                .execute(failure == null ? stream::end : context::close));
    }

    private static String operator(ChannelHandlerContext context) {
        try {
            if (context.channel() instanceof EpollDomainSocketChannel unix) {
                PeerCredentials peer = unix.peerCredentials();
                return "doveadm (uid " + peer.uid() + ", pid " + peer.pid() + ")";
            }
        } catch (IOException e) {
            log.debug("who is connected is not known: {}", e.toString());
        }
        return "doveadm (" + context.channel().remoteAddress() + ")";
    }

    private static FullHttpResponse options() {
        FullHttpResponse response = Entrance.empty(HttpResponseStatus.OK);
        response.headers().set("Allow", "GET, POST, OPTIONS");
        return response;
    }

    private static void reply(ChannelHandlerContext context, FullHttpResponse response) {
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug(
                "closing a connection of doveadm's API from {}: {}",
                context.channel().remoteAddress(),
                cause.toString());
        context.close();
    }
}
