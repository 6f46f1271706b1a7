package org.pombal.controller.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.controller.TestController;
import org.pombal.controller.settings.BrokerUrl.Host;
import org.pombal.controller.settings.BrokerUrl.Kind;
import org.pombal.settings.Settings;

class TaskSettingsTest {

    private static Settings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putIfAbsent("CLUSTER_SITE", "lisbon");
        return TestController.settings(all);
    }

    private static BrokerUrl broker(String url) {
        return BrokerUrl.TYPE.parse(url);
    }

    @Test
    void byDefaultOneProcessIsAllPartsAndNeedsNoRedis() {
        Settings settings = settings(Map.of());
        assertThat(settings.get(TaskSettings.ROLES)).containsExactly(ControllerRole.values());
        assertThat(TaskSettings.broker(settings)).isEmpty();
    }

    @Test
    void partsOfTheirOwnNeedRedis() {
        assertThatThrownBy(() -> settings(Map.of("CONTROLLER_ROLES", "api, scheduler")))
                .hasStackTraceContaining("lacks [worker-high, worker-low]")
                .hasStackTraceContaining("CELERY_BROKER_URL");
        assertThat(settings(Map.of("CONTROLLER_ROLES", "api", "REDIS_URL", "redis://redis"))
                        .get(TaskSettings.ROLES))
                .containsExactly(ControllerRole.API);
    }

    @Test
    void addressesOfRedisAreReadAsCeleryWritesThem() {
        BrokerUrl plain = broker("redis://localhost:6379/3");
        assertThat(plain.kind()).isEqualTo(Kind.REDIS);
        assertThat(plain.hosts()).containsExactly(new Host("localhost", 6379));
        assertThat(plain.database()).isEqualTo(3);
        assertThat(plain.password()).isEmpty();
        BrokerUrl secret = broker("rediss://:p%40ss@redis.example.org");
        assertThat(secret.kind()).isEqualTo(Kind.REDIS_TLS);
        assertThat(secret.user()).isEmpty();
        assertThat(secret.password()).contains("p@ss");
        assertThat(broker("redis://ana:secret@redis").user()).contains("ana");
        assertThat(broker("redis://a%3Ab:c%3Ad@redis").user()).contains("a:b");
        assertThat(broker("redis://a%3Ab:c%3A+d@redis").password()).contains("c:+d");
        assertThat(secret.toString()).contains("redis.example.org").doesNotContain("p@ss", "p%40ss");
        BrokerUrl sentinels = broker("sentinel://:x@s1:26380/1;sentinel://:x@s2/1");
        assertThat(sentinels.hosts()).containsExactly(new Host("s1", 26380), new Host("s2", 26379));
        assertThat(sentinels.password()).contains("x");
        assertThat(sentinels.database()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CELERY_BROKER_URL, amqp://rabbit, CELERY_BROKER_URL has a bad value",
        "CELERY_BROKER_URL, sentinel://a, master_name",
        "CELERY_BROKER_TRANSPORT_OPTIONS, {'colour': 'red'}, CELERY_BROKER_TRANSPORT_OPTIONS has a bad value",
        "CELERY_BROKER_TRANSPORT_OPTIONS, {'master_name': 'm'}, does not begin with sentinel",
        "CONTROLLER_REDIS_CA_FILE, /etc/redis/ca.pem, does not begin with rediss",
        "CONTROLLER_ROLES, cook, no such choice",
        "CONTROLLER_TASK_HOLD, 3999 ms, too small",
        "CONTROLLER_TASK_QUEUE_LIMIT, 10001, too big",
        "CELERY_BROKER_TRANSPORT_OPTIONS, {'sentinel_kwargs': {'password': 'x'}}, does not begin with sentinel",
        "CELERY_BROKER_ULR, redis://a, did you mean CELERY_BROKER_URL",
        "CONTROLLER_LISTN, 8080, did you mean CONTROLLER_LISTEN",
        "CONTROLLER_TASK_QUEUE_LIMIT, 0, too small",
        "CONTROLLER_HIGH_PRIORITY_WORKERS, 65, too big",
    })
    void wrongValuesAreRefusedByName(String name, String value, String why) {
        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .hasStackTraceContaining(name)
                .hasStackTraceContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "amqp://rabbit, no other broker",
        "localhost:6379, no other broker",
        "redis://, not a URL",
        "redis:///1, names no host",
        "redis://a;redis://b, only sentinel",
        "sentinel://a;redis://b, do not all begin",
        "redis://a/b, number of a database",
        "redis://a?ssl=1, settings of their own",
        "sentinel://:x@a;sentinel://:y@b, the same user or password",
        "sentinel://a/1;sentinel://b/2, the same database",
        "redis://ana@a, no password",
        "redis://ana:@a, no password",
    })
    void addressesThatAreNoneOfRedisAreRefused(String url, String why) {
        assertThatThrownBy(() -> broker(url)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "{'master_name': 3}, master_name is not a text",
        "['master_name'], not a dictionary",
        "{'visibility_timeout': 3600}, CONTROLLER_TASK_HOLD",
        "{'colour': 'red'}, 'colour' is not known",
        "{'sentinel_kwargs': {'colour': 'red'}}, of sentinel_kwargs is not known",
        "{'sentinel_kwargs': 'red'}, not a dictionary",
        "{'sentinel_kwargs': {'username': 'ana'}}, no password",
    })
    void optionsThatAreNoneAreRefused(String options, String why) {
        assertThatThrownBy(() -> BrokerOptions.TYPE.parse(options)).hasMessageContaining(why);
    }

    @Test
    void whatIsRefusedIsNotRepeatedWhereItMayBeSecret() {
        assertThatThrownBy(() -> settings(Map.of("CELERY_BROKER_URL", "redis://:hunter2@a b")))
                .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("hunter2"));
    }

    @Test
    void twoDifferentAddressesAreRefused() {
        assertThatThrownBy(() -> settings(Map.of("CELERY_BROKER_URL", "redis://a", "REDIS_URL", "redis://b")))
                .hasStackTraceContaining("two names for one thing");
    }

    @Test
    void optionsAreReadInPythonsNotationAndInJson() {
        for (String text : List.of(
                "{'master_name': 'mymaster', 'sentinel_kwargs': {'password': 'it\\'s'}}",
                "{\"master_name\": \"mymaster\", \"sentinel_kwargs\": {\"password\": \"it's\"},}")) {
            BrokerOptions options = BrokerOptions.TYPE.parse(text);
            assertThat(options.masterName()).contains("mymaster");
            assertThat(options.sentinelPassword()).contains("it's");
            assertThat(options.sentinelUser()).isEmpty();
            assertThat(options.toString()).contains("mymaster").doesNotContain("it's", "it\\'s");
        }
        assertThat(BrokerOptions.TYPE.parse("{}").masterName()).isEmpty();
    }
}
